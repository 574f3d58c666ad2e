"""Files made to do harm, each read in a process of its own.

What is asked of every one: it ends in a result or in a refusal by name, within its time and under a gigabyte of memory,
reaches for nothing on the network, runs nothing, and leaves no process behind.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import uuid
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from juesuan.document.ole import ole_stream, ole_streams
from tests.document.ole import compound, macros
from tests.document.pdf.paper import objects, pdf, stream, text
from tests.document.test_xlsx import packed, workbook

SAMPLES = Path(__file__).parents[2] / "bench" / "samples"
GIGABYTE = 1024.0
"""In megabytes."""
SECONDS = 100.0
_READ = """
import re, resource, sys
from dataclasses import replace
from pathlib import Path
from juesuan.document.limits import DEFAULT_LIMITS
from juesuan.document.read import open_document
from juesuan.errors import UnreadableError
try:
    document = open_document(Path(sys.argv[1]), replace(DEFAULT_LIMITS, seconds=float(sys.argv[2])))
    print("read", len(document.blocks), *(p.message for p in document.problems))
except UnreadableError as error:
    print(type(error).__name__, error)
own = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1024)
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How reading ended: "read", the number of blocks and the problems; or the kind of refusal and its message."""

    said: str
    megabytes: float


def read_alone(path: Path, seconds: float = SECONDS) -> Ended:
    """Read a file in a process of its own; no process it started may be there afterwards."""
    mark = uuid.uuid4().hex
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path), f"{seconds:g}"],
        env={**os.environ, "JUESUAN_TEST_MARK": mark},
        capture_output=True,
        text=True,
        timeout=3 * SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *said, memory = done.stdout.splitlines()
    assert _marked(mark) == []
    ended = Ended("\n".join(said), float(memory))
    assert ended.megabytes < GIGABYTE
    return ended


def _marked(mark: str) -> list[str]:
    """The processes whose environment holds the mark."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            held = (process / "environ").read_bytes()
        except OSError:
            continue
        if mark.encode() in held:
            found.append(process.name)
    return found


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A port on this machine, and what is asked of it."""
    server = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                peer, _ = server.accept()
            except OSError:
                return
            with peer:
                asked.append(peer.recv(200))
                peer.sendall(b"HTTP/1.1 404 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield server.getsockname()[1], asked
    finally:
        server.close()


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_pdf_under_password(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(SAMPLES / "shanghai-dept-2024-final-template.pdf"))
    writer.encrypt("geheim", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "密.pdf")
    assert read_alone(tmp_path / "密.pdf").said.startswith("EncryptedDocumentError 密.pdf 有打开密码")


def test_a_pdf_whose_owner_forbids_changes_is_read(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(SAMPLES / "shanghai-dept-2024-final-template.pdf"))
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(tmp_path / "锁.pdf")
    assert read_alone(tmp_path / "锁.pdf").said.startswith("read ")


def test_ten_thousand_pages(tmp_path: Path) -> None:
    path = kept(tmp_path, "页.pdf", pdf([text(80, 700, "x")] * 10_000))
    assert read_alone(path).said.startswith("LimitError 页.pdf 有 10000 页")


def test_a_million_paths(tmp_path: Path) -> None:
    drawing = b"".join(b"%d %d m %d %d l S\n" % (k % 595, k % 842, k % 595 + 5, k % 842) for k in range(1_000_000))
    said = read_alone(kept(tmp_path, "线.pdf", pdf([drawing + text(80, 700, "words").encode()]))).said
    assert said.startswith("read 1 ")
    assert "线条太多" in said


def test_script_and_attachments(tmp_path: Path) -> None:
    root = b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:%d/'\\))>>"
    root += b"/Names<</EmbeddedFiles<</Names[(a.txt)<</Type/Filespec/F(a.txt)/EF<</F 4 0 R>>>>]>>>>"
    with listening() as (port, asked):
        said = read_alone(kept(tmp_path, "附.pdf", pdf([text(80, 700, "words")], root=root % port))).said
    assert said.startswith("read 1 ")
    assert "1 个附件" in said
    assert asked == []


def test_a_cross_reference_that_leads_back_to_itself(tmp_path: Path) -> None:
    data = pdf([text(80, 700, "words")])
    at = int(data[data.rindex(b"startxref") :].split()[1].removesuffix(b"%%EOF"))
    path = kept(tmp_path, "环.pdf", data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at))
    assert read_alone(path).said.startswith("read 1")


def _forms(levels: int, fan: int) -> bytes:
    """Forms that draw forms: a few hundred bytes that ask for `fan` to the power of `levels` words."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 6 0 R>>>>/Contents 5 0 R>>"
    made = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[4 0 R]>>"]
    made += [b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", page, stream(b"/X Do " * fan)]
    for level in range(levels):
        body = b"/X Do " * fan if level + 1 < levels else text(80, 700, "words").encode()
        resources = b"/Resources<</Font<</F0 3 0 R>>/XObject<</X %d 0 R>>>>" % (7 + level)
        made.append(stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources))
    return objects(made)


def _named_often(times: int) -> bytes:
    content = text(80, 700, "words" * 500).encode()
    many = b"/Contents[" + b"6 0 R " * times + b"]"
    return pdf([content]).replace(b"/Contents 6 0 R", many, 1)[: -len(b"startxref\n0\n%%EOF")]


@pytest.mark.parametrize(
    "data",
    [
        pdf([b"BT /F0 1 Tf 10 800 Td " + (b"(" + b"a" * 48 + b") Tj ") * 400_000 + b"ET"]),
        _forms(7, 10),
        _named_often(20_000),
        pdf([b""]).replace(b"/Filter/FlateDecode", b"/Filter[/FlateDecode/FlateDecode]"),
    ],
    ids=["characters", "forms", "content", "packed-twice"],
)
def test_a_small_pdf_that_asks_for_gigabytes_or_days(tmp_path: Path, data: bytes) -> None:
    assert len(data) < 300_000
    said = read_alone(kept(tmp_path, "胀.pdf", data), seconds=20).said
    assert said.split()[0] in {"LimitError", "EmptyDocumentError", "read"}
    assert said.startswith("read") or "胀.pdf" in said


def test_a_workbook_that_is_a_bomb(tmp_path: Path) -> None:
    bomb = workbook("<sheetData><row>" + "<c/>" * 30_000_000 + "</row></sheetData>")
    assert read_alone(kept(tmp_path, "炸.xlsx", bomb)).said.startswith("LimitError")


def test_a_workbook_whose_ratio_is_harmless_and_whose_elements_are_millions(tmp_path: Path) -> None:
    noise = [zlib.crc32(b"%d" % k) for k in range(20_000)]
    body = "".join("<c/>" * 200 + f"<!--{k}-->" for k in noise)
    path = kept(tmp_path, "满.xlsx", workbook(f"<sheetData><row>{body}</row></sheetData>"))
    ended = read_alone(path)
    assert ended.said.startswith("EmptyDocumentError")
    assert ended.megabytes < 200


def test_a_page_with_scripts_and_pictures_from_elsewhere(tmp_path: Path) -> None:
    with listening() as (port, asked):
        there = f"http://127.0.0.1:{port}"
        page = f"""<!DOCTYPE html SYSTEM "{there}/a.dtd"><html><head><script src="{there}/a.js"></script>
            <link rel=stylesheet href="{there}/a.css"><meta http-equiv=refresh content="0;url={there}/b"></head>
            <body><p>收入152.2万元</p><img src="{there}/a.png"><iframe src="{there}/c"></iframe>
            <script>document.write("支出1.00万元")</script></body></html>"""
        said = read_alone(kept(tmp_path, "页.html", page.encode())).said
    assert said.startswith("read 1 ")
    assert "图片" in said
    assert asked == []


def test_a_page_of_millions_of_tags(tmp_path: Path) -> None:
    page = "<html><body><table>" + "<tr><td>1" * 2_000_000
    assert read_alone(kept(tmp_path, "标.html", page.encode())).said.startswith("LimitError")


def test_a_doc_with_macros(tmp_path: Path) -> None:
    """A real Word file with a macro project that would write a file when it is opened."""
    plain, flag = tmp_path / "plain.rtf", tmp_path / "ran.txt"
    plain.write_bytes(rb"{\rtf1\ansi\ansicpg936 \u25910?\u20837?152.2\par}")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "doc:MS Word 97",
        "--outdir",
        str(tmp_path),
        str(plain),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    data = (tmp_path / "plain.doc").read_bytes()
    path = tmp_path / "宏.doc"
    streams = {name: held for name in ole_streams(path, data) if (held := ole_stream(path, data, (name.lower(),)))}
    source = f'Sub AutoOpen()\r\nOpen "{flag}" For Output As #1\r\nClose #1\r\nEnd Sub\r\n'
    path.write_bytes(compound({**streams, "Macros": macros(source)}))
    assert read_alone(path).said.startswith("read 1")
    assert not flag.exists()


def test_a_document_that_runs_on_opening_and_fetches_a_picture(tmp_path: Path) -> None:
    flag = tmp_path / "ran.txt"
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        "ooo": "http://openoffice.org/2004/office",
        "xlink": "http://www.w3.org/1999/xlink",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "dom": "http://www.w3.org/2001/xml-events",
    }
    spaces = " ".join(f'xmlns:{short}="{long}"' for short, long in names.items())
    with listening() as (port, asked):
        document = f"""<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:version="1.3"
            office:mimetype="application/vnd.oasis.opendocument.text"><office:scripts>
            <office:script script:language="ooo:Basic"><ooo:libraries><ooo:library-embedded ooo:name="Standard">
            <ooo:module ooo:name="M"><ooo:source-code>Sub Go
            Open "{flag}" For Output As #1
            Close #1
            End Sub</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries></office:script>
            <office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load"
            xlink:href="vnd.sun.star.script:Standard.M.Go?language=Basic&amp;location=document" xlink:type="simple"/>
            </office:event-listeners></office:scripts><office:body><office:text><text:p>收入152.2</text:p>
            <text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:type="simple"
            xlink:href="http://127.0.0.1:{port}/a.png" xlink:actuate="onLoad"/></draw:frame></text:p>
            </office:text></office:body></office:document>"""
        assert read_alone(kept(tmp_path, "载.doc", document.encode())).said.startswith("read 1")
    assert not flag.exists()
    assert asked == []


def test_a_container_that_is_a_bomb(tmp_path: Path) -> None:
    bomb = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": b"\0" * 60_000_000})
    assert read_alone(kept(tmp_path, "炸.docx", bomb)).said.startswith("LimitError")
