"""Building an instrument: who may, what is refused, and what two people write at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST
from byfolk.engines.questionnaires.instruments import editing, queries, storing
from byfolk.engines.questionnaires.instruments.changing import Part, seen, with_front, with_item, without
from byfolk.engines.questionnaires.instruments.content import Content
from byfolk.engines.questionnaires.instruments.editing import ChangedMeanwhile, InstrumentRefused
from byfolk.engines.questionnaires.instruments.models import Instrument, InstrumentVersion, State
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.rights import Actor
from tests.engines.questionnaires.instruments.instruments import EVERYTHING, said

AsActor = Callable[[str], AbstractContextManager[Actor]]
NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def care() -> Unit:
    return Unit.objects.get(code=CARE_AGENCY_CODE)


def made(actor: Actor, code: str = "everything", content: Content = EVERYTHING) -> InstrumentVersion:
    return editing.create_instrument(actor=actor, code=code, kind="pulse", unit=care(), content=content, now=NOW)


def change(actor: Actor, version: InstrumentVersion, item: str, text: str, saw: str | None = None) -> InstrumentVersion:
    found = EVERYTHING.item(item)
    assert found is not None
    return editing.change_instrument(
        actor=actor, version=version, part=Part.ITEM, code=item,
        saw=seen(EVERYTHING, Part.ITEM, item) if saw is None else saw,
        change=with_item(replace(found, text=said(text)), "work"), now=NOW,
    )  # fmt: skip


def test_an_adviser_makes_changes_and_puts_in_use_an_instrument_of_their_agency(as_actor: AsActor):
    with as_actor("mette") as actor:
        version = made(actor)
        version = change(actor, version, "clear", "Jeg vet hva som ventes")
        editing.put_in_use(actor=actor, version=version, edition=2, now=NOW)

    found = InstrumentVersion.objects.get(instrument__code="everything")
    assert (found.state, found.edition, found.used_by_id) == (State.IN_USE, 2, found.made_by_id)
    assert found.parsed.item("clear").text.nb == "Jeg vet hva som ventes"


def test_two_who_write_different_parts_are_both_kept(as_actor: AsActor):
    with as_actor("mette") as actor:
        version = made(actor)
        change(actor, version, "clear", "Først")
    with as_actor("kari") as actor:
        change(actor, version, "calm", "Så")

    found = InstrumentVersion.objects.get(pk=version.pk).parsed
    assert (found.item("clear").text.nb, found.item("calm").text.nb) == ("Først", "Så")


def test_the_second_to_write_the_same_part_is_told_and_nothing_is_lost(as_actor: AsActor):
    with as_actor("mette") as actor:
        version = made(actor)
        change(actor, version, "clear", "Først")
    with as_actor("kari") as actor, pytest.raises(ChangedMeanwhile) as caught:
        change(actor, version, "clear", "Så")

    assert caught.value.version.parsed.item("clear").text.nb == "Først"
    assert caught.value.version.changed_by_id is not None
    assert InstrumentVersion.objects.get(pk=version.pk).parsed.item("clear").text.nb == "Først"


def test_a_part_that_was_taken_out_meanwhile_is_not_put_back(as_actor: AsActor):
    with as_actor("kari") as actor:
        version = made(actor)
        editing.change_instrument(
            actor=actor, version=version, part=Part.ITEM, code="clear", saw=seen(EVERYTHING, Part.ITEM, "clear"),
            change=without(Part.ITEM, "clear"), now=NOW,
        )  # fmt: skip
        with pytest.raises(ChangedMeanwhile):
            change(actor, version, "clear", "Igjen")


def test_what_does_not_hang_together_is_refused_with_the_reason(as_actor: AsActor):
    with as_actor("kari") as actor:
        version = made(actor)
        with pytest.raises(InstrumentRefused) as caught:
            editing.change_instrument(
                actor=actor, version=version, part=Part.SCALE, code="agree", saw=seen(EVERYTHING, Part.SCALE, "agree"),
                change=without(Part.SCALE, "agree"), now=NOW,
            )  # fmt: skip

    assert {one.field for one in caught.value.broken} >= {"sections.1.items.1.scale"}
    assert InstrumentVersion.objects.get(pk=version.pk).edition == 1


def test_a_change_that_changes_nothing_is_no_new_edition(as_actor: AsActor):
    with as_actor("kari") as actor:
        assert change(actor, made(actor), "clear", EVERYTHING.item("clear").text.nb).edition == 1


def test_what_is_in_use_cannot_be_changed_by_any_action(as_actor: AsActor):
    with as_actor("kari") as actor:
        version = made(actor)
        editing.put_in_use(actor=actor, version=version, edition=1, now=NOW)
        for attempt in (
            lambda: change(actor, version, "clear", "Nei"),
            lambda: editing.replace_instrument(actor=actor, version=version, edition=1, content=EVERYTHING, now=NOW),
            lambda: editing.discard_version(actor=actor, version=version),
            lambda: editing.put_in_use(actor=actor, version=version, edition=1, now=NOW),
        ):
            with pytest.raises(InstrumentRefused):
                attempt()


def test_an_instrument_that_asks_nothing_cannot_be_put_in_use(as_actor: AsActor):
    with as_actor("kari") as actor:
        version = made(actor, content=Content(said("Tomt")))
        with pytest.raises(InstrumentRefused) as caught:
            editing.put_in_use(actor=actor, version=version, edition=1, now=NOW)

    assert [one.field for one in caught.value.broken] == ["sections"]


def test_what_was_changed_after_one_looked_is_not_put_in_use(as_actor: AsActor):
    with as_actor("kari") as actor:
        version = made(actor)
        editing.change_instrument(
            actor=actor, version=version, part=Part.FRONT, code="", saw=seen(EVERYTHING, Part.FRONT),
            change=with_front(said("Ny"), said("")), now=NOW,
        )  # fmt: skip
        with pytest.raises(ChangedMeanwhile):
            editing.put_in_use(actor=actor, version=version, edition=1, now=NOW)


def test_a_new_version_begins_from_the_one_in_use_and_there_is_one_draft_at_a_time(as_actor: AsActor):
    with as_actor("kari") as actor:
        version = made(actor)
        editing.put_in_use(actor=actor, version=version, edition=1, now=NOW)
        draft = editing.start_version(actor=actor, instrument=version.instrument, content=version.parsed, now=NOW)
        with pytest.raises(InstrumentRefused):
            editing.start_version(actor=actor, instrument=version.instrument, content=version.parsed, now=NOW)

    assert (draft.number, draft.digest) == (2, version.digest)


def test_a_draft_that_is_thrown_away_takes_an_instrument_without_other_versions_with_it(as_actor: AsActor):
    with as_actor("kari") as actor:
        editing.discard_version(actor=actor, version=made(actor))
        assert not Instrument.objects.filter(code="everything").exists()
        version = made(actor)
        editing.put_in_use(actor=actor, version=version, edition=1, now=NOW)
        editing.discard_version(
            actor=actor,
            version=editing.start_version(actor=actor, instrument=version.instrument, content=EVERYTHING, now=NOW),
        )

    assert [one.number for one in InstrumentVersion.objects.filter(instrument__code="everything")] == [1]


def test_nothing_new_is_asked_with_what_is_retired(as_actor: AsActor):
    with as_actor("kari") as actor:
        version = made(actor)
        editing.put_in_use(actor=actor, version=version, edition=1, now=NOW)
        editing.retire_version(actor=actor, version=version, now=NOW)
        with pytest.raises(InstrumentRefused):
            editing.retire_version(actor=actor, version=version, now=NOW)

    assert InstrumentVersion.objects.get(pk=version.pk).state == State.RETIRED


def test_a_code_that_is_taken_is_refused_also_by_one_that_the_writer_does_not_see(as_actor: AsActor):
    water = Unit.objects.get(code=CAST["ingrid"].unit_code)
    storing.new_instrument("theirs", "pulse", water, EVERYTHING, NOW)

    with as_actor("mette") as actor:
        assert queries.find("theirs") is None
        with pytest.raises(InstrumentRefused):
            made(actor, code="theirs")


def test_nobody_builds_for_a_unit_that_they_hold_no_role_for(as_actor: AsActor):
    water = Unit.objects.get(code=CAST["ingrid"].unit_code)

    with as_actor("mette") as actor, pytest.raises(PermissionError):
        editing.create_instrument(actor=actor, code="theirs", kind="pulse", unit=water, content=EVERYTHING, now=NOW)


def test_an_adviser_does_not_change_what_is_the_citys(as_actor: AsActor):
    top = Unit.objects.get(parent=None)
    draft = storing.new_instrument("citys", "pulse", top, EVERYTHING, NOW)
    used = storing.new_instrument("used", "pulse", top, EVERYTHING, NOW)
    storing.make_in_use(used, NOW)

    with as_actor("mette") as actor:
        with pytest.raises(InstrumentRefused):
            change(actor, draft, "clear", "Nei")
        with pytest.raises(PermissionError):
            editing.retire_version(actor=actor, version=used, now=NOW)
        with pytest.raises(PermissionError):
            editing.start_version(actor=actor, instrument=used.instrument, content=EVERYTHING, now=NOW)
