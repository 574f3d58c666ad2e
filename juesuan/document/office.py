"""Old word processor files (doc, wps, rtf, odt, Word XML) by way of LibreOffice, in a child process with limits.

The converter gets a profile and a folder of its own, both removed afterwards; macros do not run in a
conversion, and whatever the child started ends with it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from juesuan.document.child import run_child
from juesuan.document.limits import DEFAULT_LIMITS, Limits
from juesuan.document.model import Document
from juesuan.document.ole import OLE_MAGIC, ole_stream
from juesuan.document.sniff import sniff
from juesuan.errors import DamagedDocumentError, EncryptedDocumentError, LimitError, UnsupportedFormatError

__all__ = ["convert", "find_converter", "read_office"]

_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.com"),
    Path("C:/Program Files (x86)/LibreOffice/program/soffice.com"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("/opt/libreoffice/program/soffice"),
    Path("/usr/lib/libreoffice/program/soffice"),
    Path("/snap/bin/libreoffice"),
)
_SUFFIXES = {"doc": "doc", "rtf": "rtf", "odt": "odt", "wordml": "xml", "flatopc": "xml", "fodf": "fodt"}
_SPREADSHEET = "spreadsheetml"
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf"}
_ENCRYPTED_FLAG = 0x0100
# Macros off, no links updated, no network look-ups: as user settings of the throw-away profile.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def read_office(path: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Convert with LibreOffice and read the result; `format` and `sha256` are those of the file itself.

    Raises UnsupportedFormatError when no converter is installed, LimitError when it took too long,
    EncryptedDocumentError, DamagedDocumentError.
    """
    kind = sniff(path, data, limits)
    _refuse_encrypted(path, data)
    target, module, function = ("docx", "juesuan.document.docx", "read_docx")
    if kind == _SPREADSHEET:
        target, module, function = ("xlsx", "juesuan.document.xlsx", "read_workbook")
    try:
        reader: Callable[[Path, bytes, Limits], Document] = getattr(importlib.import_module(module), function)
    except ModuleNotFoundError as error:
        message = f"文件“{path}”要经 {target} 读取，本机缺少组件（{error.name}），请安装该组件，或另存为 txt 后重试。"
        raise UnsupportedFormatError(message) from error
    converted = convert(path, data, _SUFFIXES.get(kind, "xml"), target, limits)
    document = reader(path, converted, limits)
    return dataclasses.replace(document, format=kind, sha256=hashlib.sha256(data).hexdigest())


def convert(path: Path, data: bytes, suffix: str, target: str, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a file converted to `target` ("docx", "xlsx" or "pdf"); `path` is only named in messages."""
    program = find_converter()
    if program is None:
        message = (
            f"文件“{path}”是旧格式文档，需要 LibreOffice 才能读取，"
            "请安装 LibreOffice（免费），或用 Word、WPS 另存为 docx 后重试。"
        )
        raise UnsupportedFormatError(message)
    with tempfile.TemporaryDirectory(prefix="juesuan-", ignore_cleanup_errors=True) as folder:
        room = Path(folder)
        source = room / f"source.{suffix}"
        source.write_bytes(data)
        profile = room / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        command = [
            str(program),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            "--convert-to",
            _FILTERS[target],
            "--outdir",
            str(room / "out"),
            str(source),
        ]
        _run(path, command, room, limits)
        result = room / "out" / f"source.{target}"
        if not result.is_file():
            message = f"文件“{path}”已损坏，转换不成功，请用 Word 或 WPS 打开后另存为 {target} 再检查。"
            raise DamagedDocumentError(message)
        if result.stat().st_size > limits.file_bytes:
            message = f"文件“{path}”转换后过大，已停止读取，请另存为 {target} 后重试。"
            raise LimitError(message)
        return result.read_bytes()


def find_converter() -> Path | None:
    """LibreOffice on the search path or in its usual places, or None."""
    for name in ("soffice.com", "soffice", "libreoffice") if os.name == "nt" else ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return Path(found)
    return next((place for place in _PLACES if place.is_file()), None)


def _run(path: Path, command: list[str], room: Path, limits: Limits) -> None:
    """Run the converter to its end or its limit."""
    ended = run_child(
        [*_limiter(limits), *command] if os.name == "posix" else command,
        seconds=limits.seconds,
        folder=room,
        env={**os.environ, "HOME": str(room), "TMPDIR": str(room), "SAL_USE_VCLPLUGIN": "svp"},
    )
    if ended.status is None:
        message = f"文件“{path}”转换超过 {limits.seconds:g} 秒，已停止，请用 Word 或 WPS 另存为 docx 后重试。"
        raise LimitError(message)


def _limiter(limits: Limits) -> list[str]:
    """A small program in front of the converter that sets its limits.

    Not by a function run between fork and exec: that is unsafe when other threads are running.
    """
    code = (
        "import os, resource, sys\n"
        "memory, seconds = int(sys.argv[1]), int(sys.argv[2])\n"
        "wanted = (resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)\n"
        "for limit, value in wanted:\n"
        "    hard = resource.getrlimit(limit)[1]\n"
        "    value = value if hard == resource.RLIM_INFINITY else min(value, hard)\n"
        "    try:\n"
        "        resource.setrlimit(limit, (value, hard))\n"
        "    except (ValueError, OSError):\n"
        "        pass\n"
        "os.execv(sys.argv[3], sys.argv[3:])\n"
    )
    return [sys.executable, "-I", "-S", "-c", code, str(limits.converter_bytes), str(int(limits.seconds) + 1)]


def _refuse_encrypted(path: Path, data: bytes) -> None:
    """Word says in the head of its main stream whether the text is encrypted."""
    if not data.startswith(OLE_MAGIC):
        return
    head = ole_stream(path, data, ("worddocument",))[:12]
    if len(head) == 12 and int.from_bytes(head[10:12], "little") & _ENCRYPTED_FLAG:
        message = f"文件“{path}”设有打开密码，无法读取，请取消密码后另存一份再检查。"
        raise EncryptedDocumentError(message)
