"""Reader for docx: lxml on the parts of the package."""

from juesuan.document.docx.anchors import Anchor, Anchors, anchors
from juesuan.document.docx.reader import read_docx

__all__ = ["Anchor", "Anchors", "anchors", "read_docx"]
