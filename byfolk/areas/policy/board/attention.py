"""What to look at first: at most three figures that are off their target, worst first, in sentences made by rule."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.action.beside import Beside, start_links
from byfolk.areas.policy.addresses import FigureLinks
from byfolk.areas.policy.board.queries import Board
from byfolk.areas.policy.places import kind_of
from byfolk.areas.policy.wording import language, since_last_year, target_side
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.queries import Measured
from byfolk.engines.goals.rules import Status
from byfolk.lib import norwegian

AT_MOST = 3


def first_to_see(board: Board, doing: Beside) -> list[dict[str, Any]]:
    """The cards of "Dette bør du se på først"; empty where every known figure has reached its target."""
    links = FigureLinks(board.choice)
    found = worst(board)
    starts = start_links(doing, (one.indicator.code for one in found))
    return [_card(board, one, links, starts.get(one.indicator.code, "")) for one in found]


def worst(board: Board) -> list[Measured]:
    """The figures furthest off, by how many tolerances they miss the target by; each indicator once."""
    return goals.furthest_off(one for goal in board.goals for one in goal.figures)[:AT_MOST]


def _card(board: Board, measured: Measured, links: FigureLinks, start: str) -> dict[str, Any]:
    indicator, figure, goalpost = measured.indicator, measured.figure, measured.goalpost
    assert figure
    assert goalpost
    assert figure.value is not None
    below = _below(board, indicator.code)
    link_rows = [{"label": _("Se tallet"), "url": links.of(indicator.code, board.place.unit.code)}]
    if start:
        link_rows.append({"label": _("Start et tiltak"), "url": start})
    furthest = _furthest(below)
    if furthest:
        name, code = furthest
        link_rows.append({"label": _("Se %(name)s") % {"name": name}, "url": links.of(indicator.code, code)})
    side = target_side(indicator, figure.value, goalpost)
    return {
        "status": measured.status,
        "title": _("%(figure)s er %(distance)s") % {"figure": indicator.title, "distance": side},
        "text": " ".join([*_about_below(board, below), *_about_change(board, measured)]),
        "links": link_rows,
    }


def _below(board: Board, code: str) -> list[tuple[str, str, Measured]]:
    return [
        (row.unit.name, row.unit.code, one)
        for row in board.rows
        for goal in row.goals
        for one in goal.figures
        if one.indicator.code == code and one.status in (Status.REACHED, Status.NEAR, Status.FAR)
    ]


def _furthest(below: list[tuple[str, str, Measured]]) -> tuple[str, str] | None:
    far = [(name, code, one) for name, code, one in below if one.status is Status.FAR]
    if not far:
        return None
    name, code, _one = max(far, key=lambda row: goals.severity(row[2]))
    return name, code


def _about_below(board: Board, below: list[tuple[str, str, Measured]]) -> list[str]:
    if len(below) < 2:
        return []
    kind = kind_of([row.unit for row in board.rows]).many
    reached = sum(one.status is Status.REACHED for _name, _code, one in below)
    text = _("Ingen av %(n)d %(kind)s har nådd målet.")
    if reached == len(below):
        text = _("Alle %(n)d %(kind)s har nådd målet.")
    elif reached:
        text = ngettext(
            "%(reached)d av %(n)d %(kind)s har nådd målet.", "%(reached)d av %(n)d %(kind)s har nådd målet.", reached
        )
    sentences = [text % {"reached": reached, "n": len(below), "kind": kind}]
    furthest = _furthest(below)
    if furthest:
        sentences.append(_("%(name)s er lengst unna.") % {"name": furthest[0]})
    return sentences


def _about_change(board: Board, measured: Measured) -> list[str]:
    if measured.figure is None or board.choice.compare.months != 12:
        return []
    said = since_last_year(measured.figure, board.compared.get(measured.indicator.code))
    return [said] if said else []


def people_text(people: int | None) -> str:
    """A head count beside a name; nothing where it is not known."""
    return "" if people is None else norwegian.number(people, 0, language())
