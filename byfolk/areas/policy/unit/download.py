"""The page of a unit as files: its figures first, then the units below, ages and positions.

What is hidden has no number.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from byfolk.areas.policy.board.matrix import WORDS
from byfolk.areas.policy.board.rows import status_word
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.unit import sub_units
from byfolk.areas.policy.unit.page import chosen_figures
from byfolk.areas.policy.unit.people import POSITIONS
from byfolk.areas.policy.unit.queries import AGE_CODES, SUB_UNIT_CODES, UnitPage
from byfolk.areas.policy.wording import band_text, period_text
from byfolk.engines.goals.rules import Status, rounded
from byfolk.engines.indicators import registry
from byfolk.lib.tables import Sheet


def unit_sheets(page: UnitPage) -> list[Sheet]:
    """The page's tables as sheets, the figures first."""
    sheets = [_figures(page)]
    if page.sub_units:
        sheets.append(_below(page))
    people = [_group(page, code) for code in (*AGE_CODES, *POSITIONS) if page.shown(code)]
    if people:
        titles = {
            "group": _("Gruppe"),
            "period": _("Periode"),
            "people": _("Antall"),
            "share": _("Andel i prosent"),
            "note": _("Merknad"),
        }
        schema = {"group": pl.String, "period": pl.String, "people": pl.Float64, "share": pl.Float64, "note": pl.String}
        sheets.append(Sheet(_("Alder og stilling"), pl.DataFrame(people, schema=schema), titles))
    return sheets


def _figures(page: UnitPage) -> Sheet:
    rows = []
    for code in ("headcount", "fte"):
        rows.append(_line(page, code))
    for measured in chosen_figures(page):
        line = _line(page, measured.indicator.code)
        if measured.goalpost:
            line["target"] = float(measured.goalpost.value)
        line["status"] = status_word(measured) or WORDS[measured.status]()
        if measured.status is Status.HIDDEN and not line.get("note"):
            line["note"] = short_reason(measured.indicator, measured.figure, page.place.unit.level)
        rows.append(line)
    schema = {
        "unit": pl.String, "figure": pl.String, "period": pl.String, "value": pl.Float64, "target": pl.Float64,
        "last_year": pl.Float64, "status": pl.String, "note": pl.String,
    }  # fmt: skip
    titles = {
        "unit": _("Enhet"), "figure": _("Tall"), "period": _("Periode"), "value": _("Nå"), "target": _("Måltall"),
        "last_year": _("Samme tid i fjor"), "status": _("Status"), "note": _("Merknad"),
    }  # fmt: skip
    return Sheet(_("Tall"), pl.DataFrame(rows, schema=schema), titles)


def _line(page: UnitPage, code: str) -> dict[str, Any]:
    figure, about = page.shown(code), page.figures.get(code)
    line: dict[str, Any] = {"unit": page.place.unit.name, "figure": str(registry.indicator(code).title)}
    if figure is None:
        return line | {"note": _("Ingen tall ennå")}
    line["period"] = period_text(figure)
    if not figure.published or figure.value is None:
        return line | {"note": band_text(figure) or str(figure.reason or _("Ingen å regne på"))}
    line["value"] = float(rounded(figure.value, figure.indicator.decimals))
    before = about.last_year if about else None
    if before is not None and before.published and before.value is not None:
        line["last_year"] = float(rounded(before.value, figure.indicator.decimals))
    return line


def _group(page: UnitPage, code: str) -> dict[str, Any]:
    figure = page.shown(code)
    row: dict[str, Any] = {
        "group": str(registry.indicator(code).title),
        "period": period_text(figure) if figure else "",
    }
    if figure is None or not figure.published or figure.value is None:
        return row | {"note": (band_text(figure) or str(figure.reason or "")) if figure else ""}
    return row | {"people": figure.numerator, "share": float(rounded(figure.value, figure.indicator.decimals))}


def _below(page: UnitPage) -> Sheet:
    schema: dict[str, Any] = {"unit": pl.String, "code": pl.String, "leader": pl.String}
    schema |= dict.fromkeys(SUB_UNIT_CODES, pl.Float64) | {"note": pl.String}
    titles = {"unit": _("Enhet"), "code": _("Kode"), "leader": _("Leder"), "note": _("Merknad")}
    titles |= {code: str(registry.indicator(code).title) for code in SUB_UNIT_CODES}
    return Sheet(_("Enheter"), pl.DataFrame(sub_units.plain_rows(page), schema=schema), titles)
