"""The page of one action as its template takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from byfolk.areas.policy.action import words
from byfolk.areas.policy.action.forms import CommentForm, StateForm
from byfolk.areas.policy.addresses import actions_url, crumbs, figure_url
from byfolk.areas.policy.places import Place, find_place
from byfolk.areas.policy.wording import figure_text, language, span_text
from byfolk.engines.actions import queries
from byfolk.engines.actions.models import Action, Comment, State
from byfolk.engines.actions.queries import Event, Moved
from byfolk.engines.actions.rules import is_overdue, may_steer
from byfolk.engines.actions.sources import SourceAbout, describe
from byfolk.engines.goals import queries as goals
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import OSLO, day_of
from byfolk.lib import norwegian


@dataclass(frozen=True)
class ActionPage:
    """One action, and what this reader may do with it."""

    action: Action
    place: Place
    moved: Moved
    names: Mapping[int, str]
    source: SourceAbout | None
    goals: Sequence[tuple[str, str]]
    comments: Sequence[Comment]
    history: Sequence[Event]
    steers: bool
    works: bool
    reads_comments: bool


def page_of(actor: Actor, action: Action) -> ActionPage:
    """The page of an action that the actor sees."""
    place = find_place(action.unit.code)
    steers = may_steer(actor, place.ids)
    reads = queries.reads_comments(actor, action, place.ids)
    comments = queries.comments_on(actor, action) if reads else []
    history = queries.history_of(actor, action)
    people = {
        action.owner_id, *(c.author_id for c in comments), *(e.owner_id for e in history),
        *(e.by_person_id for e in history if e.by_person_id),
    }  # fmt: skip
    served = goals.goals_served_by(action.indicator, goals.policy(actor, language())) if action.indicator else []
    return ActionPage(
        action=action,
        place=place,
        moved=queries.moved(actor, [action])[action.pk],
        names=names_of(people),
        source=describe(actor, action.source_kind, action.source_reference, action.unit.code),
        goals=[(goal.number, goal.title) for _area, goal in served],
        comments=comments,
        history=history,
        steers=steers,
        works=steers or action.owner_id == actor.person_id,
        reads_comments=reads,
    )


def context_of(
    page: ActionPage, *, on: dt.date, state_form: StateForm | None = None, comment_form: CommentForm | None = None
) -> dict[str, Any]:
    """Everything that `policy/action.html` needs; a form that was sent and is wrong takes the place of an empty one."""
    action = page.action
    initial = {
        "state": action.state, "reason": action.reason, "shared": action.shared, "version": action.version,
    }  # fmt: skip
    return {
        "title": action.title,
        "action": action,
        "crumbs": _crumbs(page),
        "lead": lead(page),
        "standing": words.state_cell(action, on),
        "verdict": words.moved_text(action, page.moved),
        "careful": page.moved.movement.known,
        "figures": _figures(page),
        "facts": _facts(page, on),
        "sight": _sight(page),
        "edit_url": reverse("edit_action", args=[action.pk]) if page.works else "",
        "hand_over_url": reverse("hand_over", args=[action.pk]) if page.steers else "",
        "state_form": (state_form or StateForm(initial=initial)) if page.works else None,
        "state_url": reverse("action_state", args=[action.pk]),
        "reads_comments": page.reads_comments,
        "comments": _comments(page),
        "comment_form": (comment_form or CommentForm()) if page.reads_comments else None,
        "comment_url": reverse("comment_action", args=[action.pk]),
        "history": [_event(page, number) for number in range(len(page.history) - 1, -1, -1)],
    }  # fmt: skip


def _crumbs(page: ActionPage) -> list[dict[str, str]]:
    board = {"label": _("Tiltak"), "url": actions_url(page.action.unit.code)}
    return [*crumbs(page.place), board, {"label": page.action.title}]


def name_of(page: ActionPage, person_id: int | None) -> str:
    """Somebody by name; those who stand in no directory, and background work, by what they are."""
    if person_id is None:
        return _("Byfolk")
    return page.names.get(person_id, _("En som ikke står i adresseboka"))


def lead(page: ActionPage) -> str:
    """Where, who and by when."""
    action = page.action
    return _("%(unit)s. %(name)s har ansvaret. Fristen er %(due)s.") % {
        "unit": action.unit.name, "name": name_of(page, action.owner_id), "due": words.day_text(action.due),
    }  # fmt: skip


def _figures(page: ActionPage) -> list[dict[str, Any]]:
    action, moved = page.action, page.moved
    if not action.indicator or words.indicator_of(action) is None or action.figure_unit is None:
        return []
    url = figure_url(action.indicator, action.figure_unit.code)
    rows = [
        {
            "label": _("Da tiltaket startet"),
            "value": (figure_text(moved.start) or _("Skjult")) if moved.start else _("Ingen tall"),
            "note": span_text(moved.start) if moved.start else "",
        }
    ]
    if moved.now is not None:
        rows.append({"label": _("Nå"), "value": figure_text(moved.now) or _("Skjult"), "note": span_text(moved.now)})
    change, word = words.short_move(action, moved)
    rows.append({"label": _("Endring"), "value": change, "note": word})
    rows.append({"label": words.figure_name(action), "value": _("Se historien"), "url": url})
    return rows


def _facts(page: ActionPage, on: dt.date) -> list[dict[str, Any]]:
    action = page.action
    late = words.late_text(action.due, on) if is_overdue(action.due, on, is_open=action.is_open) else ""
    rows: list[dict[str, Any]] = [
        {
            "label": _("Ansvarlig"),
            "value": name_of(page, action.owner_id),
            "url": reverse("colleague", args=[action.owner_id]) if action.owner_id in page.names else "",
        },
        {"label": _("Startet"), "value": words.day_text(action.started_on)},
        {"label": _("Frist"), "value": words.day_text(action.due), "note": late},
        {"label": _("Status"), "value": State(action.state).label},
    ]
    if action.reason:
        rows.append({"label": _("Droppet fordi"), "value": action.reason})
    if action.sign:
        rows.append({"label": _("Slik merker vi at det virker"), "value": action.sign})
    if page.source:
        rows.append({"label": _("Kommer av"), "value": page.source.label, "url": page.source.url})
    if action.shared:
        rows.append({"label": _("Deles"), "value": _("Andre ledere ser teksten, ikke hvor det var")})
    taking_part = [
        word
        for flag, word in (
            (action.staff_representative, _("ansattrepresentant")),
            (action.safety_representative, _("verneombud")),
            (action.union, _("tillitsvalgt")),
            (bool(action.participants), action.participants),
        )
        if flag
    ]
    if taking_part:
        rows.append({"label": _("Er med"), "value": norwegian.sentence(", ".join(taking_part))})
    return rows


def _sight(page: ActionPage) -> list[dict[str, Any]]:
    action = page.action
    steps: list[dict[str, Any]] = []
    for number, title in page.goals:
        label = _("Mål %(number)s") % {"number": number} if "." in number else pgettext("goal", "Mål")
        board = reverse("board_unit", args=[action.unit.code])
        steps.append({"kind": label, "label": title, "url": f"{board}#mal-{number.replace('.', '-')}"})
    if action.indicator and action.figure_unit and words.indicator_of(action):
        url = figure_url(action.indicator, action.figure_unit.code)
        steps.append({"kind": _("Tall"), "label": words.figure_name(action), "url": url})
    steps.append({"kind": _("Tiltak"), "label": action.title, "current": True})
    steps.append({"kind": _("Flyttet tallet seg?"), "label": words.moved_text(action, page.moved)})
    return steps


def _comments(page: ActionPage) -> list[dict[str, str]]:
    return [
        {"who": name_of(page, said.author_id), "when": _moment(said.at), "text": said.text} for said in page.comments
    ]


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(OSLO)
    return f"{norwegian.day(day_of(local), language())} {norwegian.clock(local, language())}"


def _event(page: ActionPage, number: int) -> dict[str, str]:
    event = page.history[number]
    before = page.history[number - 1] if number else None
    return {"who": name_of(page, event.by_person_id), "when": _moment(event.at), "text": _what(page, event, before)}


def _what(page: ActionPage, event: Event, before: Event | None) -> str:
    if before is None:
        return _("startet tiltaket")
    if event.state != before.state:
        if event.why == "take_back":
            return _("angret, og satte status tilbake til «%(state)s»") % {"state": State(event.state).label}
        if event.state == State.DROPPED:
            return _("droppet tiltaket: %(reason)s") % {"reason": event.reason}
        return _("satte status til «%(state)s»") % {"state": State(event.state).label}
    if event.owner_id != before.owner_id:
        return _("ga ansvaret til %(name)s") % {"name": name_of(page, event.owner_id)}
    said = []
    if event.due != before.due:
        said.append(
            _("flyttet fristen fra %(before)s til %(after)s")
            % {"before": words.day_text(before.due), "after": words.day_text(event.due)}
        )
    if event.title != before.title:
        said.append(_("endret teksten fra «%(before)s»") % {"before": before.title})
    return _(" og ").join(said) or _("endret hvem som er med")
