"""What a reader has chosen for a data page, from the address: period, comparison and tree."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from byfolk.areas.policy.wording import language
from byfolk.engines.indicators.breakdowns import Hierarchy
from byfolk.kernel.time import add_months
from byfolk.lib import norwegian


class Compare(enum.StrEnum):
    """What a figure is compared with, as it stands in the address."""

    LAST_YEAR = "fjor"
    TWO_YEARS = "to-ar"
    ABOVE = "over"

    @property
    def months(self) -> int | None:
        """How many months before; None for another unit at the same time."""
        return {Compare.LAST_YEAR: 12, Compare.TWO_YEARS: 24}.get(self)


@dataclass(frozen=True)
class Choice:
    """The choices of one request.

    `period` is the first day of a month, `newest` whether it is the one shown by default.
    """

    period: dt.date
    newest: bool
    periods: tuple[dt.date, ...]
    compare: Compare
    hierarchy: Hierarchy

    def query(self, **more: Any) -> str:
        """The choices as the end of an address, only where they differ from what is shown by default; "" or "?..."."""
        chosen: dict[str, Any] = {}
        if not self.newest:
            chosen["til"] = f"{self.period:%Y-%m}"
        if self.compare is not Compare.LAST_YEAR:
            chosen["mot"] = self.compare.value
        if self.hierarchy is Hierarchy.TODAY:
            chosen["tre"] = "dagens"
        chosen |= {key: value for key, value in more.items() if value not in (None, "")}
        return f"?{urlencode(chosen)}" if chosen else ""


def choose(given: QueryDict, periods: Sequence[dt.date], *, above: bool) -> Choice | None:
    """Read the choices; what is not understood is the default. None where no figures have been published.

    `periods`: months that may be asked for, newest first. `above`: there is a unit above to compare with.
    """
    if not periods:
        return None
    period = _month(given.get("til", ""), periods)
    compare = next((one for one in Compare if one.value == given.get("mot")), Compare.LAST_YEAR)
    if compare is Compare.ABOVE and not above:
        compare = Compare.LAST_YEAR
    hierarchy = Hierarchy.TODAY if given.get("tre") == "dagens" else Hierarchy.AS_IT_WAS
    return Choice(period, period == periods[0], tuple(periods), compare, hierarchy)


def _month(text: str, periods: Sequence[dt.date]) -> dt.date:
    try:
        wanted = dt.datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        return periods[0]
    # A month without figures of its own shows what was newest then.
    return next((period for period in periods if period <= wanted), periods[-1])


def period_field(choice: Choice) -> dict[str, Any]:
    """The choice of period for `<c-choices>`."""
    options = [
        {
            "value": f"{period:%Y-%m}",
            "label": norwegian.sentence(norwegian.month(period, language())),
            "chosen": period == choice.period,
        }
        for period in choice.periods
    ]
    return {"name": "til", "label": _("Tall til og med"), "options": options}


def compare_field(choice: Choice, above: str | None) -> dict[str, Any]:
    """The choice of comparison; `above` is the name of the unit above, None for the municipality."""
    labels = {Compare.LAST_YEAR: _("Samme tid i fjor"), Compare.TWO_YEARS: _("To år før")}
    if above:
        labels[Compare.ABOVE] = above
    options = [{"value": one.value, "label": label, "chosen": one is choice.compare} for one, label in labels.items()]
    return {"name": "mot", "label": _("Sammenlign med"), "options": options}


def tree_field(choice: Choice) -> dict[str, Any]:
    """The choice of tree, for a unit whose history a reorganisation has touched."""
    options = [
        {"value": "", "label": _("Slik organisasjonen var"), "chosen": choice.hierarchy is Hierarchy.AS_IT_WAS},
        {"value": "dagens", "label": _("Dagens organisasjon"), "chosen": choice.hierarchy is Hierarchy.TODAY},
    ]
    return {"name": "tre", "label": _("Historien vises"), "options": options}


def before(period: dt.date, compare: Compare) -> dt.date | None:
    """The period that a figure of `period` is compared with; None when it is compared with another unit."""
    return add_months(period, -compare.months) if compare.months else None
