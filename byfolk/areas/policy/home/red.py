"""Figures of the reader's unit that are far from their target: how far, which way they move, and what is being done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.cache import caches
from django.utils.translation import gettext as _

from byfolk.areas.policy.addresses import figure_url, start_url
from byfolk.areas.policy.drawing import KEPT
from byfolk.areas.policy.wording import figure_text, language, since_last_year, span_text, target_side, target_text
from byfolk.engines.actions import queries as actions
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.queries import Measured
from byfolk.engines.goals.rules import Status
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators.answers import FigureValue
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency
from byfolk.kernel.rights import Actor, Held, Role

#: How many far-off figures a role is told of, by what it can do about them. Others find them on the board.
AT_MOST = {
    Role.HR_DIRECTOR: 3,
    Role.LEADER: 2,
    Role.HR_ADVISER: 2,
    Role.UNION_REPRESENTATIVE: 1,
    Role.SAFETY_REPRESENTATIVE: 1,
    Role.AUDITOR: 1,
}
#: Those who start actions in the unit; the rest take it up with its leader.
STARTERS = (Role.HR_DIRECTOR, Role.LEADER, Role.HR_ADVISER)


@dataclass(frozen=True)
class Red:
    """A far-off figure in words: what it is, and how it stands."""

    code: str
    title: str
    text: str


def cards(asked: HomeAsk) -> Iterable[HomeCard]:
    """The figures furthest off in the unit of the reader's first role. Three queries where it was asked before."""
    actor = asked.actor
    held = next((one for one in actor.held if one.role in AT_MOST), None)
    newest = asked.once(indicators.publication) if held else None
    if held is None or newest is None:
        return
    # The same for everyone of the unit, until figures or targets change.
    seal, path, codes, level = goals.fingerprint_above(actor, held.unit_id)
    key = f"red:{newest.id}:{held.unit_id}:{seal}:{language()}"
    read = partial(_far_off, actor, path, codes, newest.period_until, level)
    found = caches["drawings"].get_or_set(key, read, KEPT) or []
    # Which of them something is being done about is the reader's own to see.
    doing = actions.being_done(actor, [one.code for one in found], held.unit_id) if found else frozenset()
    chosen = sorted(found, key=lambda one: one.code in doing)[: AT_MOST[held.role]]
    for one in chosen:
        yield _card(held, one, one.code in doing)


def _card(held: Held, red: Red, is_done: bool) -> HomeCard:
    starts = held.role in STARTERS
    if is_done:
        rest = _("Et tiltak er i gang.")
    elif starts:
        rest = _("Ingen tiltak er i gang.")
    else:
        rest = _("Spør lederen hva dere gjør med det.")
    return HomeCard(
        title=red.title,
        text=f"{held.unit_name}: {red.text} {rest}",
        url=figure_url(red.code, held.unit_code),
        action=_("Se hvorfor"),
        # A target is for a year, and the year runs out.
        urgency=Urgency.CHANCE if is_done or not starts else Urgency.EXPIRES,
        icon="bar-chart",
        also=(_("Start et tiltak"), start_url(held.unit_code, red.code)) if starts and not is_done else None,
    )


def _far_off(actor: Actor, path: Sequence[int], codes: Sequence[str], period: dt.date, level: int) -> list[Red]:
    """The figures of the unit at the end of `path` that are far from their target, those that miss it by most first.
    Two queries.
    """
    read = {one.indicator.code: one for one in indicators.board_figures(actor, path[-1], period, codes=codes)}
    known = goals.targets(actor, path, indicators=codes, years=range(period.year - 3, period.year + 1))
    measured = []
    for code, about in read.items():
        figure = about.shown or about.current
        if figure is not None:
            goalpost = known.of(code, figure.period.year, path)
            measured.append(goals.measure(about.indicator, figure, goalpost, level=level))
    far = [one for one in goals.furthest_off(measured) if one.status is Status.FAR]
    return [_in_words(one, read[one.indicator.code].last_year) for one in far[: max(AT_MOST.values()) + 3]]


def _in_words(measured: Measured, before: FigureValue | None) -> Red:
    figure, goalpost, indicator = measured.figure, measured.goalpost, measured.indicator
    assert figure
    assert goalpost
    title = _("%(figure)s er %(distance)s") % {
        "figure": indicator.title, "distance": target_side(indicator, figure.value or 0, goalpost),
    }  # fmt: skip
    text = _("%(value)s (%(span)s), mål %(target)s.") % {
        "value": figure_text(figure), "span": span_text(figure), "target": target_text(indicator, goalpost.value),
    }  # fmt: skip
    known = before.value if before is not None and before.published else None
    return Red(indicator.code, title, f"{text} {since_last_year(figure, known)}".strip())
