"""The addresses of instruments, and who may see what there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from byfolk.engines.questionnaires.instruments import storing
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.engines.questionnaires.instruments.writing import as_yaml
from byfolk.kernel.organisation.models import Unit
from tests.access.world import World
from tests.engines.questionnaires.instruments.instruments import EVERYTHING

EMPLOYED = ("kari", "amir", "solveig", "jonas", "ingrid", "mette", "tor", "lise", "per", "nora", "anne")
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
CITY = ("kari",)
#: Those who build for the care agency.
CARE = ("kari", "mette")
BUILDERS = ("kari", "mette")


def _draft(world: World) -> list[Any]:
    """A draft of the care agency's."""
    found = InstrumentVersion.objects.filter(instrument__code="theirs").first()
    made = found or storing.new_instrument("theirs", "pulse", Unit.objects.get(code=world.care), EVERYTHING, NOW)
    return [made.instrument.code, made.number]


def _used(world: World) -> list[Any]:
    """A version in use that is the whole city's."""
    return ["pulse", 1]


def _draft_and(*more: Any) -> Any:
    return lambda world: [*_draft(world), *more]


def _used_and(*more: Any) -> Any:
    return lambda world: [*_used(world), *more]


FILE = as_yaml("from-a-file", "pulse", EVERYTHING)
BEGUN = {"title_nb": "Nytt", "kind": "pulse"}


def cases(Case: Any) -> dict[str, list[Any]]:
    """The cases by name of route."""
    changed = {"title_nb": "Arbeidet vårt", "seen": "something else"}
    return {
        "instruments": [Case(EMPLOYED)],
        "instrument_newest": [
            Case(EMPLOYED, lambda w: ["pulse"], answers=302, about="in use"),
            Case(CARE, lambda w: _draft(w)[:1], answers=302, about="draft"),
        ],
        "instrument": [Case(EMPLOYED, _used, about="in use"), Case(CARE, _draft, about="draft")],
        "instrument_file": [Case(EMPLOYED, _used, about="in use"), Case(CARE, _draft, about="draft")],
        "instrument_preview": [Case(EMPLOYED, _used, about="in use"), Case(CARE, _draft, about="draft")],
        "instrument_new": [Case(BUILDERS), Case(BUILDERS, post={"title_nb": ""}, about="nothing")],
        "instrument_bring": [Case(BUILDERS), Case(BUILDERS, post={}, about="nothing")],
        "instrument_take_in": [
            Case(BUILDERS, answers=302),
            Case(BUILDERS, post={"content": FILE, "unit": "0"}, about="another's unit"),
        ],
        "instrument_copy": [Case(BUILDERS, _used, about="in use"), Case(CARE, _draft, about="draft")],
        "instrument_new_version": [
            Case(CITY, _used), Case(CITY, _used, post={}, answers=302), Case((), _draft, about="draft"),
        ],
        "instrument_use": [Case(CARE, _draft), Case(CARE, _draft, post={}), Case((), _used, about="in use")],
        "instrument_retire": [Case(CITY, _used), Case(CITY, _used, post={}, answers=302), Case((), _draft)],
        "instrument_discard": [Case(CARE, _draft), Case(CARE, _draft, post={}, answers=302), Case((), _used)],
        "instrument_add": [
            Case(CARE, _draft_and("del")),
            Case(CARE, _draft_and("del"), post={"title_nb": "Mer"}, answers=302),
            Case(CARE, _draft_and("sporsmal"), query=lambda w: {"slag": "scale", "under": "work"}, about="an item"),
            Case((), _draft_and("noe"), about="nothing"),
            Case((), _used_and("del"), about="in use"),
        ],
        "instrument_part": [
            Case(CARE, _draft_and("sporsmal", "clear"), about="an item"),
            Case(CARE, _draft_and("del", "work"), about="a section"),
            Case(CARE, _draft_and("tema", "clarity"), about="a factor"),
            Case(CARE, _draft_and("skala", "agree"), about="a scale"),
            Case(CARE, _draft_and("forside", "front"), about="the front"),
            Case(CARE, _draft_and("del", "work"), post=changed, about="changed meanwhile"),
            Case((), _draft_and("del", "nothing"), about="nothing"),
            Case((), _used_and("del", "now"), about="in use"),
            Case((), _used_and("del", "now"), post=changed, about="in use"),
        ],
        "instrument_condition": [
            Case(CARE, _draft_and("which-days")), Case((), _used_and("pulse-1"), about="in use"),
        ],
        "instrument_move": [
            Case(CARE, _draft_and("sporsmal", "calm"), post={"vei": "opp"}, answers=302),
            Case((), _used_and("sporsmal", "pulse-2"), post={"vei": "opp"}, about="in use"),
        ],
        "instrument_remove": [
            Case(CARE, _draft_and("tema", "clarity")),
            Case(CARE, _draft_and("tema", "clarity"), post={"seen": "x"}, about="changed meanwhile"),
            Case((), _used_and("sporsmal", "pulse-2"), about="in use"),
        ],
    }  # fmt: skip
