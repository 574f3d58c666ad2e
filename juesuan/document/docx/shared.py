"""What all stories of one docx share while they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from juesuan.document.docx.budget import Budget
    from juesuan.document.docx.notices import Notices
    from juesuan.document.docx.numbering import Numbering
    from juesuan.document.docx.package import Package
    from juesuan.document.docx.styles import Styles

__all__ = ["Shared"]


@dataclass(frozen=True, slots=True)
class Shared:
    """The open package, its styles and running numbers, and the counts of what was spent and left out."""

    package: Package
    styles: Styles
    numbering: Numbering
    notices: Notices
    budget: Budget
