"""What figures are made from: the imported tables, read as the background role."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Source:
    """An imported table behind figures. `sensitive`: how many rows a small unit has would itself tell something of
    its people.
    """

    key: int
    title: Promise
    sensitive: bool


SOURCES: dict[str, Source] = {
    "employments": Source(1, _("Ansettelser"), False),
    "absences": Source(2, _("Fravær"), True),
    "pay": Source(3, _("Lønn"), True),
    "leaders": Source(4, _("Ledere"), False),
}
