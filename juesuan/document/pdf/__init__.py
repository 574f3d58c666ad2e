"""Reading PDF files: text and tables rebuilt from where things stand on the page."""

from juesuan.document.pdf.page import Frame
from juesuan.document.pdf.reader import frames_of, read_pdf

__all__ = ["Frame", "frames_of", "read_pdf"]
