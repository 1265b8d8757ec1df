"""Actions in the demo city's units: a few hundred, the same from the same seed, with figures as they were published."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.db import connections, transaction

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST, NURSING_HOME_CODE, NURSING_HOME_SUBUNIT_CODES, ROOT_CODE
from byfolk.demo.survey_plans import plans_actions
from byfolk.engines.actions.models import Action, Comment, State
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.breakdowns import Hierarchy, PeriodKind
from byfolk.engines.indicators.models import Figure
from byfolk.engines.indicators.states import State as FigureState
from byfolk.kernel.organisation.models import Leadership, Unit
from byfolk.kernel.people.models import Card, Person
from byfolk.kernel.time import OSLO, add_months

TITLES = Path(__file__).parent / "data" / "actions.csv"
FEWEST, MOST, UNITS_AN_ACTION = 24, 400, 6
#: Figures are published some weeks after the month that they cover.
PUBLISHED_AFTER = 2
REASONS = (
    "Vi fikk ikke frigjort tid til det",
    "Naboenheten har tatt det over",
    "Behovet er borte etter omorganiseringen",
    "Partene ble ikke enige om ordningen",
)


# Who started each, and when, as if it had been done in Byfolk then.
HISTORY = """
with started as (
    select pgh_id, gen_random_uuid() as context, made_at, made_by_id
      from actions_actionevent where pgh_context_id is null
), contexts as (
    insert into pghistory_context (id, created_at, updated_at, metadata)
    select context, made_at, made_at, jsonb_build_object('person', made_by_id, 'why', 'start_action') from started
)
update actions_actionevent e set pgh_created_at = s.made_at, pgh_context_id = s.context
  from started s where s.pgh_id = e.pgh_id
"""


@dataclass(frozen=True)
class _Told:
    """An action of the cast, told by hand: the others are drawn."""

    who: str
    unit: str
    title: str
    indicator: str
    started_on: dt.date
    due: dt.date
    state: State = State.IN_PROGRESS
    comments: tuple[str, ...] = ()


_CAST = (
    _Told(
        "solveig", NURSING_HOME_CODE, "Nærværsteam med tillitsvalgt og verneombud", "sick_leave",
        dt.date(2025, 2, 10), dt.date(2026, 12, 31),
        comments=("Teamet møtes annenhver torsdag.", "Alle avdelingene er med fra september."),
    ),
    _Told(
        "solveig", NURSING_HOME_CODE, "Hele stillinger i ny turnus", "full_time",
        dt.date(2026, 3, 2), dt.date(2027, 3, 1),
    ),
    _Told(
        "solveig", NURSING_HOME_CODE, "Øvelser mot vold og trusler hver måned", "",
        dt.date(2026, 4, 13), dt.date(2026, 11, 1),
    ),
    _Told(
        "solveig", NURSING_HOME_CODE, "Ny turnus med langvakter hver tredje helg", "sick_leave",
        dt.date(2025, 10, 6), dt.date(2026, 6, 30), State.DONE,
    ),
    _Told(
        "kari", ROOT_CODE, "Felles opplæring i oppfølging av sykmeldte for alle nye ledere", "sick_leave",
        dt.date(2025, 9, 1), dt.date(2026, 12, 4),
    ),
    _Told(
        "kari", ROOT_CODE, "Heltid som hovedregel i alle utlysninger", "full_time",
        dt.date(2025, 5, 5), dt.date(2027, 6, 30),
    ),
    _Told(
        "amir", CARE_AGENCY_CODE, "Bemanningsteam som dekker fravær i hele etaten", "temporary",
        dt.date(2026, 1, 12), dt.date(2027, 1, 31),
    ),
    _Told(
        "jonas", NURSING_HOME_SUBUNIT_CODES[0], "Fem minutter ved vaktskifte om hva som sliter", "sick_leave",
        dt.date(2026, 9, 14), dt.date(2027, 3, 31), comments=("Prøver i fire uker før vi spør alle.",),
    ),
)  # fmt: skip


def load_actions(*, seed: int, today: dt.date, using: str = "owner") -> int:
    """Load actions for the cast and for units of the city that are led; answers how many. Needs the figures."""
    rng = np.random.default_rng([seed, 4_711])
    units = {unit.code: unit for unit in Unit.objects.using(using).filter(valid__contains=today).order_by("code")}
    numbers = [persona.employee_number for persona in CAST.values() if persona.employee_number]
    people = dict(Person.objects.using(using).filter(employee_number__in=numbers).values_list("employee_number", "pk"))
    told = [one for one in _CAST if one.unit in units]
    made = [_told(one, units[one.unit], people[str(CAST[one.who].employee_number)]) for one in told]
    made += _drawn(rng, units, set(people.values()), today, using)
    _with_figures(made, using)
    with transaction.atomic(using=using):
        Action.objects.using(using).bulk_create(made)
        with connections[using].cursor() as cursor:
            cursor.execute(HISTORY)
        Comment.objects.using(using).bulk_create(_comments(made, told))
    return len(made)


def load_plans_actions(*, seed: int, today: dt.date, using: str = "owner") -> int:
    """Load the actions that came of surveys; answers how many. Before the figures, which tell how many are done."""
    made = list(plans_actions(_led(today, using), seed=seed, today=today, using=using))
    with transaction.atomic(using=using):
        Action.objects.using(using).bulk_create(made)
        with connections[using].cursor() as cursor:
            cursor.execute(HISTORY)
    return len(made)


def _told(one: _Told, unit: Unit, owner: int) -> Action:
    return _action(one.title, unit, owner, one.indicator, one.started_on, one.due, one.state, one.due)


def _action(
    title: str, unit: Unit, owner: int, indicator: str, start: dt.date, due: dt.date, state: State, ended: dt.date
) -> Action:
    at = dt.datetime.combine(start, dt.time(10, 15), OSLO)
    over = state in (State.DONE, State.DROPPED)
    made = Action(
        title=title, unit=unit, owner_id=owner, started_on=start, due=due, state=state, made_by_id=owner, made_at=at,
        state_at=dt.datetime.combine(ended, dt.time(14, 30), OSLO) if over else at,
    )  # fmt: skip
    # Half of them let leaders elsewhere see what they did.
    made.shared = state is State.DONE and start.day % 2 == 0
    if indicator:
        made.indicator, made.figure_unit = indicator, unit
        made.direction = registry.indicator(indicator).direction.value
    return made


def _drawn(
    rng: np.random.Generator, units: dict[str, Unit], cast: set[int], today: dt.date, using: str
) -> Iterator[Action]:
    """Actions for units that are led by others than the cast, in the order of unit codes."""
    led = _led(today, using)
    there = [unit for unit in units.values() if unit.pk in led and led[unit.pk] not in cast]
    with TITLES.open(encoding="utf-8", newline="") as file:
        titles = [(row["indicator"], row["title"]) for row in csv.DictReader(file)]
    wanted = min(max(FEWEST, len(there) // UNITS_AN_ACTION), MOST, len(there))
    for place in sorted(rng.choice(len(there), size=wanted, replace=False).tolist()) if there else []:
        unit = there[place]
        indicator, title = titles[int(rng.integers(len(titles)))]
        start = today - dt.timedelta(days=int(rng.integers(5, 640)))
        due = start + dt.timedelta(days=int(rng.integers(120, 540)))
        state = _state(rng, start, due, today)
        ended = min(due, today - dt.timedelta(days=int(rng.integers(1, 5))))
        made = _action(title, unit, led[unit.pk], indicator, start, due, state, max(ended, start))
        made.reason = REASONS[int(rng.integers(len(REASONS)))] if state is State.DROPPED else ""
        made.staff_representative, made.safety_representative, made.union = (rng.random(3) < (0.3, 0.4, 0.3)).tolist()
        yield made


def _led(today: dt.date, using: str) -> dict[int, int]:
    """Who leads each unit, as far as they stand in the directory."""
    led = dict(
        Leadership.objects.using(using)
        .filter(valid__contains=today)
        .order_by("unit_id")
        .values_list("unit", "person_id")
    )
    known = set(Card.objects.using(using).filter(person_id__in=led.values()).values_list("person_id", flat=True))
    return {unit: person for unit, person in led.items() if person in known}


def _state(rng: np.random.Generator, start: dt.date, due: dt.date, today: dt.date) -> State:
    chance = rng.random()
    if chance < 0.06:
        return State.DROPPED
    if due < today:
        return State.DONE if chance < 0.8 else State.IN_PROGRESS
    if (today - start).days < 60 and chance < 0.5:
        return State.PLANNED
    return State.IN_PROGRESS


def _with_figures(made: list[Action], using: str) -> None:
    """Give each action the figure that was the newest published when it started."""
    for_figures = [one for one in made if one.indicator]
    rows = Figure.objects.using(using).filter(
        unit__in={one.figure_unit_id for one in for_figures},
        indicator__in={registry.indicator(one.indicator).key for one in for_figures},
        breakdown=0,
        hierarchy=Hierarchy.AS_IT_WAS,
    )
    found: dict[tuple[int, int], list[tuple[Any, ...]]] = {}
    for row in rows.order_by("period").values_list("unit", "indicator", "kind", "period", "state", "value"):
        found.setdefault(row[:2], []).append(row[2:])
    for one in for_figures:
        key = (one.figure_unit_id or 0, registry.indicator(one.indicator).key)
        _remember(one, found.get(key, []))


def _remember(one: Action, rows: list[tuple[Any, ...]]) -> None:
    latest = add_months(one.started_on, -PUBLISHED_AFTER)
    for kind in (PeriodKind.ROLLING, PeriodKind.YEAR, PeriodKind.MONTH):
        if not any(row[0] == kind and row[2] == FigureState.PUBLISHED for row in rows):
            continue
        before = [row for row in rows if row[0] == kind and row[1] <= latest]
        if before:
            _kind, one.start_period, state, value = before[-1]
            one.start_kind = kind
            one.start_value = value if state == FigureState.PUBLISHED else None
        return


def _comments(made: list[Action], told: list[_Told]) -> list[Comment]:
    found = []
    for action, one in zip(made, told, strict=False):
        for number, text in enumerate(one.comments):
            at = action.made_at + dt.timedelta(days=21 * (number + 1))
            found.append(
                Comment(
                    action_id=action.pk, unit_id=action.unit_id, owner_id=action.owner_id, author_id=action.owner_id,
                    at=at, text=text,
                )
            )  # fmt: skip
    return found
