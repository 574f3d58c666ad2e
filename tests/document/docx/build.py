"""Makes docx files from snippets of XML, so that each test shows the very markup it is about."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from juesuan.document.docx import read_docx
from juesuan.document.limits import Limits
from juesuan.document.model import Chart, Document, Origin, Paragraph, Table

OOXML = "http://schemas.openxmlformats.org/"
OFFICE_RELATION = OOXML + "officeDocument/2006/relationships/"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
SPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": OOXML + "wordprocessingml/2006/main",
        "r": OFFICE_RELATION.rstrip("/"),
        "a": OOXML + "drawingml/2006/main",
        "c": OOXML + "drawingml/2006/chart",
        "dgm": OOXML + "drawingml/2006/diagram",
        "m": OOXML + "officeDocument/2006/math",
        "mc": OOXML + "markup-compatibility/2006",
        "wp": OOXML + "drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "cx1": "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
        "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
        "future": "http://example.org/future",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)


@dataclass
class Docx:
    """A docx in the making: the body, further parts by name, and relationships of the main part."""

    body: str
    parts: dict[str, str | bytes] = field(default_factory=dict)
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)

    def part(self, kind: str, name: str, root: str, content: str, key: str | None = None) -> Docx:
        """Add a part under word/ with a relationship of `kind` from the main part."""
        self.parts[f"word/{name}"] = f"<{root} {SPACES}>{content}</{root}>"
        self.relations[key or kind] = (kind, name)
        return self

    def styles(self, content: str) -> Docx:
        return self.part("styles", "styles.xml", "w:styles", content)

    def numbering(self, content: str) -> Docx:
        return self.part("numbering", "numbering.xml", "w:numbering", content)

    def entries(self) -> dict[str, str | bytes]:
        """All entries of the container."""
        relations = "".join(
            f'<Relationship Id="{key}" Type="{OFFICE_RELATION}{kind}" Target="{target}"/>'
            for key, (kind, target) in self.relations.items()
        )
        return {
            "[Content_Types].xml": f'<Types xmlns="{OOXML}package/2006/content-types"><Override '
            f'PartName="/word/document.xml" ContentType="{WORD_TYPE}document.main+xml"/></Types>',
            "_rels/.rels": relationships(
                f'<Relationship Id="rId1" Type="{OFFICE_RELATION}officeDocument" Target="word/document.xml"/>'
            ),
            "word/_rels/document.xml.rels": relationships(relations),
            "word/document.xml": f"<w:document {SPACES}><w:body>{self.body}</w:body></w:document>",
            **self.parts,
        }

    def data(self) -> bytes:
        return pack(self.entries())

    def read(self, limits: Limits | None = None) -> Document:
        return read(self.data(), limits)


def relationships(content: str) -> str:
    return f'<Relationships xmlns="{OOXML}package/2006/relationships">{content}</Relationships>'


def pack(entries: dict[str, str | bytes]) -> bytes:
    """A deflated zip of the entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return stream.getvalue()


def read(data: bytes, limits: Limits | None = None) -> Document:
    return read_docx(Path("决算.docx"), data, limits or Limits())


def r(text: str, properties: str = "") -> str:
    """A run."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    """A paragraph of runs; plain text becomes one run."""
    runs = content if content.startswith("<") or not content else r(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def tc(content: str, properties: str = "") -> str:
    """A cell; plain text becomes one paragraph."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def field_mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def drawing_chart(key: str) -> str:
    """A run that shows the chart of a relationship."""
    return (
        f'<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="{key}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def paragraphs(document: Document, origin: Origin = Origin.BODY) -> list[str]:
    """Label and text of the paragraphs of one origin."""
    return [b.label + b.text for b in document.blocks if isinstance(b, Paragraph) and b.origin is origin]


def labels(document: Document) -> list[str]:
    return [b.label for b in document.blocks if isinstance(b, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [b for b in document.blocks if isinstance(b, Table)]


def charts(document: Document) -> list[Chart]:
    return [b for b in document.blocks if isinstance(b, Chart)]


def messages(document: Document) -> str:
    return "\n".join(problem.message for problem in document.problems)


def lost(document: Document) -> bool:
    return any(problem.lost for problem in document.problems)
