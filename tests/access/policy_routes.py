"""The addresses of the policy, and who may see what there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from byfolk.engines.goals.models import Comment, OwnMeasure, PolicyVersion
from byfolk.engines.goals.storing import new_version, stored
from byfolk.engines.indicators.breakdowns import PeriodKind
from byfolk.engines.indicators.models import Figure, Note
from byfolk.engines.indicators.registry import indicator
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import now
from tests.access.world import World

EMPLOYED = ("kari", "amir", "solveig", "jonas", "ingrid", "mette", "tor", "lise", "per", "nora", "anne")
HR = ("kari",)
KEY = "like-muligheter"
WRITTEN = {"title_nb": "Mot", "edition": "1"}


def _draft(world: World) -> list[Any]:
    """A draft that is a copy of the adopted version."""
    adopted = PolicyVersion.objects.get(state="adopted")
    drafts = PolicyVersion.objects.filter(state="draft")
    made = drafts.first() or new_version(replace(stored(adopted)), dt.date(2026, 11, 22))
    return [made.number]


def _draft_and(*more: Any) -> Any:
    return lambda world: [*_draft(world), *more]


def _own(world: World) -> list[Any]:
    """One of the care agency's own measures."""
    found = OwnMeasure.objects.filter(unit__code=world.care, goal_key=KEY).first()
    assert found is not None
    return [KEY, found.pk]


def _said(world: World) -> list[Any]:
    """A comment in the hearing."""
    return [2, Comment.objects.order_by("pk").values_list("pk", flat=True)[0]]


def _said_by_tor(world: World) -> list[Any]:
    """A comment in the hearing that Tor has just made."""
    unit, at = Unit.objects.get(code=world.care), now()
    made = Comment.objects.create(
        version=PolicyVersion.objects.get(number=2), key=KEY, about={"nb": "Mål"}, unit=unit, side="union",
        person_id=world.person("tor"), text="Bra.", at=at,
    )  # fmt: skip
    return [2, made.pk]


def explained(world: World) -> list[Any]:
    """What the nursing home says of its newest sick leave, in its first version."""
    home = Unit.objects.get(code=world.nursing_home)
    newest = Figure.objects.filter(
        unit=home.pk, indicator=indicator("sick_leave").key, breakdown=0, hierarchy=0, kind=PeriodKind.YEAR
    ).latest("period")
    Note.objects.get_or_create(
        unit=home, indicator="sick_leave", kind=newest.kind, period=newest.period, withdrawn_at=None,
        defaults={"text": "Ny turnus.", "author_id": world.person("solveig"), "written_at": now()},
    )  # fmt: skip
    return ["sick_leave", world.nursing_home]


def cases(Case: Any) -> dict[str, list[Any]]:
    """The cases of the policy's routes, made with the table's own class."""
    return {
        "policy": [Case(EMPLOYED)],
        "policy_versions": [Case(EMPLOYED)],
        "policy_compare": [
            Case(EMPLOYED, query=lambda w: {"fra": 1, "til": 2}),
            Case(HR, query=lambda w: {"fra": 1, "til": _draft(w)[0]}, about="with a draft"),
        ],
        "policy_version": [
            Case(EMPLOYED, lambda w: [2]),
            Case(HR, _draft, about="a draft"),
            Case((), lambda w: [99], about="no such version"),
        ],
        "policy_area": [
            Case(EMPLOYED, lambda w: [1, "ledelse"]),
            Case(HR, _draft_and("ledelse"), about="of a draft"),
            Case((), lambda w: [1, KEY], about="a goal is no area"),
        ],
        "policy_area_now": [Case(EMPLOYED, lambda w: ["ledelse"], answers=302)],
        "policy_file": [Case(EMPLOYED, lambda w: [2]), Case(HR, _draft, about="a draft")],
        "policy_goal": [
            Case(EMPLOYED, lambda w: [KEY]),
            Case(EMPLOYED, lambda w: [KEY], query=lambda w: {"enhet": w.nursing_home}, about="in a unit"),
            Case((), lambda w: ["no-such-goal"], about="no such goal"),
        ],
        "policy_own": [
            Case(("amir",), lambda w: [KEY], post={"text": "Et tiltak"}, about="asks for the agency"),
            Case((), lambda w: ["no-such-goal"], post={"text": "Et tiltak"}, about="no such goal"),
        ],
        "policy_own_remove": [Case(("amir",), _own, post={}, answers=302)],
        "policy_owner": [
            Case(HR, lambda w: [KEY]),
            Case(HR, lambda w: [KEY], post={"remove": "1"}, answers=302),
            Case((), lambda w: ["ledelse"], about="an area has no owner"),
        ],
        "policy_withdraw": [
            Case(("tor",), _said_by_tor, post={}, answers=302),
            Case((), lambda w: [2, 0], post={}, about="no such comment"),
        ],
        "policy_hearing": [
            Case(EMPLOYED, lambda w: [2]),
            Case((), lambda w: [1], about="never heard"),
        ],
        "policy_paragraph": [
            Case(EMPLOYED, lambda w: [2, KEY]),
            Case(HR, _draft_and(KEY), about="of a draft"),
            Case((), lambda w: [2, "no-such-paragraph"], about="no such paragraph"),
        ],
        "policy_comment": [
            Case(("amir", "tor"), lambda w: [2, KEY], post={"text": ""}, about="asks for words"),
            Case((), lambda w: [1, KEY], post={"text": "Bra"}, about="not on hearing"),
        ],
        "policy_answer": [
            Case(HR, _said, post={"answer": ""}, about="asks for words"),
            Case((), lambda w: [2, 0], post={"answer": "Takk"}, about="no such comment"),
        ],
        "policy_new": [Case(HR), Case(HR, post={"begin": "kopi"}, answers=302)],
        "policy_write": [Case(HR, _draft), Case(HR, lambda w: [2], about="on hearing"), Case((), lambda w: [1])],
        "policy_title": [
            Case(HR, _draft),
            Case(HR, _draft, post={"nb": "Ny"}, answers=302),
            Case((), lambda w: [2], about="on hearing"),
        ],
        "policy_add": [
            Case(HR, _draft, query=lambda w: {"slag": "measure", "under": KEY}),
            Case((), _draft, query=lambda w: {"slag": "tull"}, about="no such kind"),
            Case((), lambda w: [2], query=lambda w: {"slag": "value"}, about="on hearing"),
        ],
        "policy_edit": [
            Case(HR, _draft_and(KEY)),
            Case(HR, _draft_and("respekt"), post=WRITTEN, answers=302),
            Case((), lambda w: [2, KEY], about="on hearing"),
            Case((), lambda w: [1, KEY], post=WRITTEN, about="adopted"),
        ],
        "policy_move": [
            Case(HR, _draft_and(KEY), post={"vei": "opp"}, answers=302),
            Case((), lambda w: [2, KEY], post={"vei": "opp"}, about="on hearing"),
        ],
        "policy_delete": [
            Case(HR, _draft_and(KEY)),
            Case(HR, _draft_and(KEY), post={"edition": "1"}, answers=302),
            Case((), lambda w: [1, KEY], post={"edition": "1"}, about="adopted"),
        ],
        "policy_send": [
            Case(HR, _draft),
            Case(HR, _draft, post={"last": "2020-01-01"}, about="asks for a day to come"),
        ],
        "policy_end": [Case(HR, lambda w: [2]), Case(HR, lambda w: [2], post={}, answers=302), Case((), _draft)],
        "policy_adopt": [
            Case(HR, _draft),
            Case(HR, lambda w: [2], post={}, answers=302, about="what is on hearing"),
            Case((), lambda w: [1], post={}, about="adopted"),
        ],
        "policy_discard": [
            Case(HR, _draft),
            Case(HR, _draft, post={}, answers=302),
            Case((), lambda w: [2], post={}, about="on hearing"),
        ],
    }  # fmt: skip
