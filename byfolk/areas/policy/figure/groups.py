"""The parts of a figure: kinds that add up to it or stand beside each other, and groups of people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from byfolk.areas.policy.addresses import figure_url
from byfolk.areas.policy.figure.queries import FigurePage, GroupRow, Part
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.wording import change_text, figure_text, language, span_text
from byfolk.engines.goals.rules import rounded
from byfolk.engines.indicators.breakdowns import Dimension
from byfolk.engines.indicators.definition import UnitOfMeasure
from byfolk.lib import charts, norwegian

TITLES = {
    Dimension.GENDER: lambda: _("Kjønn"),
    Dimension.AGE_BAND: lambda: _("Alder"),
    Dimension.JOB_FAMILY: lambda: _("Yrke"),
}


def parts_of(page: FigurePage) -> dict[str, Any] | None:
    """The table of parts with bars; None where the figure has none, or none is published."""
    known = [part for part in page.parts if part.now and part.now.published and part.now.value is not None]
    if not known:
        return None
    largest = max(part.now.value or 0 for part in known if part.now) or 1
    biggest = _biggest(page, known)
    span = next(span_text(part.now) for part in known if part.now)
    return {
        "title": _title(page, known, biggest),
        "lead": _lead(page, span),
        "columns": {"name": _("Del"), "value": _("Nå"), "share": _("Fra i fjor")},
        "rows": [_part_row(page, part, largest, part is biggest) for part in page.parts],
    }


def _add_up(page: FigurePage) -> bool:
    """Whether the parts are slices of the figure. Shares of groups that have each their own whole do not add up."""
    return all(part.indicator.denominator == page.indicator.denominator for part in page.parts)


def _biggest(page: FigurePage, known: list[Part]) -> Part | None:
    """The part with the highest value as it is printed; None where two share it, or a hidden one might."""
    if len(known) < len(page.parts):
        return None
    values = [rounded(part.now.value or 0, part.indicator.decimals) for part in known if part.now]
    highest = max(values)
    return known[values.index(highest)] if values.count(highest) == 1 else None


def _title(page: FigurePage, known: list[Part], biggest: Part | None) -> str:
    """The finding: which part is the most of the whole, or the highest, as far as that is so."""
    if biggest is None:
        return _("Del for del")
    words = {"part": norwegian.inside(str(biggest.indicator.title))}
    if not _add_up(page):
        return _("Høyest: %(part)s") % words
    whole = sum(part.now.value or 0 for part in known if part.now)
    most = biggest.now is not None and (biggest.now.value or 0) > whole / 2
    return (_("Det meste er %(part)s") if most else _("Størst: %(part)s")) % words


def _lead(page: FigurePage, span: str) -> str:
    name = norwegian.inside(str(page.indicator.title))
    if _add_up(page):
        text = _("Deler av %(figure)s, %(span)s.") % {"figure": name, "span": span}
    else:
        text = _("Hver gruppe for seg, %(span)s. Andelene skal ikke legges sammen.") % {"span": span}
    change = _("Endring i prosentpoeng.") if page.indicator.unit is UnitOfMeasure.PERCENT else ""
    return f"{text} {change}".strip()


def _part_row(page: FigurePage, part: Part, largest: float, biggest: bool) -> dict[str, Any]:
    now = part.now
    row: dict[str, Any] = {
        "name": part.indicator.title,
        "url": figure_url(part.indicator.code, page.place.unit.code, page.choice),
        "value": (figure_text(now) if now else "") or _("Skjult"),
    }
    if now is not None and now.published and now.value is not None:
        row["svg"] = charts.bar(now.value, largest=largest, pale=not biggest)
        row["share"] = change_text(now, part.before.value if part.before else None)[0]
    return row


def tabs_of(page: FigurePage) -> list[dict[str, Any]]:
    """The ways in which the figure is broken down, as links; empty where there is only one or none."""
    if len(page.indicator.breakdowns) < 2:
        return []
    code, unit = page.indicator.code, page.place.unit.code
    return [
        {
            "label": TITLES[dimension](),
            "url": figure_url(code, unit, page.choice, gruppe=dimension.value) + "#hvem",
            "current": dimension is page.dimension,
        }
        for dimension in page.indicator.breakdowns
    ]


def groups_of(page: FigurePage) -> dict[str, Any] | None:
    """The table of groups; None where the figure is not broken down. Without rows it says why there are none."""
    if page.dimension is None:
        return None
    name = TITLES[page.dimension]()
    if not page.groups:
        return {
            "name": name,
            "rows": [],
            "note": _("Fordelingen vises ikke her. Gruppene blir for små, eller tallet er skjult."),
        }
    plain = page.indicator.direction.value == "neither"
    columns = [
        {"label": name},
        *([] if _is_people(page) else [{"label": _("Ansatte"), "numeric": True}]),
        {"label": page.indicator.title, "numeric": True},
        {"label": _("Fra i fjor"), "numeric": True},
        {"label": "", "wide_only": True},
    ]
    largest = max((row.now.value or 0 for row in page.groups if row.now.published), default=0) or 1
    return {
        "name": name,
        "columns": columns,
        "caption": _("%(figure)s etter %(group)s") % {"figure": page.indicator.title, "group": name.lower()},
        "lead": _("Du ser grupper, aldri enkeltpersoner. Tallene er %(span)s.")
        % {"span": span_text(page.groups[0].now)},
        "rows": [{"cells": _cells(page, row, largest, plain)} for row in page.groups],
        "foot": _foot(page),
    }


def _is_people(page: FigurePage) -> bool:
    """Whether the figure is the number of people itself, which then needs no column beside it."""
    return page.indicator.denominator is None and page.indicator.numerator is page.indicator.group


def _people(page: FigurePage, n: int | None) -> list[dict[str, Any]]:
    text = norwegian.number(n, 0, language()) if n is not None else ""
    return [] if _is_people(page) else [{"value": text, "numeric": True}]


def _cells(page: FigurePage, row: GroupRow, largest: float, plain: bool) -> list[dict[str, Any]]:
    now = row.now
    name = {"value": now.group.title}
    if not now.published or now.value is None:
        reason = short_reason(page.indicator, now, page.place.unit.level)
        text = figure_text(now)
        shown = {"value": text, "numeric": True} if text else {"hidden": reason, "numeric": True}
        if now.empty:
            shown = {"value": _("Ingen"), "numeric": True}
        return [name, *_people(page, None), shown, {"value": ""}, {"value": "", "wide_only": True}]
    change, word = change_text(now, row.before.value if row.before and row.before.published else None)
    return [
        name,
        *_people(page, now.n),
        {"value": figure_text(now), "numeric": True, "strong": True},
        {"value": change, "note": "" if plain else word, "numeric": True},
        {"svg": charts.bar(now.value, largest=largest, pale=True), "wide_only": True},
    ]


def _foot(page: FigurePage) -> dict[str, Any] | None:
    figure = page.shown
    first = page.groups[0].now
    if figure is None or not figure.published or figure.period != first.period or figure.kind is not first.kind:
        return None
    change = change_text(figure, page.about.last_year.value if page.about.last_year else None)[0]
    return {
        "cells": [
            {"value": _("Alle")},
            *_people(page, figure.n),
            {"value": figure_text(figure), "numeric": True},
            {"value": change, "numeric": True},
            {"value": "", "wide_only": True},
        ]
    }
