"""Names of units in the reader's language: bokmål always, nynorsk where the unit has such a name."""

from __future__ import annotations

from django.utils.translation import get_language


def reads_nynorsk() -> bool:
    """Whether the present reader has chosen nynorsk. For lists of thousands, ask once."""
    return get_language() == "nn"


def in_language(nb: str, nn: str) -> str:
    """The name that a reader of the present language is shown."""
    return nn if nn and reads_nynorsk() else nb
