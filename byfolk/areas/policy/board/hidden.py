"""What the reader does not see, and why: counted by indicator and reason, never with a number from a hidden figure."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.board.queries import Board
from byfolk.areas.policy.wording import language
from byfolk.engines.indicators.answers import HiddenGroup
from byfolk.engines.indicators.disclosure.model import State
from byfolk.kernel.organisation.models import Level
from byfolk.lib import norwegian


def hidden_rows(board: Board) -> list[dict[str, Any]]:
    """Facts for "Tall du ikke ser", only for the figures that serve a goal: too small groups first, most units first."""
    served = set(board.figures)
    groups = [group for group in board.hidden if group.indicator.code in served]
    order = sorted(groups, key=lambda group: (group.state is not State.HIDDEN_SMALL, -group.units))
    rows = [_row(group) for group in order]
    return rows + _published_higher_up(board)


def _row(group: HiddenGroup) -> dict[str, Any]:
    if group.state is State.HIDDEN_SMALL:
        reason = _("færre enn %(n)d") % {"n": group.indicator.minimum_group}
    elif group.state is State.HIDDEN_SECONDARY:
        reason = _("for å verne enkeltpersoner")
    elif group.state is State.WITHHELD:
        reason = _("holdt tilbake etter en liten endring")
    else:
        reason = str(group.reason)
    return {
        "label": f"{group.indicator.title}, {reason}",
        "value": norwegian.number(group.units, 0, language()),
        "note": ngettext("enhet", "enheter", group.units),
    }


def _published_higher_up(board: Board) -> list[dict[str, Any]]:
    """Figures that are never published below the agencies, where the reader looks at or below them."""
    rows = []
    for code, figure in board.figures.items():
        indicator = figure.indicator
        if indicator.cadences(Level.AGENCY) and not indicator.cadences(Level.WORKPLACE):
            rows.append(
                {"label": indicator.title, "value": "", "note": _("bare for kommunen og virksomhetene"), "code": code}
            )
    return rows
