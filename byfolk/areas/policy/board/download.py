"""The board as files: the goals with their figures, the units with their statuses, and what is hidden.

What is hidden has no number.
"""

from __future__ import annotations

from typing import Any

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from byfolk.areas.policy.board.hidden import hidden_rows
from byfolk.areas.policy.board.matrix import WORDS
from byfolk.areas.policy.board.queries import Board, UnitRow
from byfolk.areas.policy.board.rows import change_head, status_word
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.wording import band_text, change_text, period_text, unit_word
from byfolk.engines.goals.queries import AreaAbout, GoalStanding, Measured
from byfolk.engines.goals.rules import Status, rounded
from byfolk.lib.tables import Sheet


def board_sheets(board: Board) -> list[Sheet]:
    """The board's tables as sheets, the goals first."""
    sheets = [_goals(board)]
    if board.rows:
        sheets.append(_units(board))
    hidden = hidden_rows(board)
    if hidden:
        rows = [{"what": row["label"], "units": f"{row['value']} {row['note']}".strip()} for row in hidden]
        titles = {"what": _("Tall du ikke ser"), "units": _("Enheter")}
        sheets.append(Sheet(_("Tall du ikke ser"), pl.DataFrame(rows), titles))
    return sheets


def _goals(board: Board) -> Sheet:
    rows = []
    for area, goals in board.standing:
        for one in goals:
            rows += [_figure(board, area, one, measured) for measured in one.figures] or [_empty(board, area, one)]
    columns = {
        "unit": pl.String, "area": pl.String, "number": pl.String, "goal": pl.String, "figure": pl.String, "measure":
        pl.String, "period": pl.String, "value": pl.Float64, "about": pl.String, "target": pl.Float64, "change":
        pl.Float64,
        "direction": pl.String, "status": pl.String,
    }  # fmt: skip
    titles = {
        "unit": _("Enhet"), "area": _("Område"), "number": _("Nr."), "goal": pgettext("goal", "Mål"),
        "figure": _("Tall"), "measure": _("Måles i"), "period": _("Periode"), "value": _("Nå"), "about": _("Merknad"),
        "target": _("Måltall"), "change": change_head(board), "direction": _("Endring"), "status": _("Status"),
    }  # fmt: skip
    return Sheet(_("Mål for mål"), pl.DataFrame(rows, schema=columns), titles)


def _empty(board: Board, area: AreaAbout, one: GoalStanding) -> dict[str, Any]:
    return {
        "unit": board.place.unit.name, "area": area.title, "number": one.goal.number if area.number else "",
        "goal": one.goal.title, "status": status_text(one),
    }  # fmt: skip


def _figure(board: Board, area: AreaAbout, one: GoalStanding, measured: Measured) -> dict[str, Any]:
    indicator, figure = measured.indicator, measured.figure
    row = _empty(board, area, one) | {"figure": str(indicator.title), "measure": unit_word(indicator) or _("antall")}
    row["status"] = status_word(measured) or WORDS[measured.status]()
    if measured.goalpost:
        row["target"] = float(measured.goalpost.value)
    if figure is None or not figure.published or figure.value is None:
        about = band_text(figure) if figure else ""
        row["about"] = about or (
            short_reason(indicator, figure, board.place.unit.level)
            if measured.status is Status.HIDDEN
            else _("Ingen tall ennå")
        )
        row["period"] = period_text(figure) if figure else ""
        return row
    before = board.compared.get(indicator.code)
    row |= {"period": period_text(figure), "value": float(rounded(figure.value, indicator.decimals))}
    if before is not None:
        moved = rounded(figure.value, indicator.decimals) - rounded(before, indicator.decimals)
        row |= {"change": float(moved), "direction": change_text(figure, before)[1]}
    return row


def status_text(one: GoalStanding) -> str:
    """The word of a goal's status."""
    return status_word(one.weakest) or WORDS[one.status]()


def _units(board: Board) -> Sheet:
    rows = [_unit(row, "") for row in board.rows]
    if board.opened:
        rows += [_unit(row, board.opened.unit.name) for row in board.opened.rows]
    numbers = [_goal_column(one) for one in board.goals]
    titles = {"unit": _("Enhet"), "code": _("Kode"), "inside": _("Ligger i"), "people": _("Ansatte")}
    titles |= {column: f"{one.goal.number} {one.goal.short}" for column, one in zip(numbers, board.goals, strict=True)}
    return Sheet(_("Enheter"), pl.DataFrame(rows, infer_schema_length=None), titles)


def _goal_column(one: GoalStanding) -> str:
    return f"goal_{one.goal.number}"


def _unit(row: UnitRow, inside: str) -> dict[str, Any]:
    line: dict[str, Any] = {"unit": row.unit.name, "code": row.unit.code, "inside": inside, "people": row.people}
    return line | {_goal_column(one): status_text(one) for one in row.goals}
