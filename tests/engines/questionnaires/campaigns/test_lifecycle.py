"""A campaign from draft to close: what is frozen, who may do what, and what is left."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Sum

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE
from byfolk.engines.questionnaires.ballots.models import Ballot
from byfolk.engines.questionnaires.campaigns import editing, queries
from byfolk.engines.questionnaires.campaigns.audience import Audience, AudienceRefused, Leaders
from byfolk.engines.questionnaires.campaigns.closing import close, close_what_is_due
from byfolk.engines.questionnaires.campaigns.freezing import open_what_is_due
from byfolk.engines.questionnaires.campaigns.models import (
    Campaign,
    FrozenUnit,
    Group,
    GroupKey,
    Invitation,
    Mode,
    SignedAnswer,
    Stage,
)
from byfolk.engines.questionnaires.campaigns.reading import preview
from byfolk.kernel.access.acting import acting
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Employment
from byfolk.kernel.time import now
from tests.engines.questionnaires.rounds import ANSWERS, campaign, in_the_urn, keys, opened, version_in_use, vote

pytestmark = pytest.mark.django_db


def _plan(**otherwise: object) -> editing.Plan:
    home = Unit.objects.get(code=CARE_AGENCY_CODE)
    chosen = {
        "version": version_in_use(), "titles": {"nb": "Slik har vi det 2026"}, "opens_at": now() + dt.timedelta(days=1),
        "audience": Audience((home.pk,), now().date()), "closes_at": now() + dt.timedelta(days=8),
    }  # fmt: skip
    return editing.Plan(**(chosen | otherwise))  # type: ignore[arg-type]


def _drafted(as_actor, **otherwise: object) -> Campaign:
    plan = _plan(**otherwise)
    with as_actor("mette") as actor:
        return editing.plan_campaign(
            actor=actor, unit=Unit.objects.get(code=CARE_AGENCY_CODE), plan=plan, now=now()
        )  # fmt: skip


def test_everybody_of_the_audience_is_invited_once_and_in_one_group():
    made = opened()
    working = Employment.objects.filter(valid__contains=now().date(), main=True)
    inside = working.filter(unit__above__ancestor__code=CARE_AGENCY_CODE).values("person").distinct().count()

    assert made.invited == inside == Invitation.objects.filter(campaign=made).count()
    assert Group.objects.filter(campaign=made).aggregate(n=Sum("invited"))["n"] == inside


def test_every_group_is_large_enough():
    made = opened()

    assert all(group.invited >= made.smallest_total for group in Group.objects.filter(campaign=made))


def test_every_group_has_a_key_of_its_own():
    made = opened()
    keys = {bytes(group.public_key) for group in Group.objects.filter(campaign=made)}

    assert len(keys) == Group.objects.filter(campaign=made).count() == GroupKey.objects.count()


def test_the_tree_is_frozen_as_it_was():
    made = opened()
    before = FrozenUnit.objects.get(campaign=made, unit__code=NURSING_HOME_CODE).name_nb
    Unit.objects.filter(code=NURSING_HOME_CODE).update(name_nb="Noe annet")

    assert FrozenUnit.objects.get(campaign=made, unit__code=NURSING_HOME_CODE).name_nb == before


def test_a_campaign_opens_once_and_not_before_its_time():
    made = campaign(stage=Stage.SCHEDULED)
    Campaign.objects.filter(pk=made.pk).update(opens_at=now() + dt.timedelta(minutes=30))

    assert open_what_is_due(now(), new_key=keys()) == 0
    assert Campaign.objects.get(pk=made.pk).frozen_at is not None
    assert open_what_is_due(now() + dt.timedelta(hours=1), new_key=keys()) == 1
    assert open_what_is_due(now() + dt.timedelta(hours=1), new_key=keys()) == 0


def test_a_draft_never_opens():
    campaign()

    assert open_what_is_due(now(), new_key=keys()) == 0


def test_a_unit_of_one_cannot_be_asked_alone():
    made = campaign(stage=Stage.SCHEDULED)
    audience = Audience((Unit.objects.get(code=CARE_AGENCY_CODE).pk,), now().date(), kinds=("apprentice",))
    Employment.objects.filter(kind="apprentice").delete()
    Campaign.objects.filter(pk=made.pk).update(audience=audience.plain())

    assert open_what_is_due(now(), new_key=keys()) == 0
    assert Campaign.objects.get(pk=made.pk).stage == Stage.DRAFT


def test_the_preview_counts_as_the_freezing_does(as_actor):
    made = campaign(stage=Stage.SCHEDULED)
    with as_actor("mette") as actor:
        seen = preview(actor, made.asked, made.smallest_total)
    open_what_is_due(now(), new_key=keys())

    groups = Group.objects.filter(campaign=made)
    assert seen.groups == {group.unit_id: group.invited for group in groups}
    assert seen.total == Campaign.objects.get(pk=made.pk).invited


def test_the_preview_shows_nobody_outside_ones_own_units(as_actor):
    with as_actor("mette") as actor:
        city = Unit.objects.get(parent=None)
        assert preview(actor, Audience((city.pk,), now().date()), 5).total == 0


def test_leaders_only_and_leaders_not_make_up_everyone(as_actor):
    care = Unit.objects.get(code=CARE_AGENCY_CODE).pk
    with as_actor("mette") as actor:
        only, rest, everyone = (
            preview(actor, Audience((care,), now().date(), leaders), 5).total
            for leaders in (Leaders.ONLY, Leaders.NOT, Leaders.EVERYONE)
        )
    assert only + rest == everyone
    assert only > 0


def test_an_audience_of_nobody_is_none():
    with pytest.raises(AudienceRefused):
        Audience((), now().date())


def test_a_campaign_is_planned_scheduled_and_taken_back(as_actor):
    made = _drafted(as_actor)
    with as_actor("mette") as actor:
        done = editing.schedule_campaign(actor=actor, campaign=made, edition=1, now=now())
        assert done.stage == Stage.SCHEDULED
        back = editing.take_back_campaign(actor=actor, campaign=done, edition=2)
    assert back.stage == Stage.DRAFT


def test_two_who_change_one_campaign_are_told(as_actor):
    made = _drafted(as_actor)
    with as_actor("mette") as actor:
        plan = editing.Plan(made.version, {"nb": "Ny"}, made.asked, made.opens_at, made.closes_at)
        editing.change_campaign(actor=actor, campaign=made, edition=1, plan=plan)
        with pytest.raises(editing.ChangedMeanwhile):
            editing.change_campaign(actor=actor, campaign=made, edition=1, plan=plan)


@pytest.mark.parametrize(
    ("field", "otherwise"),
    [
        ("smallest_total", {"smallest_total": 4}),
        ("smallest_breakdown", {"smallest_breakdown": 9}),
        ("smallest_breakdown", {"smallest_total": 12}),
        ("title_nb", {"titles": {"en": "Only English"}}),
    ],
)
def test_what_may_not_be_is_refused_with_its_field(as_actor, field, otherwise):
    with pytest.raises(editing.CampaignRefused) as refused:
        _drafted(as_actor, **otherwise)
    assert refused.value.field == field


def test_nobody_asks_people_of_other_units(as_actor):
    with pytest.raises(PermissionError):
        _drafted(as_actor, audience=Audience((Unit.objects.get(parent=None).pk,), now().date()))


def test_a_draft_is_seen_by_those_who_run_it_only(as_actor):
    made = _drafted(as_actor)

    with as_actor("mette") as actor:
        assert made in queries.run_by(actor)
    with as_actor("jonas"):
        assert not Campaign.objects.filter(pk=made.pk).exists()


def test_the_close_counts_and_leaves_no_key(person):
    made = opened()
    for number in _of_group(made, 6):
        vote(made, number)
    assert close(made.pk, now())

    done = Campaign.objects.get(pk=made.pk)
    assert (done.stage, done.answered) == (Stage.CLOSED, 6)
    assert not GroupKey.objects.exists()
    assert in_the_urn(made).count() == Ballot.objects.filter(group__campaign=made).count() == 6
    assert set(Invitation.objects.filter(campaign=made).values_list("sent", flat=True)) == {b""}


def _of_group(made: Campaign, number: int, group: Group | None = None) -> list[int]:
    chosen = group or Group.objects.filter(campaign=made).order_by("-invited").first()
    return list(Invitation.objects.filter(group=chosen).values_list("person", flat=True)[:number])


def test_a_group_with_too_few_answers_is_counted_in_the_one_above():
    made = opened()
    large = Group.objects.filter(campaign=made).order_by("-invited").first()
    small = Group.objects.filter(campaign=made).exclude(pk=large.pk).order_by("-invited").first()
    for number in [*_of_group(made, 5, large), *_of_group(made, 3, small)]:
        vote(made, number)
    close(made.pk, now())

    small.refresh_from_db()
    assert (small.answered, small.collected) == (3, 3)
    assert small.merged_into is not None
    kept = in_the_urn(made).values_list("group", flat=True)
    assert small.pk not in set(kept)
    assert all(list(kept).count(group) >= 5 for group in set(kept))
    assert len(kept) == 8


def test_too_few_answers_in_all_are_destroyed():
    made = opened()
    for number in _of_group(made, 4):
        vote(made, number)
    close(made.pk, now())

    assert not in_the_urn(made).exists()
    assert Group.objects.filter(campaign=made, destroyed=True).exists()
    assert Campaign.objects.get(pk=made.pk).answered == 4


def test_a_campaign_closes_by_itself_once():
    made = opened()
    Campaign.objects.filter(pk=made.pk).update(closes_at=now())

    assert close_what_is_due(now()) == 1
    assert close_what_is_due(now()) == 0


def test_who_runs_it_can_end_it_before_its_time(as_actor):
    made = opened()
    with as_actor("mette") as actor:
        editing.end_campaign(actor=actor, campaign=made, edition=made.edition, now=now())
    assert close_what_is_due(now()) == 1


def test_ballots_handed_in_never_exceed_those_collected(person):
    made = opened()
    for number in _of_group(made, 6):
        vote(made, number)
    close(made.pk, now())

    for group in Group.objects.filter(campaign=made):
        assert (group.answered or 0) <= (group.collected or 0) <= group.invited


def test_the_response_is_followed_by_those_who_run_it_and_nobody_else(as_actor):
    made = opened()
    vote(made, _of_group(made, 1)[0])

    with as_actor("mette") as actor:
        found = queries.response_so_far(actor, made)
        assert found is not None
        assert (found.unit.collected, found.unit.invited, found.path) == (1, made.invited, [])
        for one in found.below:
            right_below = queries.response_so_far(actor, made, one.code)
            assert right_below is not None
            if one.unit_id != found.unit.unit_id:
                assert (right_below.unit.invited, right_below.unit.collected) == (one.invited, one.collected)
                assert right_below.path == [(found.unit.code, found.unit.name)]
        assert queries.response_so_far(actor, made, "9999999") is None
    with as_actor("solveig") as actor, pytest.raises(PermissionError):
        queries.response_so_far(actor, made)


def test_every_number_of_the_response_is_of_whole_groups_that_are_large_enough(as_actor):
    made = opened()
    for number in _of_group(made, 3):
        vote(made, number)
    with as_actor("mette") as actor:
        found = queries.response_so_far(actor, made)
    assert found is not None
    assert sum(one.invited for one in found.below) == found.unit.invited
    assert all(one.invited >= made.smallest_total for one in found.below)
    shares = [one.collected / one.invited for one in found.below]
    assert shares == sorted(shares)
    assert shares[0] < shares[-1]


def test_an_invitation_is_ones_own(as_actor, person):
    made, jonas = opened(), person("jonas").pk
    with as_actor("jonas") as actor:
        assert [one.campaign for one in queries.invitations(actor)] == [made]
        assert set(Invitation.objects.values_list("person", flat=True)) == {jonas}
    for who in ("kari", "mette", "solveig", "per"):
        with as_actor(who):
            assert not Invitation.objects.filter(person=jonas).exists()


def test_nobody_who_is_signed_in_reads_the_urn_or_a_key(as_actor):
    made = opened()
    vote(made, _of_group(made, 1)[0])
    for table in ("ballot", "answer", "groupkey", "mailing"):
        for who in ("kari", "mette", "per"):
            with as_actor(who), connection.cursor() as cursor:
                cursor.execute("select has_table_privilege(current_user, %s, 'select')", [f"questionnaires_{table}"])
                assert cursor.fetchone() == (False,)


def test_answers_with_a_name_are_taken_while_it_is_open_and_only_from_who_is_invited(as_actor, person):
    made = opened(mode=Mode.CONFIDENTIAL)
    group = Group.objects.filter(campaign=made).first()
    with as_actor("jonas") as actor:
        SignedAnswer.objects.create(campaign=made, person_id=actor.own_id, group=group, answers=ANSWERS)
    mine = Invitation.objects.get(campaign=made, person=person("jonas"))
    assert mine.collected
    assert SignedAnswer.objects.get().group_id == mine.group_id
    with pytest.raises(Exception, match="invited"), acting(person("ingrid").pk) as actor:
        SignedAnswer.objects.create(campaign=made, person_id=actor.own_id, group=group, answers=ANSWERS)
