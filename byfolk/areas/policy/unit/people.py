"""Age, gender and position size of those who work in a unit, as far as it is published."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from byfolk.areas.policy.addresses import figure_url
from byfolk.areas.policy.unit.queries import AGE_CODES, UnitPage
from byfolk.areas.policy.wording import figure_text, language, span_text, value_text
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import AGE_BANDS, MEN, WOMEN
from byfolk.lib import charts, norwegian

POSITIONS = ("full_time", "part_time")


def age_of(page: UnitPage) -> dict[str, Any] | None:
    """Age bands as bars, with the unit above as a mark; None where nothing of it has been published."""
    figures = [page.shown(code) for code in AGE_CODES]
    there = [figure for figure in figures if figure is not None]
    if not there:
        return None
    marks = [page.above.get(code) for code in AGE_CODES]
    values = [one.value for one in [*figures, *marks] if one is not None and one.published and one.value is not None]
    largest = max(values, default=1.0)
    highest = max((one.value for one in there if one.published and one.value is not None), default=None)
    return {
        "lead": " ".join(part for part in (_genders(page), _about(page, there[0], marks)) if part),
        "caption": _("Ansatte etter alder"),
        "columns": {"name": _("Alder"), "value": _("Antall"), "share": _("Andel")},
        "rows": [
            _row(page, str(band.title), code, figure, mark, largest, highest)
            for band, code, figure, mark in zip(AGE_BANDS, AGE_CODES, figures, marks, strict=True)
        ],
    }


def _about(page: UnitPage, figure: FigureValue, marks: list[FigureValue | None]) -> str:
    text = _("Tallene er %(span)s.") % {"span": span_text(figure)}
    if page.place.above and any(mark and mark.published for mark in marks):
        text += " " + _("Streken er andelen i %(above)s.") % {"above": page.place.above.name}
    return text


def _genders(page: UnitPage) -> str:
    by_code = {row.group.code: row for row in page.gender}
    women, men = by_code.get(WOMEN.code), by_code.get(MEN.code)
    if women is None or men is None or women.n is None or men.n is None:
        return _("Fordelingen på kvinner og menn er skjult.") if page.gender else ""
    return _("%(women)s kvinner og %(men)s menn.") % {
        "women": norwegian.number(women.n, 0, language()), "men": norwegian.number(men.n, 0, language()),
    }  # fmt: skip


def _row(
    page: UnitPage,
    name: str,
    code: str,
    figure: FigureValue | None,
    mark: FigureValue | None,
    largest: float,
    highest: float | None,
) -> dict[str, Any]:
    row: dict[str, Any] = {"name": name, "url": figure_url(code, page.place.unit.code, page.choice)}
    if figure is None:
        return row | {"value": _("Ingen tall"), "share": ""}
    if not figure.published or figure.value is None:
        return row | {"value": "", "share": figure_text(figure) or _("Skjult")}
    at = mark.value if mark is not None and mark.published else None
    return row | {
        "svg": charts.bar(figure.value, largest=largest, mark=at, pale=figure.value != highest),
        "value": norwegian.number(figure.numerator, 0, language()) if figure.numerator is not None else "",
        "share": value_text(figure.indicator, figure.value),
    }


def positions_of(page: UnitPage) -> dict[str, Any] | None:
    """Full time and part time as bars, and the mean position; None where nothing of it has been published."""
    figures = {code: page.shown(code) for code in POSITIONS}
    there = [figure for figure in figures.values() if figure is not None]
    if not there:
        return None
    mean = page.shown("position_size")
    parts = [_("Tallene er %(span)s.") % {"span": span_text(there[0])}]
    if mean is not None and mean.published and mean.value is not None:
        parts.insert(0, _("Gjennomsnittet er %(mean)s stilling.") % {"mean": value_text(mean.indicator, mean.value)})
    values = [one.value for one in there if one.published and one.value is not None]
    largest = max(values, default=1.0)
    names = {"full_time": _("100 %"), "part_time": _("Under 100 %")}
    return {
        "lead": " ".join(parts),
        "caption": _("Ansatte etter stillingsstørrelse"),
        "columns": {"name": _("Stilling"), "value": _("Antall"), "share": _("Andel")},
        "rows": [
            _row(page, names[code], code, figures[code], None, largest, max(values, default=None)) for code in POSITIONS
        ],
    }
