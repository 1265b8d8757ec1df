"""What anyone may answer: nobody is invited, a form counts once, and what is too few is merged or gone."""

from __future__ import annotations

import pytest

from byfolk.engines.questionnaires.ballots.by_code import hand_in_by_code, slip
from byfolk.engines.questionnaires.ballots.handing_in import (
    HandInRefused,
    NotTaken,
    Taken,
    counts_of_groups,
    lies_in_urn,
)
from byfolk.engines.questionnaires.ballots.openly import (
    addresses,
    ballot_code,
    hand_in_openly,
    new_ballot,
    open_link,
)
from byfolk.engines.questionnaires.ballots.piles import DrawingRefused, NotDrawn, draw_pile
from byfolk.engines.questionnaires.campaigns.closing import close
from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, GroupKey, Invitation
from byfolk.engines.questionnaires.results.computing import compute
from byfolk.engines.questionnaires.results.models import UnitResult
from byfolk.kernel.access.acting import acting
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.time import now
from tests.engines.questionnaires.open_links import opened_to_all
from tests.engines.questionnaires.rounds import ANSWERS, in_the_urn

pytestmark = pytest.mark.django_db


def _answer(group: Group, times: int = 1, ballot: str = "", **answers: object) -> Taken:
    with acting(None):
        found = open_link(group.word)
        assert found is not None
        for _time in range(times):
            taken = hand_in_openly(found, ballot or new_ballot(), found.digest, answers or ANSWERS)
    return taken


def test_each_workplace_has_an_address_of_its_own_that_cannot_be_guessed_and_nobody_is_invited():
    made, groups = opened_to_all()
    assert {group.unit.level for group in groups} == {Level.WORKPLACE}
    assert len({group.word for group in groups}) == len(groups)
    assert all(len(group.word) == 8 for group in groups)
    assert made.invited == 0
    assert not Invitation.objects.filter(campaign=made).exists()
    assert not GroupKey.objects.filter(group__campaign=made).exists()


def test_only_places_with_the_word_in_their_name_get_an_address():
    _made, groups = opened_to_all(named="SYKEHJEM", level=Level.SECTION)
    assert groups
    assert all("sykehjem" in group.unit.name_nb.lower() for group in groups)


def test_an_answer_is_counted_in_its_unit_and_its_ballot_lies_in_the_urn():
    made, groups = opened_to_all()
    ballot = new_ballot()
    assert _answer(groups[0], ballot=ballot) is Taken.ACCEPTED
    assert in_the_urn(made).get().group_id == groups[0].pk
    with acting(None):
        assert lies_in_urn(made.pk, ballot_code(ballot))


def test_a_form_that_is_sent_twice_counts_once():
    made, groups = opened_to_all()
    ballot = new_ballot()
    _answer(groups[0], ballot=ballot)
    assert _answer(groups[0], ballot=ballot) is Taken.ALREADY
    assert in_the_urn(made).count() == 1


@pytest.mark.parametrize("ballot", ["", "ff", "zz" * 32, "ff" * 33])
def test_what_is_no_ballot_is_refused(ballot):
    made, groups = opened_to_all()
    with acting(None):
        found = open_link(groups[0].word)
        assert found is not None
        with pytest.raises(HandInRefused) as refused:
            hand_in_openly(found, ballot, found.digest, ANSWERS)
    assert refused.value.why is NotTaken.TRUNCATED
    assert not in_the_urn(made).exists()


@pytest.mark.parametrize("word", ["", "00000000", "'; drop", "x" * 500])
def test_other_addresses_lead_nowhere(word):
    opened_to_all()
    with acting(None):
        assert open_link(word) is None


def test_nothing_is_taken_after_the_closing_time():
    made, groups = opened_to_all()
    with acting(None):
        found = open_link(groups[0].word)
        assert found is not None
    Campaign.objects.filter(pk=made.pk).update(closes_at=now())
    with acting(None), pytest.raises(HandInRefused) as refused:
        hand_in_openly(found, new_ballot(), found.digest, ANSWERS)
    assert refused.value.why is NotTaken.CLOSED


def test_too_few_are_merged_upwards_and_collected_is_what_was_handed_in():
    made, groups = opened_to_all()
    _answer(groups[0], 6)
    _answer(groups[1], 3)
    _answer(groups[2], 4)
    close(made.pk, now())

    first, second, third = (Group.objects.get(pk=group.pk) for group in groups[:3])
    assert (first.collected, first.answered, first.merged_into_id, first.destroyed) == (6, 6, None, False)
    assert second.merged_into_id == third.merged_into_id
    assert second.merged_into_id is not None or second.destroyed
    with acting(None):
        assert [group.handed_in for group in counts_of_groups(made.pk)] == [6]


def test_too_few_in_all_are_destroyed():
    made, groups = opened_to_all()
    _answer(groups[0], 3)
    close(made.pk, now())
    assert Group.objects.get(pk=groups[0].pk).destroyed
    assert not in_the_urn(made).exists()


def test_a_result_has_answers_and_nobody_invited():
    made, groups = opened_to_all()
    _answer(groups[0], 7)
    close(made.pk, now())
    compute(made.pk, now())
    found = UnitResult.objects.get(campaign=made, unit=groups[0].unit_id)
    assert (found.invited, found.answered) == (0, 7)


def test_how_many_have_answered_is_told_where_they_are_enough_to_those_who_run_it(as_actor):
    made, groups = opened_to_all()
    _answer(groups[0], 5)
    _answer(groups[1], 4)
    with as_actor("mette") as actor:
        told = {one.group_id: one.answered for one in addresses(actor, made)}
    assert (told[groups[0].pk], told[groups[1].pk]) == (5, None)
    with as_actor("jonas") as actor, pytest.raises(PermissionError):
        addresses(actor, made)


def test_where_codes_are_asked_for_each_works_once_and_the_address_alone_takes_nothing(as_actor):
    made, groups = opened_to_all(coded=True)
    with as_actor("mette") as actor:
        codes = draw_pile(actor=actor, group=groups[0], number=8)
        more = draw_pile(actor=actor, group=groups[0], number=2)
    assert (len(codes), len(more)) == (8, 2)
    with acting(None):
        found = slip(codes[0])
        assert found is not None
        assert hand_in_by_code(found, found.digest, ANSWERS) is Taken.ACCEPTED
    with pytest.raises(HandInRefused):
        _answer(groups[0])
    close(made.pk, now())
    assert Group.objects.get(pk=groups[0].pk).collected == 10


@pytest.mark.parametrize("number", [None, 0, 501])
def test_how_many_codes_is_said_and_is_not_too_many(as_actor, number):
    _made, groups = opened_to_all(coded=True)
    with as_actor("mette") as actor, pytest.raises(DrawingRefused) as refused:
        draw_pile(actor=actor, group=groups[0], number=number)
    assert refused.value.why is NotDrawn.NUMBER
