(function(){var box=null;function show(e){var f=e.target.closest&&e.target.closest(".f");if(!f){if(box&&e.type==="click"){box.remove();box=null}return}
if(!box){box=document.createElement("div");box.id="from";box.setAttribute("role","status");document.body.appendChild(box)}
box.textContent=f.textContent+"："+f.title}
document.addEventListener("click",show);document.addEventListener("focusin",show)})();
