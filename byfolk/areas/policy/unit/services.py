"""What the unit's services cost, gave and were worth, beside its people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from byfolk.areas.policy.addresses import figure_url, relations_url
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.unit.queries import UnitPage
from byfolk.areas.policy.wording import bare_text, figure_text, span_text, target_text, unit_word, value_text
from byfolk.engines.goals.queries import Measured
from byfolk.engines.goals.sentences import joined
from byfolk.engines.indicators.definition import UnitOfMeasure
from byfolk.kernel.organisation.models import Level

ROWS = 7
#: Told in words: over or under the budget.
AGAINST_BUDGET = "cost_deviation"
#: A unit that gives more services than this is told of by what they cost alone.
SERVICES_IN_FULL = 2


def services_of(page: UnitPage) -> dict[str, Any] | None:
    """The facts as their component takes them; None for a unit that no results are told of."""
    if not page.services:
        return None
    priced = [one for one in page.services if one.indicator.unit is UnitOfMeasure.KRONER]
    rest = [one for one in page.services if one.indicator.unit is not UnitOfMeasure.KRONER]
    common = [one for one in rest if not _of_one_service(one)]
    own = [one for one in rest if _of_one_service(one)] if len(priced) <= SERVICES_IN_FULL else []
    # What users say comes first, then costs, as on the page of a person who is served.
    common.sort(key=lambda one: one.indicator.unit not in (UnitOfMeasure.OF_SIX, UnitOfMeasure.OF_FIVE))
    chosen = [*common, *priced, *own][:ROWS]
    return {
        "rows": [_row(page, one) for one in chosen],
        "note": _note(chosen),
        "url": relations_url(page.place.unit.code) if page.place.unit.level <= Level.DIVISION else "",
    }


def _of_one_service(measured: Measured) -> bool:
    return len(measured.indicator.related) > 1


def _row(page: UnitPage, measured: Measured) -> dict[str, Any]:
    indicator, figure = measured.indicator, measured.figure
    url = figure_url(indicator.code, page.place.unit.code, page.choice)
    row: dict[str, Any] = {"label": indicator.title, "url": url}
    if figure is None or not figure_text(figure):
        return row | {"value": short_reason(indicator, figure, page.place.unit.level)}
    percent = indicator.unit is UnitOfMeasure.PERCENT
    value = figure.value or 0
    parts = [_side(value) if indicator.code == AGAINST_BUDGET else "" if percent else unit_word(indicator)]
    if measured.goalpost:
        parts.append(_("mål %(target)s") % {"target": target_text(indicator, measured.goalpost.value)})
    before = page.figures[indicator.code].last_year
    if before is not None and before.published and before.value is not None:
        parts.append(_("i fjor %(value)s") % {"value": bare_text(indicator, before.value)})
    return row | {
        "value": _value(measured, value),
        "note": " · ".join(part for part in parts if part),
        "status": measured.status if measured.goalpost else "",
    }


def _value(measured: Measured, value: float) -> str:
    indicator = measured.indicator
    if indicator.code == AGAINST_BUDGET:
        return value_text(indicator, abs(value))
    return value_text(indicator, value) if indicator.unit is UnitOfMeasure.PERCENT else bare_text(indicator, value)


def _side(value: float) -> str:
    """Which side of the budget the costs lie on."""
    if round(value, 1) == 0:
        return ""
    return _("over budsjettet") if value > 0 else _("under budsjettet")


def _note(chosen: list[Measured]) -> str:
    """Which time the figures are of."""
    spans = dict.fromkeys(span_text(one.figure) for one in chosen if one.figure is not None and one.figure.published)
    return _("Tallene gjelder %(spans)s.") % {"spans": joined(list(spans))} if spans else ""
