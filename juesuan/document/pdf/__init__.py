"""Reading PDF files: text and tables rebuilt from where things stand on the page."""

from juesuan.document.pdf.reader import read_pdf

__all__ = ["read_pdf"]
