"""Piles of codes on paper: as many codes as people without one, once, and nobody's in particular."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from byfolk.engines.questionnaires.ballots.by_code import hand_in_by_code, slip
from byfolk.engines.questionnaires.ballots.handing_in import HandInRefused, NotTaken, Taken, counted_codes, lies_in_urn
from byfolk.engines.questionnaires.ballots.issuing import IssuingRefused, NotIssued
from byfolk.engines.questionnaires.ballots.models import Answer, Ballot, PaperCode
from byfolk.engines.questionnaires.ballots.piles import DrawingRefused, NotDrawn, draw_again, draw_pile, piles
from byfolk.engines.questionnaires.campaigns.closing import close
from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, Invitation
from byfolk.kernel.access.acting import acting
from byfolk.kernel.time import now
from tests.engines.questionnaires.piles_of_codes import drawn, opened_on_paper
from tests.engines.questionnaires.rounds import ANSWERS, collect, in_the_urn

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> tuple[Campaign, Group]:
    return opened_on_paper()


def _hand_in(code: str, answers: dict[str, object] | None = None, digest: str = "") -> Taken:
    with acting(None):
        found = slip(code)
        assert found is not None
        return hand_in_by_code(found, digest or found.digest, ANSWERS if answers is None else answers)


def _refused(draw, group: Group, who: int) -> NotDrawn:
    with acting(who) as actor, pytest.raises(DrawingRefused) as refused:
        draw(actor=actor, group=group)
    return refused.value.why


def test_those_without_an_email_address_are_frozen_as_such(made):
    campaign, _group = made
    frozen = Invitation.objects.filter(campaign=campaign, paper=True)
    assert frozen.count() >= 6
    assert not frozen.exclude(person__work_email="").exists()


def test_a_pile_has_as_many_codes_as_there_are_people_without_one_and_all_have_collected(made, person):
    campaign, group = made
    waiting = Invitation.objects.filter(group=group, paper=True, collected=False).count()
    codes = drawn(group, person("mette").pk)

    assert len(codes) == len(set(codes)) == waiting
    assert PaperCode.objects.filter(group=group).count() == waiting
    assert not Invitation.objects.filter(group=group, paper=True, collected=False).exists()
    assert not Invitation.objects.filter(campaign=campaign, paper=False, collected=True).exists()


def test_a_pile_is_made_once(made, person):
    group = made[1]
    drawn(group, person("mette").pk)
    assert _refused(draw_pile, group, person("mette").pk) is NotDrawn.NONE


def test_who_collected_in_the_portal_gets_no_code(made, person):
    campaign, group = made
    waiting = Invitation.objects.filter(group=group, paper=True)
    collect(campaign, waiting[0].person_id)
    assert len(drawn(group, person("mette").pk)) == waiting.count() - 1


def test_whose_pile_is_made_cannot_collect_in_the_portal_too(made, person):
    campaign, group = made
    drawn(group, person("mette").pk)
    of_pile = Invitation.objects.filter(group=group, paper=True)[0].person_id
    with pytest.raises(IssuingRefused) as refused:
        collect(campaign, of_pile)
    assert refused.value.why is NotIssued.COLLECTED


@pytest.mark.parametrize("who", ["mette", "amir", "kari"])
def test_those_who_run_it_and_those_who_lead_the_group_see_its_pile(made, as_actor, who):
    with as_actor(who) as actor:
        assert made[1].pk in [pile.group_id for pile in piles(actor)]


@pytest.mark.parametrize("who", ["jonas", "lise", "tor"])
def test_others_may_not_make_a_pile(made, as_actor, who):
    with as_actor(who) as actor:
        with pytest.raises(PermissionError):
            piles(actor)
        with pytest.raises(PermissionError):
            draw_pile(actor=actor, group=made[1])


def test_a_code_is_handed_in_once_by_nobody(made, person):
    campaign, group = made
    code = drawn(group, person("mette").pk)[0]

    assert _hand_in(code) is Taken.ACCEPTED
    assert _hand_in(code, {"rekker": 1}) is Taken.ALREADY
    answer = in_the_urn(campaign).get()
    assert (answer.answers, answer.group_id) == (ANSWERS, group.pk)


def test_the_code_of_the_ballot_lies_in_the_urn_and_is_laid_out_after_the_close(made, person):
    campaign, group = made
    code = drawn(group, person("mette").pk)[0]
    with acting(None):
        found = slip(code)
        assert found is not None
        assert not lies_in_urn(campaign.pk, found.ballot_code)
    _hand_in(code)
    with acting(None):
        assert lies_in_urn(campaign.pk, found.ballot_code)
    close(campaign.pk, now())
    with acting(None):
        assert counted_codes(campaign.pk) == [found.ballot_code]


def test_a_code_that_was_not_drawn_opens_nothing(made):
    with acting(None):
        assert slip("0000 0000 0000 0000 00") is None


def test_answers_to_a_changed_instrument_and_answers_that_cannot_be_change_nothing(made, person):
    code = drawn(made[1], person("mette").pk)[0]
    for answers, digest, why in [(None, "0" * 64, NotTaken.CHANGED), ({"rekker": 9}, "", NotTaken.ANSWERS)]:
        with pytest.raises(HandInRefused) as refused:
            _hand_in(code, answers, digest)
        assert refused.value.why is why
    assert not in_the_urn(made[0]).exists()


def test_nothing_is_taken_after_the_closing_time(made, person):
    campaign, group = made
    code = drawn(group, person("mette").pk)[0]
    Campaign.objects.filter(pk=campaign.pk).update(closes_at=now())

    with pytest.raises(HandInRefused) as refused:
        _hand_in(code)
    assert refused.value.why is NotTaken.CLOSED
    assert _refused(draw_again, group, person("mette").pk) is NotDrawn.CLOSED


def test_at_the_close_the_codes_are_gone_and_ballots_never_exceed_what_was_collected(made, person):
    campaign, group = made
    codes = drawn(group, person("mette").pk)
    for code in codes:
        _hand_in(code)
    close(campaign.pk, now())

    assert not PaperCode.objects.exists()
    group.refresh_from_db()
    assert group.answered == len(codes)
    assert group.collected is not None
    assert group.answered <= group.collected
    with acting(None):
        assert slip(codes[0]) is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.filter(pk=group.pk).update(answered=group.collected + 1)


def test_a_lost_pile_is_voided_and_as_many_are_drawn_as_nobody_has_used(made, person):
    group, mette = made[1], person("mette").pk
    first = drawn(group, mette)
    _hand_in(first[0])
    with acting(mette) as actor:
        second = draw_again(actor=actor, group=group)

    assert len(second) == len(first) - 1
    with acting(None):
        assert slip(first[1]) is None
        assert slip(second[0]) is not None
    assert _hand_in(first[0]) is Taken.ALREADY
    for code in second:
        _hand_in(code)
    assert Ballot.objects.filter(group=group).count() == len(first)
    assert Answer.objects.filter(group=group).count() == len(first)


def test_a_small_pile_is_not_drawn_again_since_the_number_would_tell_who_has_answered(person):
    _campaign, group = opened_on_paper(2, code="slik-for-faa")
    if Invitation.objects.filter(group=group, paper=True).count() >= 5:
        pytest.skip("the city has others without an e-mail there")
    drawn(group, person("mette").pk)
    assert _refused(draw_again, group, person("mette").pk) is NotDrawn.FEW


def test_a_leader_cannot_void_a_pile(made, person):
    drawn(made[1], person("amir").pk)
    assert _refused(draw_again, made[1], person("amir").pk) is NotDrawn.FEW


def test_who_made_a_pile_and_who_voided_it_stands_in_the_history(made, person):
    mette = person("mette").pk
    drawn(made[1], mette)
    with acting(mette) as actor:
        draw_again(actor=actor, group=made[1])
    with connection.cursor() as cursor:
        cursor.execute(
            """select metadata ->> 'why', metadata ->> 'person' from pghistory_context
                where metadata ->> 'why' like 'draw%' order by 1"""
        )
        assert cursor.fetchall() == [("draw_again", str(mette)), ("draw_pile", str(mette))]


def test_no_row_says_when_or_whose_and_the_order_of_the_slips_stands_nowhere(made, person):
    codes = drawn(made[1], person("mette").pk)
    with connection.cursor() as cursor:
        cursor.execute("select * from questionnaires_papercode order by ctid")
        rows = cursor.fetchall()
    assert [column.name for column in PaperCode._meta.get_fields()] == ["digest", "group"]
    assert [bytes(row[0]) for row in rows] == sorted(bytes(row[0]) for row in rows)
    assert len(rows) == len(codes)
