"""The units below a unit, in one table."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from byfolk.areas.policy.addresses import FigureLinks, unit_url
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.places import kind_of
from byfolk.areas.policy.unit.queries import SubUnit, UnitPage
from byfolk.areas.policy.wording import figure_text, span_text
from byfolk.engines.goals.queries import Measured
from byfolk.engines.goals.rules import Status, shortfall
from byfolk.engines.indicators.answers import FigureValue
from byfolk.lib import charts, norwegian

BAR = "sick_leave"


def ordered(page: UnitPage) -> list[SubUnit]:
    """Those furthest over the target for sick leave first; those without the figure last, by name."""
    return sorted(page.sub_units, key=_attention)


def _attention(row: SubUnit) -> tuple[int, float, str]:
    measured = row.figures[BAR]
    figure, goalpost = measured.figure, measured.goalpost
    if figure is None or not figure.published or figure.value is None:
        return 1, 0.0, row.unit.sort_key
    target = goalpost.value if goalpost else 0
    gap = shortfall(figure.value, target, measured.indicator.direction, measured.indicator.decimals)
    return 0, -float(gap), row.unit.sort_key


def table_of(page: UnitPage, rows: list[SubUnit], *, last: bool) -> dict[str, Any]:
    """The table as its component takes it; the unit itself is the total on the last page."""
    kind = norwegian.sentence(kind_of([row.unit for row in rows]).many)
    largest = _largest(page)
    links = FigureLinks(page.choice) if page.choice else None
    hidden = any(one.status is Status.HIDDEN for row in rows for one in row.figures.values())
    return {
        "caption": _("%(kind)s i %(unit)s") % {"kind": kind, "unit": page.place.unit.name},
        "columns": [
            {"label": _("Enhet og leder")},
            {"label": _("Ansatte"), "numeric": True},
            {"label": _("Årsverk"), "numeric": True, "wide_only": True},
            {"label": _("Sykefravær"), "numeric": True},
            {"label": "", "wide_only": True},
            {"label": _("Heltid"), "numeric": True},
            {"label": _("Midlertidig"), "numeric": True, "wide_only": True},
        ],
        "rows": [{"cells": _cells(page, row, largest, links)} for row in rows],
        "foot": _foot(page, largest) if last else None,
        "lead": _lead(hidden),
        "note": _note(page),
    }


def _lead(hidden: bool) -> str:
    sentences = [_("De som er lengst over målet for sykefravær, står øverst. Streken i søylen er målet.")]
    if hidden:
        sentences.append(_("Skravert rute betyr at tallet er skjult for å verne enkeltpersoner."))
    return " ".join(sentences)


def _note(page: UnitPage) -> str:
    """Which time the table's sick leave is of: the units below and the whole are not always published at the
    same pace.
    """
    below = next((one.figures[BAR].figure for one in page.sub_units if _is_shown(one.figures[BAR].figure)), None)
    own = page.shown(BAR)
    if below is None:
        return ""
    text = _("Sykefraværet er for %(span)s.") % {"span": span_text(below)}
    if own is not None and own.published and span_text(own) != span_text(below):
        text += " " + _("For %(unit)s er det %(span)s.") % {"unit": page.place.unit.name, "span": span_text(own)}
    return text


def _is_shown(figure: FigureValue | None) -> bool:
    return figure is not None and figure.published and figure.value is not None


def _largest(page: UnitPage) -> float:
    found = [row.figures[BAR] for row in page.sub_units]
    values = [one.figure.value for one in found if one.figure and one.figure.published and one.figure.value is not None]
    targets = [float(one.goalpost.value) for one in found if one.goalpost]
    own = page.shown(BAR)
    if own and own.published and own.value is not None:
        values.append(own.value)
    return max([*values, *targets], default=1.0)


def _cells(page: UnitPage, row: SubUnit, largest: float, links: FigureLinks | None) -> list[dict[str, Any]]:
    name = {
        "value": row.unit.name,
        "url": unit_url(row.unit.code) + (page.choice.query() if page.choice else ""),
        "note": row.leader.name if row.leader else "",
    }
    figures = row.figures
    return [
        name,
        _number(row, figures["headcount"]),
        _number(row, figures["fte"]) | {"wide_only": True},
        _number(row, figures[BAR], links),
        {"svg": _bar(figures[BAR], largest), "wide_only": True},
        _number(row, figures["full_time"], links),
        _number(row, figures["temporary"], links) | {"wide_only": True},
    ]


def _number(row: SubUnit, measured: Measured, links: FigureLinks | None = None) -> dict[str, Any]:
    text = figure_text(measured.figure)
    if text:
        url = links.of(measured.indicator.code, row.unit.code) if links else ""
        return {"value": text, "numeric": True, "url": url}
    if measured.status is Status.HIDDEN:
        reason = short_reason(measured.indicator, measured.figure, row.unit.level)
        return {"hidden": reason, "shape_only": True, "numeric": True}
    return {"status": Status.NOT_MEASURED, "word": _("Ingen tall"), "shape_only": True, "numeric": True}


def _bar(measured: Measured, largest: float) -> Any:
    figure = measured.figure
    if figure is None or not figure.published or figure.value is None:
        return ""
    mark = float(measured.goalpost.value) if measured.goalpost else None
    return charts.bar(figure.value, largest=largest, mark=mark, track=True, height=6)


def _foot(page: UnitPage, largest: float) -> dict[str, Any]:
    cells: list[dict[str, Any]] = [{"value": page.place.unit.name}]
    measured = {one.indicator.code: one for one in page.served}
    for code in ("headcount", "fte", BAR, "bar", "full_time", "temporary"):
        wide = code in ("fte", "bar", "temporary")
        if code == "bar":
            cells.append({"svg": _bar(measured[BAR], largest) if BAR in measured else "", "wide_only": wide})
        else:
            text = figure_text(page.shown(code))
            cells.append({"value": text or _("Skjult"), "numeric": True, "wide_only": wide})
    return {"cells": cells}


def plain_rows(page: UnitPage) -> list[dict[str, Any]]:
    """The same rows without pictures, for files: numbers only where they are published."""
    return [
        {"unit": row.unit.name, "code": row.unit.code, "leader": row.leader.name if row.leader else ""}
        | {code: _plain(one) for code, one in row.figures.items()}
        | {"note": norwegian.sentence("; ".join(_reasons(row)))}
        for row in ordered(page)
    ]


def _plain(measured: Measured) -> float | None:
    figure = measured.figure
    return (
        round(figure.value, measured.indicator.decimals)
        if figure and figure.published and figure.value is not None
        else None
    )


def _reasons(row: SubUnit) -> list[str]:
    found = []
    for one in row.figures.values():
        if one.status is Status.HIDDEN and one.figure is not None:
            about = figure_text(one.figure) or short_reason(one.indicator, one.figure, row.unit.level)
            found.append(f"{one.indicator.title}: {about}")
    return found
