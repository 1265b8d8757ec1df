"""The addresses of plans, and who may choose and make actions there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from byfolk.demo.cast import ROOT_CODE
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import now, today
from tests.access.world import World

EMPLOYED = ("kari", "amir", "solveig", "jonas", "ingrid", "mette", "tor", "lise", "per", "nora", "anne")
#: Those who lead the nursing home, and who help its leader.
CHOOSERS = ("amir", "solveig", "mette")


def newest() -> Campaign:
    return Campaign.objects.order_by("-closes_at")[0]


def a_plan(code: str) -> Plan:
    """A plan of a unit after the newest round."""
    unit = Unit.objects.get(code=code)
    known = {"first": "time", "met_on": today(), "shown_from": today(), "made_at": now()}
    return Plan.objects.get_or_create(campaign=newest(), unit=unit, defaults=known)[0]


def _home(world: World) -> list[Any]:
    return [newest().pk, world.nursing_home]


def _planned(world: World) -> list[Any]:
    a_plan(world.nursing_home)
    return _home(world)


def _chosen(world: World) -> list[Any]:
    return [*_planned(world), "time"]


def _choice() -> dict[str, Any]:
    return {"factors": ["time"], "met_on": today().isoformat(), "version": 0}


def cases(case: Any) -> dict[str, list[Any]]:
    """What each address answers to whom."""
    due = (today() + dt.timedelta(days=60)).isoformat()
    return {
        "survey_plan": [
            case(CHOOSERS, _home, about="the nursing home"),
            case(CHOOSERS, _planned, about="the nursing home, with a plan"),
            case(CHOOSERS, _home, post=_choice(), answers=302, accepts=(409,), about="choosing"),
            case(("kari",), lambda w: [newest().pk, ROOT_CODE], about="the whole city"),
            case((), lambda w: [newest().pk, "no-such-unit"], about="no such unit"),
            case((), lambda w: [0, w.nursing_home], about="no such survey"),
        ],
        "survey_since": [
            case(EMPLOYED, lambda w: [newest().pk, ROOT_CODE], about="the whole city"),
            case((), lambda w: [newest().pk, w.nursing_home], about="a unit below the agencies"),
            case((), lambda w: [0, ROOT_CODE], about="no such survey"),
        ],
        "undo_survey_plan": [
            case(CHOOSERS, lambda w: [*_planned(w), 1], post={}, answers=302),
            case((), lambda w: [newest().pk, ROOT_CODE, 1], post={}, about="no plan there"),
        ],
        "survey_plan_action": [
            case(CHOOSERS, _chosen, post={"title": ""}, answers=422, about="asks for what is missing"),
            case((), lambda w: [*_planned(w), "room"], post={"title": "Noe", "due": due}, about="not chosen"),
        ],
    }
