"""Starting actions, and what may be done to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pghistory
from django.db.models import F

from byfolk.engines.actions import queries
from byfolk.engines.actions.models import LANGUAGES, LONGEST_SIGN, LONGEST_TITLE, Action, Comment, MailChoice, State
from byfolk.engines.actions.rules import may_read_comments, may_steer
from byfolk.engines.actions.sources import source_kind
from byfolk.engines.indicators import registry
from byfolk.kernel.access.acting import action
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of

LONGEST_TEXT = 4000
UNDO_FOR = dt.timedelta(hours=1)


class ChangedMeanwhile(Exception):
    """Somebody else has changed the action since it was read. Nothing was written."""


class ActionRefused(ValueError):
    """What may not be, with the field that it is about."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


@dataclass(frozen=True)
class Participants:
    """Who is noted as taking part."""

    staff_representative: bool = False
    safety_representative: bool = False
    union: bool = False
    others: str = ""


@action("actions.start")
def start_action(
    *,
    actor: Actor,
    unit: Unit,
    title: str,
    owner_id: int,
    due: dt.date,
    now: dt.datetime,
    indicator: str = "",
    source: tuple[str, str] | None = None,
    participants: Participants = Participants(),
    sign: str = "",
) -> Action:
    """Start an action in a unit that the actor leads or helps. It is in progress from now on.

    `indicator`: the figure of the unit that it should move; its published value now is kept; `sign`: how its people
    will notice that it works. Raises `PermissionError` outside the actor's units, `LookupError` for an unknown
    indicator or kind of source, `ActionRefused` for a due date that has passed, or an owner who has nothing to do with
    the unit.
    """
    path = queries.path_of(unit.pk)
    if not may_steer(actor, path):
        raise PermissionError("an action is started by those who lead or help the unit")
    on = day_of(now)
    if due < on:
        raise ActionRefused("due", "an action is due after it starts")
    _must_be_able(owner_id, actor, unit.pk, on)
    kind, reference = source or ("", "")
    if kind and source_kind(kind).describe(actor, reference, unit.code) is None:
        raise ActionRefused("source", "no such source")
    made = Action(
        title=_title(title), unit=unit, owner_id=owner_id, started_on=on, due=due, state=State.IN_PROGRESS,
        state_at=now, source_kind=kind, source_reference=reference, made_by_id=actor.person_id, made_at=now,
        sign=_sign(sign),
    )  # fmt: skip
    if indicator:
        _with_figure(made, indicator, unit)
    _take_part(made, participants)
    made.save()
    return made


def _with_figure(made: Action, code: str, unit: Unit) -> None:
    wanted, figure = registry.indicator(code), queries.figure_now(code, unit.pk)
    made.indicator, made.figure_unit, made.direction = code, unit, wanted.direction.value
    if figure is not None:
        made.start_period, made.start_kind = figure.period, figure.kind
        made.start_value = figure.value if figure.published else None


def _take_part(action: Action, participants: Participants) -> None:
    action.staff_representative = participants.staff_representative
    action.safety_representative = participants.safety_representative
    action.union = participants.union
    action.participants = participants.others.strip()[:LONGEST_TITLE]


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE:
        raise ActionRefused("title", "an action says what is to be done, in short")
    return title


def _sign(text: str) -> str:
    return " ".join(text.split())[:LONGEST_SIGN]


def _must_be_able(owner_id: int, actor: Actor, unit_id: int, on: dt.date) -> None:
    if owner_id != actor.person_id and not queries.may_answer(owner_id, unit_id, on):
        raise ActionRefused("owner", "the owner works in the unit, or leads it")


def _must_work_on(actor: Actor, action: Action) -> None:
    if action.owner_id != actor.person_id and not may_steer(actor, queries.path_of(action.unit_id)):
        raise PermissionError("an action is changed by its owner, and by those who lead or help the unit")


def _write(action: Action, version: int, fields: dict[str, object]) -> Action:
    """Change an action if nobody has changed it since it had this version; both changes are never mixed."""
    changed = Action.objects.filter(pk=action.pk, version=version).update(**fields, version=F("version") + 1)
    if not changed:
        raise ChangedMeanwhile
    return Action.objects.select_related("unit", "figure_unit").get(pk=action.pk)


@action("actions.work")
def edit_action(
    *, actor: Actor, action: Action, title: str, due: dt.date, participants: Participants, version: int, sign: str = ""
) -> Action:
    """Say otherwise what is to be done, by when, with whom, and how one notices that it works.

    Raises `ChangedMeanwhile`, `ActionRefused`.
    """
    _must_work_on(actor, action)
    if due < action.started_on:
        raise ActionRefused("due", "an action is due after it starts")
    fields = {
        "title": _title(title), "due": due,
        "staff_representative": participants.staff_representative,
        "safety_representative": participants.safety_representative,
        "union": participants.union, "participants": participants.others.strip()[:LONGEST_TITLE],
        "sign": _sign(sign),
    }  # fmt: skip
    return _write(action, version, fields)


@action("actions.start")
def hand_over(*, actor: Actor, action: Action, owner_id: int, version: int, now: dt.datetime) -> Action:
    """Give an action to another owner. The owner alone cannot: who leads or helps the unit decides who does what."""
    if not may_steer(actor, queries.path_of(action.unit_id)):
        raise PermissionError("an action is handed over by those who lead or help the unit")
    _must_be_able(owner_id, actor, action.unit_id, day_of(now))
    return _write(action, version, {"owner_id": owner_id})


@action("actions.work")
def set_state(
    *, actor: Actor, action: Action, state: State, version: int, now: dt.datetime, shared: bool = False
) -> Action:
    """Say where an action stands; `shared`: leaders elsewhere may see a done one. `drop_action` drops it, with the
    reason.
    """
    _must_work_on(actor, action)
    if state is State.DROPPED:
        raise ActionRefused("state", "an action is dropped with a reason")
    fields: dict[str, object] = {"state": state, "state_at": now, "reason": ""}
    fields["shared"] = shared and state is State.DONE
    return _write(action, version, fields)


@action("actions.work")
def drop_action(*, actor: Actor, action: Action, reason: str, version: int, now: dt.datetime) -> Action:
    """Let an action be, and say why."""
    _must_work_on(actor, action)
    why = reason.strip()[:LONGEST_TEXT]
    if not why:
        raise ActionRefused("reason", "an action is dropped with a reason")
    with pghistory.context(reason=why):
        return _write(action, version, {"state": State.DROPPED, "state_at": now, "reason": why, "shared": False})


@action("actions.work")
def comment_on(*, actor: Actor, action: Action, text: str, now: dt.datetime) -> Comment:
    """Say something about an action, to its owner and to those who lead or help the unit. It stands as it was said."""
    if not may_read_comments(actor, action.owner_id, queries.path_of(action.unit_id)):
        raise PermissionError("comments are for the owner, and for those who lead or help the unit")
    said = text.strip()[:LONGEST_TEXT]
    if not said:
        raise ActionRefused("text", "a comment says something")
    return Comment.objects.create(
        action=action, unit_id=action.unit_id, owner_id=action.owner_id, author_id=actor.own_id, at=now, text=said
    )


@action("actions.work")
def take_back(*, actor: Actor, action: Action, version: int, now: dt.datetime) -> Action:
    """Take back one's own latest change: the action is again as it was before, which stands in the history too.

    Raises `ActionRefused` where the latest change is another's, or was made too long ago, `ChangedMeanwhile` where
    somebody has changed it since.
    """
    _must_work_on(actor, action)
    done = undoable(actor, queries.history_of(actor, action), now)
    if done is None:
        raise ActionRefused("version", "one takes back one's own latest change")
    last, before = done
    if last.version != version:
        raise ChangedMeanwhile
    if last.owner_id != before.owner_id:
        if not may_steer(actor, queries.path_of(action.unit_id)):
            raise PermissionError("an action is handed over by those who lead or help the unit")
        _must_be_able(before.owner_id, actor, action.unit_id, day_of(now))
    fields = {
        "title": before.title, "owner_id": before.owner_id, "due": before.due, "state": before.state,
        "reason": before.reason, "staff_representative": before.staff_representative,
        "safety_representative": before.safety_representative, "union": before.union,
        "participants": before.participants, "sign": before.sign, "shared": before.shared,
    }  # fmt: skip
    if last.state != before.state:
        fields["state_at"] = now
    return _write(action, version, fields)


def undoable(
    actor: Actor, history: Sequence[queries.Event], now: dt.datetime
) -> tuple[queries.Event, queries.Event] | None:
    """The latest change and what was before it, where the actor may take it back: it is their own and not old."""
    if len(history) < 2 or history[-1].by_person_id != actor.person_id or now - history[-1].at > UNDO_FOR:
        return None
    return history[-1], history[-2]


@action("actions.mail")
def choose_mail(*, actor: Actor, wanted: bool, language: str) -> None:
    """Say whether one wants mail about the actions that one answers for, and in which language (nb, nn or en)."""
    if language not in LANGUAGES:
        raise ActionRefused("language", "mail is in bokmål, nynorsk or English")
    chosen = {"wanted": wanted, "language": language}
    MailChoice.objects.update_or_create(person_id=actor.own_id, defaults=chosen)
