"""Books → a whole report: composed once as blocks with facts inside, then written as docx, xlsx, html, pdf.

`compile_report` composes; `juesuan.compose.write.write_report` writes.
"""

from juesuan.compose.draft import Draft
from juesuan.compose.report import ContradictionError, MissingTextError, compile_report

__all__ = ["ContradictionError", "Draft", "MissingTextError", "compile_report"]
