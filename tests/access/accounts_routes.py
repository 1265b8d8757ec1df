"""The addresses of the accounts as they are written and frozen, and who may see what there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from byfolk.accounts.models import Edition, Snapshot
from byfolk.accounts.snapshot import hash_of
from byfolk.kernel.organisation.models import Unit
from tests.access.world import World
from tests.accounts.freezing import text_of

EMPLOYED = ("kari", "amir", "solveig", "jonas", "ingrid", "mette", "tor", "lise", "per", "nora", "anne")
READERS = ("kari", "amir", "mette", "tor")
WRITERS = ("amir", "mette")
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def _draft(world: World) -> list[Any]:
    """A draft of the care agency's accounts."""
    unit = Unit.objects.get(code=world.care)
    Edition.objects.get_or_create(unit=unit, year=2025, state="draft", defaults={"version": 1, "begun_at": NOW})
    return [2025, world.care]


def _city(world: World) -> list[Any]:
    Edition.objects.get_or_create(
        unit=Unit.objects.get(code="1"), year=2025, state="draft", defaults={"version": 1, "begun_at": NOW}
    )
    return [2025, "1"]


def _chapter(world: World) -> list[Any]:
    return [*_draft(world), "ansatte"]


def _none(world: World) -> list[Any]:
    return [2025, world.care]


def _frozen(world: World) -> list[Any]:
    """A frozen edition of the care agency's accounts for 2024."""
    unit, text = Unit.objects.get(code=world.care), text_of()
    if Edition.objects.filter(unit=unit, year=2024).exists():
        return [2024, world.care, 1]
    made = Edition.objects.create(unit=unit, year=2024, version=1, begun_at=NOW)
    Snapshot.objects.create(
        edition=made, unit=unit, unit_code=unit.code, name_nb=unit.name_nb, level=unit.level, sort_key=unit.sort_key,
        year=2024, version=1, frozen_at=NOW, signer="Amir Rahimi", signer_role="Direktør", reason="Behandlet",
        content=text, sha256=hash_of(text),
    )  # fmt: skip
    return [2024, world.care, 1]


def cases(Case: Any) -> dict[str, list[Any]]:
    """The cases of the accounts' routes, made with the table's own class."""
    return {
        "accounts_versions": [
            Case(EMPLOYED, _none),
            Case((), lambda w: [2025, "11"], about="a department has no accounts"),
        ],
        "accounts_version": [
            Case(EMPLOYED, _frozen),
            Case((), lambda w: [2025, w.care, 1], about="no such version"),
        ],
        "accounts_version_pdf": [Case(EMPLOYED, _frozen), Case((), lambda w: [2025, w.care, 1], about="no such")],
        "accounts_version_workbook": [Case(EMPLOYED, _frozen), Case((), lambda w: [2025, w.care, 1], about="no such")],
        "accounts_draft": [
            Case(READERS, _draft),
            Case(READERS, _none, about="before it is begun"),
            Case(("kari",), _city, about="the city's"),
            Case((), lambda w: [2019, w.care], about="a year without figures"),
            Case((), lambda w: [2025, w.nursing_home], about="a nursing home has no accounts"),
        ],
        "accounts_draft_read": [Case(READERS, _draft), Case((), _none, about="before it is begun")],
        "accounts_begin": [
            Case(WRITERS, _none, post={}, answers=302),
            Case(("kari",), lambda w: [2025, "1"], post={}, answers=302, about="the city's"),
            Case((), lambda w: [2025, w.water], post={}, about="another agency's"),
        ],
        "accounts_section": [
            Case(READERS, _chapter),
            Case(WRITERS, _chapter, post={"text": "Vi er flere.", "version": "1"}, answers=302),
            Case(("kari",), lambda w: [*_city(w), "likestilling"], post={"text": "Vi", "version": "1"}, answers=302),
            Case((), lambda w: [*_draft(w), "slik-er-det-laget"], about="a chapter that nobody writes"),
        ],
        "accounts_ask": [
            Case(WRITERS, _chapter, post={"contributor": ""}, answers=302),
            Case((), lambda w: [*_none(w), "ansatte"], post={"contributor": ""}, about="before it is begun"),
        ],
        "accounts_comment": [
            Case(READERS, _chapter, post={"text": "Nevn vikarene."}, answers=302),
            Case(READERS, _chapter, post={"text": ""}, about="asks for words"),
        ],
        "accounts_freeze": [
            Case(("amir",), _draft),
            Case(("amir",), _draft, post={"reason": ""}, about="asks why"),
            Case(("amir",), _draft, post={"reason": "Behandlet"}, answers=302),
            Case(("kari",), _city, about="the city's"),
            Case((), _none, about="before it is begun"),
        ],
        "accounts_discard": [Case(WRITERS, _draft), Case(WRITERS, _draft, post={}, answers=302)],
    }
