"""The performance forms known, the most particular first."""

from __future__ import annotations

from juesuan.taxonomy.forms.ministry import MINISTRY_SELF_EVALUATION
from juesuan.taxonomy.forms.model import FormDeclaration, Funds, Label
from juesuan.taxonomy.forms.shanghai import SHANGHAI_TARGETS
from juesuan.taxonomy.forms.sichuan import SICHUAN_OLDER, SICHUAN_SELF_EVALUATION

__all__ = ["FORMS", "FormDeclaration", "Funds", "Label", "by_id"]

FORMS: tuple[FormDeclaration, ...] = (
    SICHUAN_SELF_EVALUATION,
    MINISTRY_SELF_EVALUATION,
    SICHUAN_OLDER,
    SHANGHAI_TARGETS,
)
"""All declared forms."""


def by_id(form_id: str) -> FormDeclaration | None:
    """The declaration with that id."""
    return next((form for form in FORMS if form.id == form_id), None)
