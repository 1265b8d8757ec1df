"""The page of a figure as files: the figure, its history, and its neighbours and groups.

What is hidden has no number.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from byfolk.areas.policy.board.matrix import WORDS
from byfolk.areas.policy.explaining.beside import Explained
from byfolk.areas.policy.figure.groups import TITLES
from byfolk.areas.policy.figure.queries import FigurePage
from byfolk.areas.policy.wording import band_text, period_text
from byfolk.engines.goals.rules import rounded
from byfolk.engines.indicators.answers import FigureValue
from byfolk.lib.tables import Sheet

_SCHEMA = {
    "unit": pl.String, "figure": pl.String, "group": pl.String, "period": pl.String, "value": pl.Float64, "numerator":
    pl.Float64, "denominator": pl.Float64, "n": pl.Int64, "target": pl.Float64, "note": pl.String,
    "explained": pl.String,
}  # fmt: skip


def figure_sheets(page: FigurePage, explained: Explained) -> list[Sheet]:
    """History first (the newest row is the figure of the page), then units beside, parts and groups, as far as
    they are shown.
    """
    unit = page.place.unit.name
    own = [row for row in page.histories.get(page.place.unit.pk, ()) if row.period <= page.choice.period]
    kind = page.shown.kind if page.shown else None
    history = [
        _row(page, unit, row, target=True) | _explained(explained, row)
        for row in reversed(own)
        if kind is None or row.kind is kind
    ]
    sheets = [_sheet(_("Over tid"), history or [_nothing(page)])]
    if page.peers:
        sheets.append(_sheet(_("Enheter ved siden av"), [_row(page, row.name, row.figure) for row in page.peers.rows]))
    parts = [_row(page, unit, part.now) | {"figure": str(part.indicator.title)} for part in page.parts if part.now]
    if parts:
        sheets.append(_sheet(_("Deler"), parts))
    if page.groups and page.dimension:
        rows = [_row(page, unit, row.now) | {"group": str(row.now.group.title)} for row in page.groups]
        sheets.append(_sheet(TITLES[page.dimension](), rows))
    return sheets


def _sheet(name: str, rows: list[dict[str, Any]]) -> Sheet:
    titles = {
        "unit": _("Enhet"), "figure": _("Tall"), "group": _("Gruppe"), "period": _("Periode"), "value": _("Verdi"),
        "numerator": _("Teller"), "denominator": _("Nevner"), "n": _("Antall i gruppen"), "target": _("Mål"),
        "note": _("Merknad"), "explained": _("Forklaring fra enheten"),
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=_SCHEMA)
    used = [
        column
        for column in frame.columns
        if column in {"unit", "figure", "period", "value", "note"} or frame[column].is_not_null().any()
    ]
    return Sheet(name, frame.select(used), titles)


def _row(page: FigurePage, unit: str, figure: FigureValue, *, target: bool = False) -> dict[str, Any]:
    row: dict[str, Any] = {"unit": unit, "figure": str(figure.indicator.title), "period": period_text(figure)}
    goalpost = page.targets.get(figure.period.year) if target else None
    if goalpost:
        row["target"] = float(goalpost.value)
    if not figure.published or figure.value is None:
        row["note"] = _("Ingen å regne på") if figure.empty else band_text(figure) or str(figure.reason or "")
        return row
    row |= {"value": float(rounded(figure.value, figure.indicator.decimals)), "n": figure.n}
    return row | {"numerator": figure.numerator, "denominator": figure.denominator}


def _explained(explained: Explained, row: FigureValue) -> dict[str, Any]:
    said = explained.of(row)
    return {"explained": said.text} if said else {}


def _nothing(page: FigurePage) -> dict[str, Any]:
    return {"unit": page.place.unit.name, "figure": str(page.indicator.title), "note": WORDS[page.measured.status]()}
