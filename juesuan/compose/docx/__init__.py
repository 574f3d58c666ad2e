"""A composed report as a Word document in the habits of official documents, with native charts."""

from juesuan.compose.docx.writer import write_docx

__all__ = ["write_docx"]
