"""Versions of instruments in the tables: a draft is its builders' own, and one in use never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from django.db import Error, IntegrityError, connection, transaction

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST
from byfolk.engines.questionnaires.instruments import storing
from byfolk.engines.questionnaires.instruments.models import Instrument, InstrumentVersion, State
from byfolk.engines.questionnaires.instruments.writing import digest
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from tests.engines.questionnaires.instruments.instruments import EVERYTHING, said

AsActor = Callable[[str], AbstractContextManager[Actor]]
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
OTHER = replace(EVERYTHING, title=said("Noe annet"))
pytestmark = pytest.mark.django_db


def instrument_of(unit_code: str = CARE_AGENCY_CODE) -> InstrumentVersion:
    return storing.new_instrument("everything", "pulse", Unit.objects.get(code=unit_code), EVERYTHING, NOW)


def in_use() -> InstrumentVersion:
    version = instrument_of()
    storing.make_in_use(version, NOW)
    return version


def test_what_is_stored_is_read_as_the_same():
    version = InstrumentVersion.objects.get(pk=instrument_of().pk)

    assert version.parsed == EVERYTHING
    assert version.digest == digest(EVERYTHING)
    assert (version.number, version.edition, version.state) == (1, 1, State.DRAFT)


@pytest.mark.parametrize(
    "change",
    [
        {"content": {}}, {"digest": "0" * 64}, {"number": 9}, {"state": State.DRAFT, "used_at": None}, {"edition": 9},
        {"used_at": NOW + dt.timedelta(days=1)},
    ],
)  # fmt: skip
def test_a_version_in_use_never_changes_whoever_writes(change):
    version = in_use()

    with pytest.raises(Error, match="never changes"), transaction.atomic():
        InstrumentVersion.objects.filter(pk=version.pk).update(**change)


def test_a_version_in_use_is_never_deleted_nor_is_its_instrument():
    version = in_use()

    with pytest.raises(Error, match="never changes"), transaction.atomic():
        version.delete()
    with pytest.raises(Error, match="never changes"), transaction.atomic():
        Instrument.objects.filter(pk=version.instrument_id).delete()


def test_a_version_that_is_retired_never_comes_back():
    version = in_use()
    storing.make_retired(version, NOW)

    with pytest.raises(Error, match="never changes"), transaction.atomic():
        InstrumentVersion.objects.filter(pk=version.pk).update(state=State.IN_USE, retired_at=None)


def test_an_instrument_has_one_draft_at_a_time():
    version = instrument_of()

    with pytest.raises(IntegrityError, match="one_draft"), transaction.atomic():
        storing.new_draft(version.instrument, OTHER, NOW)


def test_putting_the_next_version_in_use_retires_the_one_before_and_gives_the_instrument_its_title():
    first = in_use()
    second = storing.new_draft(first.instrument, OTHER, NOW)
    assert Instrument.objects.get(code="everything").title == {"nb": "Alt på ett sted"}

    storing.make_in_use(second, NOW)

    states = dict(first.instrument.versions.values_list("number", "state"))
    assert states == {1: State.RETIRED, 2: State.IN_USE}
    assert Instrument.objects.get(code="everything").title == {"nb": "Noe annet"}


def test_a_draft_that_was_never_in_use_gives_the_instrument_its_title():
    version = instrument_of()

    storing.keep(version, OTHER, NOW)

    assert Instrument.objects.get(code="everything").title == {"nb": "Noe annet"}
    assert InstrumentVersion.objects.get(pk=version.pk).edition == 2


def test_a_version_lies_in_the_unit_of_its_instrument():
    version, water = instrument_of(), Unit.objects.get(code=CAST["ingrid"].unit_code)

    with pytest.raises(Error, match="unit of its instrument"), transaction.atomic():
        InstrumentVersion.objects.filter(pk=version.pk).update(unit_id=water.pk)


@pytest.mark.parametrize(("key", "sees"), [("kari", True), ("mette", True), ("amir", False), ("jonas", False)])
def test_a_draft_is_seen_by_those_who_build_in_its_unit_only(as_actor: AsActor, key, sees):
    version = instrument_of()

    with as_actor(key):
        assert InstrumentVersion.objects.filter(pk=version.pk).exists() is sees
        assert Instrument.objects.filter(pk=version.instrument_id).exists() is sees


def test_a_version_in_use_is_read_by_everyone_who_works_here_beside_a_draft_that_is_not(as_actor: AsActor):
    version = in_use()
    draft = storing.new_draft(version.instrument, OTHER, NOW)

    for key in ("jonas", "ingrid", "per"):
        with as_actor(key):
            assert [one.number for one in InstrumentVersion.objects.filter(instrument__code="everything")] == [1]
            assert not InstrumentVersion.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("key", ["jonas", "amir", "tor", "per"])
def test_the_database_lets_nobody_else_write(as_actor: AsActor, key):
    version = instrument_of()

    with as_actor(key):
        assert InstrumentVersion.objects.filter(pk=version.pk).update(edition=2) == 0
        with pytest.raises(Error), transaction.atomic():
            Instrument.objects.create(
                code="mine",
                kind="pulse",
                unit=Unit.objects.get(code=CARE_AGENCY_CODE),
                title={"nb": "Mitt"},
                made_at=NOW,
            )


def test_an_adviser_builds_in_the_units_of_the_role_only(as_actor: AsActor):
    water = Unit.objects.get(code=CAST["ingrid"].unit_code)

    with as_actor("mette"):
        with pytest.raises(Error), transaction.atomic():
            storing.new_instrument("theirs", "pulse", water, EVERYTHING, NOW)
        assert storing.new_instrument("ours", "pulse", Unit.objects.get(code=CARE_AGENCY_CODE), EVERYTHING, NOW).pk


def test_every_change_stands_in_the_history():
    version = in_use()

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from questionnaires_instrumentversionevent where pgh_obj_id = %s", [version.pk])
        assert cursor.fetchone()[0] == 2
