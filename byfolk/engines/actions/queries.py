"""Reads of actions. The database shows those that the reader leads, helps with, answers for, or is concerned by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from byfolk.engines.actions.models import OPEN, Action, Comment, MailChoice, State
from byfolk.engines.actions.permissions import SEERS
from byfolk.engines.actions.rules import Move, Movement, Seen, may_read_comments, movement
from byfolk.engines.goals.models import Goal, Service
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import Hierarchy
from byfolk.engines.indicators.reading import figures, headline
from byfolk.engines.indicators.states import State as FigureState
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.organisation.models import Closure, Leadership, Unit
from byfolk.kernel.people.models import Card
from byfolk.kernel.people.names import with_name
from byfolk.kernel.rights import Actor

#: More who work in a unit than this, and a list of them is no help: those who lead are enough.
STAFF_AT_MOST = 150
AT_A_TIME = 200


@dataclass(frozen=True)
class Wanted:
    """What a board shows. `indicators` None: every figure; `goal`: also what came of this goal itself."""

    state: str = "open"
    owner_id: int | None = None
    indicators: tuple[str, ...] | None = None
    goal: str = ""


def visible(actor: Actor) -> QuerySet[Action]:
    """Every action that the actor may see, with its owner's name. Raises `PermissionError` for a visitor."""
    if actor.person_id is None:
        raise PermissionError("actions are for those who have signed in")
    return with_name(Action, "owner_id", "owner_card_name").select_related("unit", "figure_unit")


def _all(actor: Actor) -> QuerySet[Action]:
    """Every action that the actor may see, for a count or a few columns."""
    if actor.person_id is None:
        raise PermissionError("actions are for those who have signed in")
    return Action.objects.all()


def sees_unit(actor: Actor, unit_id: int, path: Sequence[int] = ()) -> bool:
    """Whether the actor sees the actions of a unit as such: by a role, or by working there or below. `path`: the units
    above it, where they are known. One query at most.
    """
    if actor.person_id is None:
        return False
    if any(held.role in SEERS and held.unit_id in (unit_id, *path) for held in actor.held):
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            "select %(unit)s in (select visible_unit_set('actions')) or %(unit)s = any (worked_units())",
            {"unit": unit_id},
        )
        return bool(cursor.fetchone()[0])


def path_of(unit_id: int) -> list[int]:
    """The ids of a unit and those above it, from the root down. One query."""
    rows = Closure.objects.filter(descendant=unit_id).order_by("-depth")
    return list(rows.values_list("ancestor_id", flat=True))


def reads_comments(actor: Actor, action: Action, path: Sequence[int]) -> bool:
    """Whether the actor sees what is said about an action, and may say something."""
    return may_read_comments(actor, action.owner_id, path)


_BY_STATE = Case(
    When(state=State.IN_PROGRESS, then=Value(0)),
    When(state=State.PLANNED, then=Value(1)),
    When(state=State.DONE, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


def on_board(actor: Actor, unit_id: int, wanted: Wanted) -> QuerySet[Action]:
    """The actions of a unit and those below it: what is in progress first, by state and due date."""
    found = below(actor, unit_id)
    if wanted.state == "open":
        found = found.filter(state__in=OPEN)
    elif wanted.state in State.values:
        found = found.filter(state=wanted.state)
    if wanted.owner_id is not None:
        found = found.filter(owner_id=wanted.owner_id)
    if wanted.indicators is not None:
        found = found.filter(Q(indicator__in=wanted.indicators) | Q(source_kind="goal", source_reference=wanted.goal))
    return found.annotate(place=_BY_STATE).order_by("place", "due", "pk")


def below(actor: Actor, unit_id: int) -> QuerySet[Action]:
    """The actions of a unit and those below it."""
    units = Closure.objects.filter(ancestor=unit_id).values("descendant_id")
    return visible(actor).filter(unit_id__in=units)


def owners_below(actor: Actor, unit_id: int) -> list[tuple[int, str]]:
    """Who answers for open actions in a unit and below, by name. Two queries."""
    ids = below(actor, unit_id).filter(state__in=OPEN).values_list("owner_id", flat=True).distinct()
    return sorted(names_of(ids).items(), key=lambda item: item[1])


def of_figure(actor: Actor, indicator: str, unit_id: int) -> list[Action]:
    """The actions that should move a unit's figure, but for dropped ones, in the order they started. One query."""
    found = visible(actor).filter(figure_unit=unit_id, indicator=indicator).exclude(state=State.DROPPED)
    return list(found.order_by("started_on", "pk"))


def being_done(actor: Actor, indicators: Iterable[str], unit_id: int) -> frozenset[str]:
    """The indicators of a unit's figures that something open should move. One query."""
    found = _all(actor).filter(figure_unit=unit_id, indicator__in=list(indicators), state__in=OPEN)
    return frozenset(found.order_by().values_list("indicator", flat=True))


def with_part(actor: Actor, unit_id: int, part: str) -> list[Action]:
    """The open actions in a unit and below in which a representative takes part (`part`: the field that says which),
    without the actor's own; the one due first on top. One query.
    """
    found = below(actor, unit_id).filter(state__in=OPEN, **{part: True}).exclude(owner_id=actor.own_id)
    return list(found.order_by("due", "pk"))


def newest_where_one_works(actor: Actor, since: dt.date) -> Action | None:
    """The newest open action of the very unit where the actor works that was started since a day, and is another's.
    One query.
    """
    found = visible(actor).filter(unit=actor.unit_id, state__in=OPEN, started_on__gte=since)
    return found.exclude(owner_id=actor.own_id).order_by("-started_on", "-pk").first()


def of_unit(actor: Actor, unit_id: int, *, limit: int) -> list[Action]:
    """A unit's own open actions, the one due first on top. One query."""
    return list(visible(actor).filter(unit=unit_id, state__in=OPEN).order_by("due", "pk")[:limit])


def owned_by(actor: Actor) -> list[Action]:
    """The open actions that the actor answers for, the one due first on top. One query."""
    own = _all(actor).filter(owner_id=actor.own_id, state__in=OPEN)
    return list(own.select_related("unit", "figure_unit").order_by("due", "pk"))


def towards(actor: Actor, goal_key: str, unit_id: int, *, limit: int) -> list[Action]:
    """The open actions of a unit and those below it that should move a figure of a goal, or came of the goal itself;
    the one due first on top. One query.
    """
    figures_of = Service.objects.filter(goal__key=goal_key).values("indicator")
    number = Goal.objects.filter(key=goal_key).values("number")
    about = Q(indicator__in=figures_of) | Q(source_kind="goal", source_reference__in=number)
    return list(below(actor, unit_id).filter(about, state__in=OPEN).order_by("due", "pk")[:limit])


def of_source(actor: Actor, kind: str, references: Sequence[str], unit_id: int) -> list[Action]:
    """A unit's actions that came of any of these sources of a kind, but for dropped ones, in the order they started.
    One query.
    """
    found = visible(actor).filter(unit=unit_id, source_kind=kind, source_reference__in=references)
    return list(found.exclude(state=State.DROPPED).order_by("started_on", "pk"))


def comments_on(actor: Actor, action: Action) -> list[Comment]:
    """What is said about an action, oldest first; nothing for those whom it is not for. One query."""
    return list(Comment.objects.filter(action=action).order_by("at", "pk")) if actor.person_id else []


@dataclass(frozen=True)
class Event:
    """One change of an action: what was done (the action's name), by whom (None: background work), why, and the row
    as it was afterwards.
    """

    id: int
    at: dt.datetime
    why: str
    by_person_id: int | None
    title: str
    owner_id: int
    due: dt.date
    state: str
    reason: str
    staff_representative: bool
    safety_representative: bool
    union: bool
    participants: str
    sign: str
    shared: bool
    version: int


def history_of(actor: Actor, action: Action) -> list[Event]:
    """Every change of an action, oldest first; nothing for those whom the history is not for. One query."""
    if actor.person_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """select id, at, why, by_person_id, title, owner_id, due, state, reason, staff_representative,
                      safety_representative, "union", participants, sign, shared, version
                 from byfolk_action_history(%s)""",
            [action.pk],
        )
        return [Event(*row) for row in cursor.fetchall()]


def candidates(unit_id: int, on: dt.date) -> list[tuple[int, str]]:
    """Who may answer for an action in a unit: those who lead it, units above or units below, and those who work there
    or below. (person, "name, post"), those who lead first; where many work there, only those who lead. Four queries.
    """
    tree = Closure.objects.filter(Q(ancestor=unit_id, depth__lte=2) | Q(descendant=unit_id))
    near = set(tree.values_list("descendant_id", flat=True)) | set(
        Closure.objects.filter(descendant=unit_id).values_list("ancestor_id", flat=True)
    )
    leaders = set(Leadership.objects.filter(unit_id__in=near, valid__contains=on).values_list("person_id", flat=True))
    # Asked for apart: either by an index, both together by reading the whole directory.
    leading = list(Card.objects.filter(person_id__in=leaders))
    under = Unit.objects.filter(above__ancestor=unit_id)
    working = list(Card.objects.filter(unit__in=under).exclude(person_id__in=leaders)[: STAFF_AT_MOST + 1])
    if len(working) > STAFF_AT_MOST:
        working = []
    found = [*sorted(leading, key=_in_order), *sorted(working, key=_in_order)]
    return [(card.person_id, f"{card.name}, {card.title}") for card in found]


def _in_order(card: Card) -> str:
    return str(card.sort_key)


def may_answer(person_id: int, unit_id: int, on: dt.date) -> bool:
    """Whether a person may be made owner of an action in a unit: stands in the directory, and works in the unit or
    below it, or leads it or a unit above or below. Two queries.
    """
    card = Card.objects.filter(person_id=person_id).first()
    if card is None:
        return False
    if Closure.objects.filter(ancestor=unit_id, descendant=card.unit_id).exists():
        return True
    led = Leadership.objects.filter(person_id=person_id, valid__contains=on).values("unit_id")
    return Closure.objects.filter(
        Q(descendant=unit_id, ancestor__in=led) | Q(ancestor=unit_id, descendant__in=led)
    ).exists()


def figure_now(indicator: str, unit_id: int) -> FigureValue | None:
    """The newest figure of an indicator in a unit, of the span that stands for it, published or not. One query."""
    rows = headline(
        figures(unit=unit_id, indicator=registry.indicator(indicator).key, breakdown=0, hierarchy=Hierarchy.AS_IT_WAS)
    )
    return rows[-1] if rows else None


@dataclass(frozen=True)
class Moved:
    """What became of an action's figure. `now`: the newest figure of the same span, `start` the one at the start."""

    movement: Movement
    start: FigureValue | None = None
    now: FigureValue | None = None


def moved(actor: Actor, actions: Iterable[Action]) -> dict[int, Moved]:
    """Whether the figures of these actions have moved since they started, by action. One query for each two hundred.

    The figure at the start counts only while it is published still: what has been hidden since is not told by way of
    an action.
    """
    wanted = [one for one in actions if one.indicator and _is_known(one.indicator)]
    if not wanted or actor.person_id is None:
        return {one.pk: Moved(Movement(Move.NO_FIGURE)) for one in actions}
    # Each by the columns of the primary key: a city's figures of all units and months are a hundred times as many.
    each = [
        Q(
            unit=one.figure_unit_id,
            indicator=registry.indicator(one.indicator).key,
            kind=one.start_kind,
            period__gte=one.start_period,
        )
        for one in wanted
        if one.start_period is not None
    ]
    rows: list[FigureValue] = []
    for some in (each[place : place + AT_A_TIME] for place in range(0, len(each), AT_A_TIME)):
        rows += figures(reduce(or_, some), breakdown=0, hierarchy=Hierarchy.AS_IT_WAS)
    by_figure: dict[tuple[Any, ...], dict[dt.date, FigureValue]] = {}
    for row in rows:
        by_figure.setdefault((row.unit_id, row.indicator.code, int(row.kind)), {})[row.period] = row
    return {one.pk: _moved(one, by_figure) for one in actions}


def _is_known(code: str) -> bool:
    try:
        registry.indicator(code)
    except LookupError:
        return False
    return True


def _moved(action: Action, rows: Mapping[tuple[Any, ...], Mapping[dt.date, FigureValue]]) -> Moved:
    if not action.indicator or not _is_known(action.indicator):
        return Moved(Movement(Move.NO_FIGURE))
    by_period = rows.get((action.figure_unit_id, action.indicator, action.start_kind), {})
    found = [by_period[period] for period in sorted(by_period)]
    start = next((row for row in found if row.period == action.start_period), None)
    since = [row for row in found if action.start_period and row.period > action.start_period]
    now = since[-1] if since else None
    if now is not None and now.state is FigureState.WITHHELD:
        # The last safe value says what may be said.
        now = next((row for row in reversed(since) if row.published), now)
    decimals = registry.indicator(action.indicator).decimals
    return Moved(movement(_seen(start), _seen(now), action.direction, decimals), start, now)


def _seen(figure: FigureValue | None) -> Seen | None:
    if figure is None:
        return None
    return Seen(figure.period, figure.value if figure.published else None, figure.state is FigureState.WITHHELD)


def goal_counts(actor: Actor, year: int) -> list[tuple[int, str, str, str, int]]:
    """How many actions ran in a year in the municipality and in each agency with all below: (unit, number of the goal
    that they came of or empty, indicator that they should move or empty, state, how many). One query.

    Open to all who work here: it names no action, unit below an agency, or person.
    """
    if actor.person_id is None:
        raise PermissionError("actions are for those who have signed in")
    with connection.cursor() as cursor:
        cursor.execute("select unit_id, goal, indicator, state, n from byfolk_action_counts(%s)", [year])
        return [tuple(row) for row in cursor.fetchall()]


def mail_choice(actor: Actor) -> MailChoice:
    """Whether the actor wants mail about actions, and in which language. One query."""
    return MailChoice.objects.filter(person_id=actor.own_id).first() or MailChoice(person_id=actor.own_id)


@dataclass(frozen=True)
class Elsewhere:
    """A done action of a like unit that its people let others see: what was done, and how its figure has moved."""

    action: Action
    moved: Moved


def worked_elsewhere(actor: Actor, indicator: str, unit_id: int, *, at_most: int) -> list[Elsewhere]:
    """Shared actions of units of the same level and sector that should move the same figure, and whose published figure
    is better than when they started; those done last on top. It says what has happened since, never that something
    was the cause. Two queries.
    """
    if actor.person_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """select id, title, unit_id, direction, start_value, start_period, start_kind
                 from byfolk_shared_actions(%s, %s)""",
            [indicator, unit_id],
        )
        found = [
            Action(
                pk=pk, title=title, figure_unit_id=unit, indicator=indicator, direction=direction, start_value=value,
                start_period=period, start_kind=kind,
            )
            for pk, title, unit, direction, value, period, kind in cursor.fetchall()
        ]  # fmt: skip
    since = moved(actor, found)
    better = [Elsewhere(one, since[one.pk]) for one in found if since[one.pk].movement.move is Move.BETTER]
    return better[:at_most]
