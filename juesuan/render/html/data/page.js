
"use strict";
/* The document is a stranger's text: nodes are made with textContent only, never from markup. */
(() => {
  const CHUNK = 80;
  const FAR = 600;
  const $ = (id) => document.getElementById(id);
  const text = $("text");
  const list = $("list");
  const panes = $("panes");
  const state = { doc: 0, data: null, shown: [], drawn: 0, chosen: -1, anchor: null, marks: new Map(), printing: false };

  function make(tag, look, ...kids) {
    const node = document.createElement(tag);
    if (look) node.className = look;
    for (const kid of kids) if (kid !== null && kid !== undefined && kid !== "") node.append(kid);
    return node;
  }

  function button(look, ...kids) {
    const node = make("button", look, ...kids);
    node.type = "button";
    return node;
  }

  /* documents */

  function open(number) {
    state.doc = number;
    state.data = JSON.parse($("data-" + number).textContent);
    state.chosen = -1;
    state.marks = new Map();
    for (const part of document.querySelectorAll("[data-doc]")) part.hidden = Number(part.dataset.doc) !== number;
    for (const mark of paper().querySelectorAll("[data-e]")) {
      for (const key of mark.dataset.e.split(" ")) {
        if (state.marks.has(key)) state.marks.get(key).push(mark);
        else state.marks.set(key, [mark]);
      }
    }
    state.data.findings.forEach((finding, index) => {
      finding.index = index;
      const said = finding.evidence.flatMap((item) => [item.quote, item.place]);
      finding.search = [finding.rule, finding.name, finding.message, finding.expected, finding.actual, ...said].join("\n").toLowerCase();
    });
    $("n-findings").textContent = state.data.findings.length;
    $("n-unread").textContent = state.data.unread.length;
    for (const count of document.querySelectorAll("[data-count]")) {
      count.textContent = state.data.findings.filter((finding) => finding.severity === count.dataset.count).length;
    }
    fillRules();
    drawUnread();
    filter();
    text.scrollTop = 0;
  }

  const paper = () => document.querySelector(`.paper[data-doc="${state.doc}"]`);

  /* filters */

  function fillRules() {
    const counts = new Map();
    for (const finding of state.data.findings) {
      const key = finding.rule + " " + finding.name;
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    const options = [...counts].sort((one, two) => (one[0] < two[0] ? -1 : 1)).map(([key, count]) => {
      const option = make("option", "", `${key}（${count}）`);
      option.value = key.split(" ")[0];
      return option;
    });
    const all = make("option", "", "全部规则");
    all.value = "";
    $("rule").replaceChildren(all, ...options);
  }

  function filter() {
    const severities = new Set([...document.querySelectorAll("#filters [type=checkbox]:checked")].map((box) => box.value));
    const rule = $("rule").value;
    const words = $("query").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const order = ["error", "warning", "hint"];
    state.shown = order.flatMap((severity) => state.data.findings.filter((finding) => finding.severity === severity
      && severities.has(severity) && (!rule || finding.rule === rule) && words.every((word) => finding.search.includes(word))));
    const all = state.data.findings.length;
    const shown = state.shown.length;
    $("status").textContent = shown === all ? `共 ${all} 条` : `显示 ${shown} 条，共 ${all} 条`;
    redraw();
  }

  function resetFilters() {
    for (const box of document.querySelectorAll("#filters [type=checkbox]")) box.checked = true;
    $("rule").value = "";
    $("query").value = "";
    filter();
  }

  /* the list, drawn in chunks as it is scrolled */

  function redraw() {
    list.replaceChildren();
    state.drawn = 0;
    /* One card of the list is a tab stop; the keys move on from there. */
    state.anchor = state.shown.find((finding) => finding.index === state.chosen) || state.shown[0];
    list.scrollTop = 0;
    if (!state.shown.length) {
      list.append(make("li", "empty", state.data.findings.length ? "没有符合条件的发现" : "没有发现问题"));
    }
    draw(CHUNK);
  }

  function draw(upto) {
    const part = document.createDocumentFragment();
    for (; state.drawn < Math.min(upto, state.shown.length); state.drawn += 1) part.append(card(state.shown[state.drawn]));
    list.append(part);
  }

  list.addEventListener("scroll", () => {
    if (list.scrollTop + list.clientHeight > list.scrollHeight - FAR) draw(state.drawn + CHUNK);
  }, { passive: true });

  function card(finding) {
    const first = finding.evidence.find((item) => item.role === "subject") || finding.evidence[0];
    const place = first ? first.place : "";
    const head = make("span", "head", make("span", "sev", finding.word), make("span", "code", finding.rule),
      make("span", "", finding.name), make("span", "place", place || (finding.evidence.some((item) => item.placed) ? "" : "无原文位置")));
    head.lastChild.title = place;
    const pick = button("pick", head, make("span", "message", finding.message), delta(finding));
    const chosen = finding.index === state.chosen;
    pick.tabIndex = finding === state.anchor ? 0 : -1;
    pick.setAttribute("aria-expanded", String(chosen || state.printing));
    const item = make("li", "card " + finding.severity + (chosen ? " chosen" : ""), pick);
    item.dataset.i = finding.index;
    if (chosen || state.printing) item.append(more(finding));
    return item;
  }

  function delta(finding) {
    if (finding.expected === null) return "";
    const shown = finding.actual === null ? "" : make("s", "", finding.actual);
    const wide = finding.range ? `（${finding.range}）` : "";
    return make("span", "delta", shown, shown ? " → " : "应为 ", make("b", "", finding.expected || "（删去）"), wide);
  }

  function more(finding) {
    const node = make("div", "more");
    for (const item of finding.evidence) {
      if (item.line) node.append(make("p", "line", item.line[0], make("em", "", item.line[1]), item.line[2]));
    }
    if (finding.formula) {
      node.append(make("h3", "", "算式"), make("p", "formula", finding.formula));
      if (finding.tree) node.append(make("ul", "tree", root(finding.tree, finding)));
    }
    if (finding.evidence.length) {
      node.append(make("h3", "", "所涉各处"), make("ul", "evidence", ...finding.evidence.map((item, index) => (
        make("li", "", make("span", "role", item.word), jump(finding, index, item.quote), make("span", "place", item.place))))));
    }
    if (finding.basis) node.append(make("h3", "", "依据"), make("p", "", finding.basis));
    node.append(make("h3", "", "建议"), make("p", "mend", finding.mend));
    return node;
  }

  /* "a ÷ b = c" is drawn as c with a ÷ b below it. */
  function root(tree, finding) {
    const [work, result] = tree.kids;
    if (tree.kids.length !== 2 || !work.kids || result.kids || !"=＝≈".includes(result.sign)) return branch(tree, finding);
    const said = result.evidence === null ? make("span", "result", result.text) : jump(finding, result.evidence, result.text);
    return make("li", "", said, ` ${result.sign} `, make("span", "word", work.word), branches(work, finding));
  }

  const branches = (tree, finding) => make("ul", "", ...tree.kids.map((kid) => branch(kid, finding)));

  function branch(tree, finding) {
    const sign = tree.sign ? make("span", "sign", tree.sign) : "";
    if (!tree.kids) {
      return make("li", "", sign, tree.evidence === null ? tree.text : jump(finding, tree.evidence, tree.text));
    }
    return make("li", "", sign, make("span", "word", tree.word), branches(tree, finding));
  }

  function jump(finding, index, said) {
    const item = finding.evidence[index];
    if (!item.placed) return make("span", "", said);
    const node = button("jump " + item.role, said);
    node.dataset.jump = finding.index + "." + index;
    node.title = "看原文：" + item.place;
    return node;
  }

  const cardOf = (index) => list.querySelector(`.card[data-i="${index}"]`);

  /* choosing a finding; going to its place and back */

  function choose(index, { go = true, focus = false } = {}) {
    let at = state.shown.findIndex((finding) => finding.index === index);
    if (at < 0) {
      resetFilters();
      at = state.shown.findIndex((finding) => finding.index === index);
    }
    showView("findings");
    const before = cardOf(state.chosen);
    if (before && state.chosen !== index) close(before);
    for (const pick of list.querySelectorAll('.pick[tabindex="0"]')) pick.tabIndex = -1;
    if (state.drawn <= at) draw(at + CHUNK);
    state.chosen = index;
    state.anchor = state.data.findings[index];
    const node = cardOf(index);
    if (!node.classList.contains("chosen")) {
      node.classList.add("chosen");
      node.append(more(state.data.findings[index]));
    }
    const pick = node.firstChild;
    pick.setAttribute("aria-expanded", "true");
    pick.tabIndex = 0;
    if (focus) pick.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
    light(state.data.findings[index]);
    if (go) goTo(target(state.data.findings[index]));
  }

  function close(node) {
    node.classList.remove("chosen");
    node.querySelector(".more")?.remove();
    node.firstChild.setAttribute("aria-expanded", "false");
  }

  function light(finding) {
    for (const mark of paper().querySelectorAll(".operand, .follows, .current")) mark.classList.remove("operand", "follows", "current");
    finding.evidence.forEach((item, index) => {
      const look = { subject: "current", follower: "follows" }[item.role] || "operand";
      for (const mark of state.marks.get(finding.index + "." + index) || []) mark.classList.add(look);
    });
  }

  function target(finding) {
    const at = finding.evidence.findIndex((item) => item.role === "subject" && item.placed);
    return finding.index + "." + (at < 0 ? finding.evidence.findIndex((item) => item.placed) : at);
  }

  function goTo(key, focus = false) {
    const marks = state.marks.get(key);
    if (!marks) return;
    /* Blocks out of sight have only estimated heights: settle twice. */
    marks[0].scrollIntoView({ block: "center" });
    requestAnimationFrame(() => marks[0].scrollIntoView({ block: "center" }));
    marks.forEach(flash);
    if (focus) marks[0].focus({ preventScroll: true });
  }

  function flash(node) {
    node.classList.remove("flash");
    void node.offsetWidth;
    node.classList.add("flash");
    node.addEventListener("animationend", () => node.classList.remove("flash"), { once: true });
  }

  function fromMark(mark) {
    const keys = mark.dataset.e.split(" ");
    const found = keys.filter((key) => key[0] !== "u").map((key) => Number(key.split(".")[0]));
    if (mark.classList.contains("quiet") && !mark.classList.contains("operand")) return;
    unfold();
    if (found.length) {
      /* Where several findings meet, each click goes on to the next. */
      const next = found[(found.indexOf(state.chosen) + 1) % found.length];
      choose(next, { go: false, focus: true });
      flash(cardOf(next));
    } else {
      showView("unread");
      const item = $("unread").querySelector(`[data-u="${keys[0].slice(1)}"]`);
      item.scrollIntoView({ block: "center" });
      item.firstChild.focus({ preventScroll: true });
      flash(item);
    }
  }

  list.addEventListener("click", (event) => {
    const leap = event.target.closest("[data-jump]");
    const node = event.target.closest(".card");
    if (leap) goTo(leap.dataset.jump);
    else if (node && event.target.closest(".pick")) choose(Number(node.dataset.i), { focus: true });
  });

  text.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-e]");
    if (mark && !String(getSelection())) fromMark(mark);
  });

  text.addEventListener("keydown", (event) => {
    const mark = event.target.closest("[data-e]");
    if (mark && (event.key === "Enter" || event.key === "Escape")) {
      event.preventDefault();
      if (state.chosen >= 0) choose(state.chosen, { go: false, focus: true });
      else fromMark(mark);
    }
  });

  /* unread numbers */

  function drawUnread() {
    const all = state.data.unread;
    $("unread-note").textContent = all.length ? `${all.length} 个数字没有读懂，没有参与核对，请人工看一眼。` : "";
    $("unread").replaceChildren(...all.map((item, index) => {
      const pick = button("pick", make("span", "", item.quote), make("span", "place", item.place));
      pick.addEventListener("click", () => goTo("u" + index));
      const node = make("li", "card", pick);
      node.dataset.u = index;
      return node;
    }));
    if (!all.length) $("unread").append(make("li", "empty", "没有未读懂的数字"));
  }

  /* tabs, drawer, splitter */

  const views = ["findings", "unread", "summary"];

  function showView(name) {
    for (const view of views) {
      const on = view === name;
      $("view-" + view).hidden = !on;
      $("tab-" + view).setAttribute("aria-selected", String(on));
      $("tab-" + view).tabIndex = on ? 0 : -1;
    }
  }

  views.forEach((view, index) => {
    $("tab-" + view).addEventListener("click", () => { unfold(); showView(view); });
    $("tab-" + view).addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: views.length - 1 }[event.key];
      if (!step) return;
      const next = views[(index + step) % views.length];
      showView(next);
      $("tab-" + next).focus();
    });
  });

  const narrow = matchMedia("(max-width: 900px)");
  const split = $("split");
  const fold = $("fold");

  function setFold(folded) {
    panes.classList.toggle("folded", folded);
    fold.textContent = folded ? "展开" : "收起";
    fold.setAttribute("aria-expanded", String(!folded));
  }

  const unfold = () => setFold(false);
  fold.addEventListener("click", () => setFold(!panes.classList.contains("folded")));

  function resize(percent) {
    const size = Math.round(Math.min(85, Math.max(15, percent)));
    panes.style.setProperty("--size", size + "%");
    split.setAttribute("aria-valuenow", String(size));
    unfold();
  }

  function orient() {
    panes.style.removeProperty("--size");
    split.setAttribute("aria-orientation", narrow.matches ? "horizontal" : "vertical");
    split.setAttribute("aria-valuenow", narrow.matches ? "46" : "36");
    unfold();
  }

  split.addEventListener("pointerdown", (event) => {
    split.setPointerCapture(event.pointerId);
    split.classList.add("drag");
  });
  split.addEventListener("pointermove", (event) => {
    if (!split.classList.contains("drag")) return;
    const area = panes.getBoundingClientRect();
    resize(narrow.matches ? (area.bottom - event.clientY) / area.height * 100 : (area.right - event.clientX) / area.width * 100);
  });
  for (const end of ["pointerup", "pointercancel"]) split.addEventListener(end, () => split.classList.remove("drag"));
  split.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: 3, ArrowUp: 3, ArrowRight: -3, ArrowDown: -3 }[event.key];
    if (!step) return;
    event.preventDefault();
    resize(Number(split.getAttribute("aria-valuenow")) + step);
  });
  narrow.addEventListener("change", orient);

  /* keys */

  function move(step) {
    if (!state.shown.length) return;
    const at = state.shown.findIndex((finding) => finding.index === state.chosen);
    const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), state.shown.length - 1);
    choose(state.shown[next].index, { focus: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.matches("input[type=search], select");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const inList = list.contains(event.target);
    if (event.key === "j" || (event.key === "ArrowDown" && inList)) move(1);
    else if (event.key === "k" || (event.key === "ArrowUp" && inList)) move(-1);
    else if (event.key === "/") { unfold(); showView("findings"); $("query").focus(); }
    else if (event.key === "Enter" && event.target.matches(".chosen .pick")) goTo(target(state.data.findings[state.chosen]), true);
    else return;
    event.preventDefault();
  });

  $("filters").addEventListener("input", filter);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("choose").addEventListener("change", (event) => { resetSilently(); open(Number(event.target.value)); });

  function resetSilently() {
    for (const box of document.querySelectorAll("#filters [type=checkbox]")) box.checked = true;
    $("query").value = "";
  }

  /* on paper everything the filters let through is drawn, with its details */

  let unseen = [];
  addEventListener("beforeprint", () => {
    state.printing = true;
    redraw();
    draw(Infinity);
    unseen = views.map((view) => $("view-" + view)).filter((view) => view.hidden);
    for (const view of unseen) view.hidden = false;
  });
  addEventListener("afterprint", () => {
    state.printing = false;
    for (const view of unseen) view.hidden = true;
    redraw();
  });

  orient();
  open(0);
  document.documentElement.dataset.ready = "true";
})();
