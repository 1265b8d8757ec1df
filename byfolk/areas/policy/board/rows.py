"""The board's goals and figures as the components of the page take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.action.beside import Beside, doing_of
from byfolk.areas.policy.addresses import FigureLinks
from byfolk.areas.policy.board.queries import Board
from byfolk.areas.policy.choices import Compare
from byfolk.areas.policy.explaining.beside import Explained, note_of
from byfolk.areas.policy.hiding import short_reason
from byfolk.areas.policy.places import kind_of
from byfolk.areas.policy.wording import change_text, figure_text, span_text, target_text, unit_word, value_text
from byfolk.engines.goals.queries import AreaAbout, GoalStanding, Measured
from byfolk.engines.goals.rules import Status
from byfolk.engines.goals.sentences import area_summary
from byfolk.engines.indicators.answers import BoardFigure, UnitFigure
from byfolk.engines.indicators.definition import Direction
from byfolk.lib import charts, norwegian


def index(board: Board) -> list[dict[str, Any]]:
    """Every goal with its status, area by area, linking to its place on the page."""
    return [
        {
            "name": f"{area.number} {area.title}" if area.number else area.short,
            "goals": [
                {"name": one.goal.short, "url": f"#{anchor(one.goal.number)}", "status": one.status} for one in goals
            ],
        }
        for area, goals in board.standing
    ]


def anchor(number: str) -> str:
    """The id of a goal on the page."""
    return f"mal-{number.replace('.', '-')}"


def areas(board: Board, doing: Beside, explained: Explained) -> list[dict[str, Any]]:
    """The goals with their figures, area by area."""
    links = FigureLinks(board.choice)
    return [_area(board, links, area, goals, doing, explained) for area, goals in board.standing]


def _area(
    board: Board,
    links: FigureLinks,
    area: AreaAbout,
    goals: list[GoalStanding],
    doing: Beside,
    explained: Explained,
) -> dict[str, Any]:
    kind = _("Område %(number)d") % {"number": area.number} if area.number else _("Overordnet mål")
    return {
        "kind": kind,
        "name": area.title,
        "id": f"omrade-{area.number}",
        "summary": area_summary([one.status for one in goals]) if area.number else area.explanation,
        "goals": [_goal(board, links, one, explained) | _doing(one, doing) for one in goals],
    }


def _doing(one: GoalStanding, doing: Beside) -> dict[str, Any]:
    """What is being done for a goal in this unit; nothing where nothing is, or where it is not for the reader."""
    found = doing_of(doing, one.goal.indicators)
    return {"doing": found} if found else {}


def _goal(board: Board, links: FigureLinks, one: GoalStanding, explained: Explained) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": anchor(one.goal.number),
        "number": one.goal.number if "." in one.goal.number else "",
        "name": one.goal.title,
        "url": f"{reverse('policy_goal', args=[one.goal.key])}?enhet={board.place.unit.code}",
        "owner": board.owners.get(one.goal.key, ""),
        "status": one.status,
        "word": status_word(one.weakest),
        "figures": [_figure(board, links, measured) | note_of(explained, measured.figure) for measured in one.figures],
    }
    if not one.figures:
        row["text"] = _("Ingen tall ennå.")
        if one.goal.planned:
            row["text"] = _("Ingen tall ennå. Målet skal følges med %(planned)s.") % {"planned": one.goal.planned}
    return row


def status_word(measured: Measured | None) -> str:
    """The word of a status where its usual one would mislead: a figure that is there, but has no target."""
    if measured and measured.status is Status.NOT_MEASURED and measured.figure and not measured.figure.empty:
        return _("Uten mål")
    return ""


def _figure(board: Board, links: FigureLinks, measured: Measured) -> dict[str, Any]:
    indicator, figure = measured.indicator, measured.figure
    row: dict[str, Any] = {
        "name": indicator.title,
        "url": links.of(indicator.code, board.place.unit.code),
        "status": measured.status,
        "word": status_word(measured),
        **_target(board, links, measured),
    }
    if figure is None or figure.empty or not figure_text(figure):
        return row | _without_number(measured, board.place.unit.level)
    change, word = change_text(figure, board.compared.get(indicator.code))
    row |= {
        "detail": ", ".join(part for part in (_counted(measured), span_text(figure)) if part),
        "value": figure_text(figure),
        "change": change,
        "change_word": word,
        "spark": _spark(board.figures[indicator.code], measured),
    }
    return row | _peers(board, measured)


def _target(board: Board, links: FigureLinks, measured: Measured) -> dict[str, Any]:
    """The target with the way to where it is set; nothing for a figure that has no better way."""
    if measured.indicator.direction is Direction.NEITHER:
        return {"target": ""}
    known = measured.goalpost
    return {
        "target": target_text(measured.indicator, known.value) if known else _("Ikke satt"),
        "target_url": links.targets(measured.indicator.code, board.place.unit.code),
    }


def _counted(measured: Measured) -> str:
    word = unit_word(measured.indicator)
    return "" if word == "%" else word


def _without_number(measured: Measured, level: int) -> dict[str, Any]:
    """A row without a number says why in the place of the numbers."""
    figure = measured.figure
    if measured.status is Status.HIDDEN:
        return {
            "reason": short_reason(measured.indicator, figure, level),
            "detail": span_text(figure) if figure else "",
        }
    text = _("Ingen å regne på i perioden.") if figure and figure.empty else _("Ingen tall ennå.")
    return {"reason": text, "detail": span_text(figure) if figure else ""}


def _spark(figure: BoardFigure, measured: Measured) -> charts.Svg:
    target = float(measured.goalpost.value) if measured.goalpost else None
    return charts.sparkline([point.value for point in figure.history], target=target)


def _peers(board: Board, measured: Measured) -> dict[str, Any]:
    indicator, figure = measured.indicator, measured.figure
    beside = board.peers.get(indicator.code, ())
    values = [peer.figure.value for peer in beside if peer.figure.published and peer.unit_id != board.place.unit.pk]
    known = [value for value in values if value is not None]
    if not known or figure is None or figure.value is None:
        return {"strip_text": ""}
    return {"strip": charts.strip(known, own=figure.value, label=strip_label(board, indicator.code, beside))}


def strip_label(board: Board, indicator: str, beside: tuple[UnitFigure, ...] | Any) -> str:
    """The strip of dots as a sentence for screen readers: where the unit lies among its peers."""
    own = board.figures[indicator].shown
    values = [peer.figure.value for peer in beside if peer.figure.published and peer.figure.value is not None]
    if own is None or own.value is None or not values:
        return ""
    below = sum(value < own.value for value in values)
    text = ngettext(
        "%(below)d av %(n)d har en lavere verdi. Laveste er %(low)s, høyeste %(high)s.",
        "%(below)d av %(n)d har en lavere verdi. Laveste er %(low)s, høyeste %(high)s.",
        below,
    )
    low, high = value_text(own.indicator, min(values)), value_text(own.indicator, max(values))
    return text % {"below": below, "n": len(values), "low": low, "high": high}


def peers_head(board: Board) -> str:
    """The head of the strip's column: "Virksomhetene", "Tjenestestedene"."""
    others = [unit for unit in board.peer_units if unit.pk != board.place.unit.pk]
    return norwegian.sentence(kind_of(others).these) if others else ""


def change_head(board: Board) -> str:
    """The head of the column of changes, by what the reader compares with."""
    heads: Mapping[Compare, str] = {
        Compare.LAST_YEAR: _("Fra i fjor"),
        Compare.TWO_YEARS: _("På to år"),
        Compare.ABOVE: _("Mot enheten over"),
    }
    return heads[board.choice.compare]
