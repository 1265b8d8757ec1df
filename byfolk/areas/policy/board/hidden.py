"""What the reader does not see, and why: counted by indicator and reason, never with a number from a hidden figure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.board.queries import Board
from byfolk.areas.policy.hiding import too_few
from byfolk.areas.policy.wording import language
from byfolk.engines.indicators.answers import HiddenGroup
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Level
from byfolk.lib import norwegian


def hidden_rows(board: Board) -> list[dict[str, Any]]:
    """Facts for "Tall du ikke ser", one for each figure that serves a goal: how many units it is hidden in, and why."""
    groups: dict[str, list[HiddenGroup]] = {}
    for group in board.hidden:
        if group.indicator.code in board.figures:
            groups.setdefault(group.indicator.code, []).append(group)
    order = sorted(groups.values(), key=lambda found: -max(group.units for group in found))
    return [_row(found) for found in order] + _published_higher_up(board)


def _row(groups: list[HiddenGroup]) -> dict[str, Any]:
    groups = sorted(groups, key=lambda group: -group.units)
    first, *others = groups
    units = ngettext("%(n)s enhet", "%(n)s enheter", first.units) % {"n": _number(first.units)}
    notes = [_why(first), *(f"{_number(group.units)} {_why(group)}" for group in others)]
    return {"label": str(first.indicator.title), "value": units, "note": ", ".join(notes)}


def _number(units: int) -> str:
    return norwegian.number(units, 0, language())


def _why(group: HiddenGroup) -> str:
    if group.state is State.HIDDEN_SMALL:
        return too_few(group.indicator)
    if group.state is State.HIDDEN_SECONDARY:
        return _("for å verne enkeltpersoner")
    if group.state is State.WITHHELD:
        return _("holdt tilbake etter en liten endring")
    return str(group.reason).lower()


def _published_higher_up(board: Board) -> list[dict[str, Any]]:
    """Figures that are never published below the agencies, where the reader looks at or below them."""
    rows = []
    for code, figure in board.figures.items():
        indicator = figure.indicator
        if indicator.cadences(Level.AGENCY) and not indicator.cadences(Level.WORKPLACE):
            rows.append(
                {
                    "label": str(indicator.title),
                    "value": "",
                    "note": _("bare for kommunen og virksomhetene"),
                    "code": code,
                }
            )
    return rows
