"""Starting an action in a unit, from a figure, from a goal, or from nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from byfolk.areas.policy.action.forms import StartForm
from byfolk.areas.policy.action.views import owners_for, to_action
from byfolk.areas.policy.action.words import moved_text
from byfolk.areas.policy.addresses import actions_url, crumbs, figure_url
from byfolk.areas.policy.places import Place, find_place
from byfolk.areas.policy.wording import figure_text, language, span_text, target_side, target_text
from byfolk.engines.actions import actions, queries
from byfolk.engines.actions.queries import Elsewhere
from byfolk.engines.actions.rules import may_steer
from byfolk.engines.actions.sources import SourceAbout, describe
from byfolk.engines.goals import queries as goals
from byfolk.engines.goals.queries import AreaAbout, Measured
from byfolk.engines.goals.rules import WEAKEST_FIRST
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Direction
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import add_months, day_of, now

MONTHS_AHEAD = 6
#: As many of others' actions as a form has room for.
ELSEWHERE = 3


@dataclass(frozen=True)
class Start:
    """What an action is started from: the unit, its figures, and what the address named."""

    place: Place
    areas: tuple[AreaAbout, ...]
    figures: tuple[Measured, ...]
    chosen: Measured | None
    source: tuple[str, str] | None
    about: SourceAbout | None
    elsewhere: tuple[Elsewhere, ...]


@door("actions.start")
def start_action(request: HttpRequest, code: str) -> HttpResponse:
    """Start an action; `?tall=`, `?mal=`, `?kilde=` say what it came of. Units that one does not steer: not found."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place, moment = find_place(code), now()
    on = day_of(moment)
    if not may_steer(actor, place.ids) or place.closed_on(on):
        raise Http404
    start = _start(actor, place, request, on)
    form = StartForm(
        request.POST or None,
        earliest=on,
        owners=owners_for(actor, place.unit.pk, on),
        figures=[(one.indicator.code, _option(one)) for one in start.figures],
        initial={
            "owner": actor.person_id,
            "due": _half_a_year_on(on),
            "indicator": start.chosen.indicator.code if start.chosen else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.start_action(
                actor=actor, unit=place.unit, title=data["title"], owner_id=data["owner"], due=data["due"], now=moment,
                indicator=data["indicator"], source=start.source, participants=form.taking_part,
                sign=data["sign"],
            )  # fmt: skip
            return to_action(made.pk, "startet")
        except actions.ActionRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, _refusal(refused.field))
    return render(request, "policy/start_action.html", _context(start, form))


def _refusal(field: str) -> str:
    words = {
        "owner": _("Velg en som jobber i enheten eller leder den"),
        "title": _("Skriv hva som skal gjøres"),
        "due": _("Velg en frist som ikke er før i dag"),
    }
    return words.get(field, _("Dette tallet eller målet finnes ikke lenger."))


def _half_a_year_on(on: dt.date) -> dt.date:
    """The last day of the month half a year on."""
    return add_months(on, MONTHS_AHEAD + 1) - dt.timedelta(days=1)


def _start(actor: Actor, place: Place, request: HttpRequest, on: dt.date) -> Start:
    areas = goals.policy(actor, language())
    figures = _figures(actor, place, areas, on)
    chosen = next((one for one in figures if one.indicator.code == request.GET.get("tall")), None)
    goal, source = request.GET.get("mal", ""), None
    if chosen is not None:
        figure = queries.figure_now(chosen.indicator.code, place.unit.pk)
        period = f":{figure.period:%Y-%m}" if figure else ""
        source = ("figure", f"{chosen.indicator.code}{period}")
    elif any(one.number == goal for area in areas for one in area.goals):
        source = ("goal", goal)
    elif named := request.GET.get("kilde", ""):
        kind, _colon, reference = named.partition(":")
        source = (kind, reference)
    about = describe(actor, *source, place.unit.code) if source else None
    known = chosen.indicator.code if chosen else ""
    elsewhere = queries.worked_elsewhere(actor, known, place.unit.pk, at_most=ELSEWHERE) if known else []
    return Start(place, areas, tuple(figures), chosen, source if about else None, about, tuple(elsewhere))


def _figures(actor: Actor, place: Place, areas: tuple[AreaAbout, ...], on: dt.date) -> list[Measured]:
    """The figures of the unit that an action may move, those furthest from their target first."""
    period = indicators.latest_period(actor)
    codes = list(dict.fromkeys(code for area in areas for goal in area.goals for code in goal.indicators))
    better = [one.code for one in registry.indicators() if one.direction is not Direction.NEITHER]
    every = list(dict.fromkeys([*(code for code in codes if code in better), *better]))
    if period is None:
        return []
    found = indicators.unit_values(actor, every, [place.unit.pk], period)[place.unit.pk]
    known = goals.targets(actor, place.ids, indicators=every, years=range(period.year - 2, period.year + 1))
    measured = []
    for code in every:
        figure = found.get(code)
        if figure is None and not registry.indicator(code).cadences(place.unit.level):
            continue
        goalpost = known.of(code, (figure.period if figure else period).year, place.ids)
        measured.append(goals.measure(registry.indicator(code), figure, goalpost, level=place.unit.level))
    return sorted(measured, key=lambda one: WEAKEST_FIRST.index(one.status))


def _option(measured: Measured) -> str:
    """A figure in the list: what it is, how it is, and what it should be."""
    text = figure_text(measured.figure) or (_("skjult") if measured.figure else _("ingen tall ennå"))
    said = f"{measured.indicator.title}: {text}"
    if measured.goalpost:
        said += ", " + _("mål %(target)s") % {"target": target_text(measured.indicator, measured.goalpost.value)}
    return said


def _context(start: Start, form: StartForm) -> dict[str, Any]:
    unit = start.place.unit
    title = _("Start et tiltak")
    return {
        "title": title,
        "unit": unit,
        "crumbs": [*crumbs(start.place), {"label": title}],
        "lead": _lead(start),
        "form": form,
        "sight": _sight(start),
        "saved": [
            _("Alle som jobber ved %(unit)s, ser tiltaket.") % {"unit": unit.name},
            _("Den som har ansvaret, ser det på hjemmesiden sin og får e-post før fristen."),
            _("Vi viser om tallet flytter seg. Det beviser ikke at tiltaket var årsaken."),
        ],
        "elsewhere": [_elsewhere(start, one) for one in start.elsewhere],
        "cancel_url": figure_url(start.chosen.indicator.code, unit.code) if start.chosen else actions_url(unit.code),
    }


def _elsewhere(start: Start, one: Elsewhere) -> dict[str, str]:
    """What others did, the kind of unit, and what has become of the figure since; never which unit it was."""
    kind = Level(start.place.unit.level).label
    return {"title": one.action.title, "text": f"{kind}. {moved_text(one.action, one.moved)}"}


def _lead(start: Start) -> str:
    measured = start.chosen
    if measured is None:
        return start.about.label if start.about else start.place.unit.name
    figure, goalpost = measured.figure, measured.goalpost
    if figure is None or not figure.published or figure.value is None or goalpost is None:
        return f"{measured.indicator.title}, {start.place.unit.name}"
    return _("%(figure)s er %(distance)s.") % {
        "figure": measured.indicator.title, "distance": target_side(measured.indicator, figure.value, goalpost),
    }  # fmt: skip


def _sight(start: Start) -> list[dict[str, Any]]:
    """What the action hangs together with: goal, figure, action, and whether it moved."""
    steps: list[dict[str, Any]] = []
    board = reverse("board_unit", args=[start.place.unit.code])
    chosen = start.chosen
    for area in start.areas:
        for goal in area.goals:
            named = start.source == ("goal", goal.number)
            if named or (chosen is not None and chosen.indicator.code in goal.indicators):
                label = _("Mål %(number)s") % {"number": goal.number} if area.number else pgettext("goal", "Mål")
                steps.append(
                    {"kind": label, "label": goal.title, "url": f"{board}#mal-{goal.number.replace('.', '-')}"}
                )
    if chosen is not None:
        value = figure_text(chosen.figure)
        steps.append(
            {
                "kind": _("Tall"),
                "label": f"{chosen.indicator.title}: {value}" if value else str(chosen.indicator.title),
                "url": figure_url(chosen.indicator.code, start.place.unit.code),
                "note": span_text(chosen.figure) if chosen.figure else "",
            }
        )
    steps.append({"kind": _("Tiltak"), "label": _("Det du starter nå"), "current": True})
    steps.append({"kind": _("Flyttet tallet seg?"), "label": _("Svaret kommer med nye tall")})
    return steps
