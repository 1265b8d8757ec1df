"""Actions in words: where one stands, how late it is, and what became of its figure. Nothing is called a cause."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from byfolk.areas.policy.wording import distance_text, language, moment_text
from byfolk.engines.actions.models import Action, State
from byfolk.engines.actions.queries import Moved
from byfolk.engines.actions.rules import Move, is_overdue
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Indicator
from byfolk.lib import norwegian

_TONES = {State.PLANNED: "plain", State.IN_PROGRESS: "own", State.DONE: "good", State.DROPPED: "plain"}
#: What a figure is called where it is the subject of a sentence; others are "tallet".
_SUBJECTS: dict[str, Promise] = {
    "sick_leave": gettext_lazy("fraværet"),
    "turnover_external": gettext_lazy("andelen som slutter"),
    "full_time": gettext_lazy("andelen heltid"),
    "temporary": gettext_lazy("andelen midlertidige"),
}


def indicator_of(action: Action) -> Indicator | None:
    """The indicator that an action should move; None without one, or where it is known no more."""
    try:
        return registry.indicator(action.indicator) if action.indicator else None
    except LookupError:
        return None


def figure_name(action: Action) -> str:
    """The title of the figure that an action should move; empty without one."""
    found = indicator_of(action)
    return str(found.title) if found else ""


def day_text(day: dt.date) -> str:
    """A date in the reader's language."""
    return norwegian.day(day, language())


def late_text(due: dt.date, on: dt.date) -> str:
    """How far past its due date: "3 dager over fristen", "3 uker over fristen"."""
    days = (on - due).days
    if days < 14:
        return ngettext("%(n)d dag over fristen", "%(n)d dager over fristen", days) % {"n": days}
    return _("%(n)d uker over fristen") % {"n": days // 7}


def state_cell(action: Action, on: dt.date) -> dict[str, Any]:
    """Where an action stands, for a table's cell or a list: a tag, or how late it is."""
    if is_overdue(action.due, on, is_open=action.is_open):
        return {"status": "far", "word": late_text(action.due, on)}
    return {"tag": {"word": State(action.state).label, "tone": _TONES[State(action.state)]}}


def moved_text(action: Action, moved: Moved) -> str:
    """What became of the figure, in a sentence: "Fraværet har falt 1,1 prosentpoeng siden tiltaket startet."."""
    indicator = indicator_of(action)
    move = moved.movement.move
    if indicator is None or move is Move.NO_FIGURE:
        return _("Tiltaket er ikke knyttet til et tall.")
    subject = {"figure": norwegian.sentence(str(_SUBJECTS.get(indicator.code, _("tallet"))))}
    if moved.movement.known:
        if not moved.movement.difference:
            return _("%(figure)s er det samme som da tiltaket startet.") % subject
        subject["distance"] = distance_text(indicator, moved.movement.difference)
        if moved.movement.difference < 0:
            return _("%(figure)s har falt %(distance)s siden tiltaket startet.") % subject
        return _("%(figure)s har økt %(distance)s siden tiltaket startet.") % subject
    return {
        Move.NOT_YET: _("Det er ikke kommet nye tall siden tiltaket startet."),
        Move.START_HIDDEN: _("Vi kan ikke si om tallet har flyttet seg: Det var skjult da tiltaket startet."),
        Move.HIDDEN: _("Vi kan ikke si om tallet har flyttet seg: Det er skjult nå."),
        Move.WITHHELD: _("Vi kan ikke si om tallet har flyttet seg: Det nyeste er holdt tilbake."),
    }[move]


def short_move(action: Action, moved: Moved) -> tuple[str, str]:
    """The change in a table's cell, with "bedre" or "svakere" beside it; or a word for why there is none."""
    indicator, movement = indicator_of(action), moved.movement
    if indicator is None or movement.move is Move.NO_FIGURE:
        return _("Uten tall"), ""
    if movement.known:
        words = {Move.BETTER: _("bedre"), Move.WORSE: _("svakere"), Move.SAME: _("uendret"), Move.CHANGED: ""}
        return norwegian.signed(movement.difference, indicator.decimals, language()), words[movement.move]
    if movement.move is Move.NOT_YET:
        return _("Ikke nye tall"), ""
    return (_("Holdt tilbake") if movement.move is Move.WITHHELD else _("Skjult")), ""


def start_text(moved: Moved) -> str:
    """When the figure at the start is from."""
    return moment_text(moved.start.period, moved.start.kind) if moved.start else ""
