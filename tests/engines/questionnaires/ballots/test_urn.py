"""Collecting a ballot as somebody, and handing it in as nobody."""

from __future__ import annotations

import secrets

import pytest

from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.engines.questionnaires.ballots.codes import code_of, digest_of
from byfolk.engines.questionnaires.ballots.handing_in import (
    HandInRefused,
    NotTaken,
    Taken,
    counted_codes,
    hand_in,
    lies_in_urn,
    urn,
)
from byfolk.engines.questionnaires.ballots.issuing import IssuingRefused, NotIssued, issue
from byfolk.engines.questionnaires.ballots.models import Answer, Ballot
from byfolk.engines.questionnaires.campaigns.closing import close
from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, Invitation
from byfolk.kernel.access.acting import acting
from byfolk.kernel.rights import VISITOR
from byfolk.kernel.time import now
from tests.engines.questionnaires.rounds import ANSWERS, collect, in_the_urn, opened, vote
from tests.engines.questionnaires.voter import new_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Campaign:
    return opened()


def _refused(made: Campaign, person_id: int, **otherwise: object) -> NotTaken:
    """Why a ballot that was changed in these fields is not taken; the urn stays as it was."""
    voter, before = collect(made, person_id), (Ballot.objects.count(), Answer.objects.count())
    with acting(None), pytest.raises(HandInRefused) as refused:
        hand_in(voter.sent(**otherwise))
    assert (Ballot.objects.count(), Answer.objects.count()) == before
    return refused.value.why


def test_a_ballot_is_collected_as_somebody_and_handed_in_as_nobody(made, person):
    voter = vote(made, person("jonas").pk)

    assert Invitation.objects.get(person=person("jonas"), campaign=made).collected
    assert in_the_urn(made).get().answers == ANSWERS
    with acting(None):
        assert lies_in_urn(made.pk, code_of(digest_of(voter.prepared_message)))


def test_one_ballot_each(made, person):
    collect(made, person("jonas").pk)

    with pytest.raises(IssuingRefused) as refused:
        collect(made, person("jonas").pk)
    assert refused.value.why is NotIssued.COLLECTED


def test_who_lost_the_signature_on_its_way_gets_the_same_one_again(made, person):
    jonas = person("jonas").pk
    key = bytes(Invitation.objects.get(person=jonas, campaign=made).group.public_key)
    ballot = new_ballot(key)
    with acting(jonas) as actor:
        first = issue(actor=actor, campaign_id=made.pk, blinded=ballot.message)
        assert issue(actor=actor, campaign_id=made.pk, blinded=ballot.message) == first


def test_who_is_not_invited_gets_no_ballot(made, person):
    with acting(person("ingrid").pk) as actor, pytest.raises(IssuingRefused) as refused:
        issue(actor=actor, campaign_id=made.pk, blinded=secrets.token_bytes(384))
    assert refused.value.why is NotIssued.UNINVITED


def test_a_visitor_gets_no_ballot(made):
    with acting(None), pytest.raises(IssuingRefused):
        issue(actor=VISITOR, campaign_id=made.pk, blinded=secrets.token_bytes(384))


@pytest.mark.parametrize("blinded", [b"", bytes(384), b"\xff" * 384, b"1" * 383, b"1" * 385])
def test_what_is_no_blinded_message_leaves_the_ballot_uncollected(made, person, blinded):
    with acting(person("jonas").pk) as actor, pytest.raises(IssuingRefused) as refused:
        issue(actor=actor, campaign_id=made.pk, blinded=blinded)
    assert refused.value.why is NotIssued.UNREADABLE
    assert not Invitation.objects.get(person=person("jonas"), campaign=made).collected


def test_the_same_ballot_counts_once_and_what_came_first_stays(made, person):
    voter = vote(made, person("jonas").pk)

    with acting(None):
        assert hand_in(voter.sent({"rekker": 1})) is Taken.ALREADY
    assert in_the_urn(made).get().answers == ANSWERS


def test_a_forged_ballot_is_refused(made, person):
    assert _refused(made, person("jonas").pk, signature=secrets.token_bytes(384)) is NotTaken.FORGED


def test_a_ballot_signed_for_another_message_is_refused(made, person):
    assert _refused(made, person("jonas").pk, prepared_message=secrets.token_bytes(64)) is NotTaken.FORGED


@pytest.mark.parametrize("field", ["signature", "prepared_message"])
def test_a_truncated_ballot_is_refused(made, person, field):
    assert _refused(made, person("jonas").pk, **{field: b"short"}) is NotTaken.TRUNCATED


def test_a_ballot_of_another_group_is_refused(made, person):
    others = Group.objects.filter(campaign=made).exclude(
        pk=Invitation.objects.get(person=person("jonas"), campaign=made).group_id
    )
    assert _refused(made, person("jonas").pk, group_id=others[0].pk) is NotTaken.FORGED


def test_a_ballot_of_another_campaign_is_refused(made, person):
    assert _refused(made, person("jonas").pk, campaign_id=made.pk + 1) is NotTaken.OTHER
    assert _refused(made, person("solveig").pk, group_id=0) is NotTaken.OTHER


def test_answers_to_a_changed_instrument_are_refused(made, person):
    assert _refused(made, person("jonas").pk, digest="0" * 64) is NotTaken.CHANGED


@pytest.mark.parametrize(
    "answers", [{"rekker": 9}, {"ord": "x" * 1_000_000}, {"ord": 5}, {"noe": 1}, {"rekker": {"a": {}}}]
)
def test_answers_that_cannot_be_are_refused_whole(made, person, answers):
    assert _refused(made, person("jonas").pk, answers=answers) is NotTaken.ANSWERS


def test_script_in_a_text_is_kept_as_the_text_that_it_is(made, person):
    vote(made, person("jonas").pk, {"ord": "<script>alert(1)</script>"})

    assert in_the_urn(made).get().answers == {"ord": "<script>alert(1)</script>"}


def test_nothing_is_taken_after_the_close(made, person):
    late = collect(made, person("jonas").pk)
    close(made.pk, now())

    with acting(None), pytest.raises(HandInRefused) as refused:
        hand_in(late.sent())
    assert refused.value.why is NotTaken.CLOSED
    with pytest.raises(IssuingRefused) as unissued, acting(person("solveig").pk) as actor:
        issue(actor=actor, campaign_id=made.pk, blinded=b"1" * 384)
    assert unissued.value.why is NotIssued.CLOSED


def test_nothing_is_taken_between_the_closing_time_and_the_close(made, person):
    late = collect(made, person("jonas").pk)
    Campaign.objects.filter(pk=made.pk).update(closes_at=now())

    with acting(None), pytest.raises(HandInRefused) as refused:
        hand_in(late.sent())
    assert refused.value.why is NotTaken.CLOSED


def test_the_check_says_nothing_of_another_code_or_campaign(made, person):
    voter = vote(made, person("jonas").pk)
    code = code_of(digest_of(voter.prepared_message))

    with acting(None):
        assert not lies_in_urn(made.pk + 1, code)
        assert not lies_in_urn(made.pk, "0000 0000 0000")


def test_all_codes_are_laid_out_after_the_close_and_not_before(made, person):
    code = code_of(digest_of(vote(made, person("jonas").pk).prepared_message))

    with acting(None):
        assert counted_codes(made.pk) == []
    close(made.pk, now())
    with acting(None):
        assert counted_codes(made.pk) == [code]


def test_a_visitor_sees_of_a_campaign_only_what_it_asks(made):
    with acting(None):
        found = urn(made.pk, now())
        assert found is not None
        assert found.is_open
        assert [item.code for item in found.content.items()] == ["rekker", "hjelp", "ord"]
        assert urn(made.pk + 1, now()) is None


def test_a_leader_answers_one_level_up(made, person):
    of_solveig = Invitation.objects.get(person=person("solveig"), campaign=made).group
    assert of_solveig.unit.code != NURSING_HOME_CODE
    assert of_solveig.unit.code.startswith(NURSING_HOME_CODE[:1])
