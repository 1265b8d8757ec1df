"""When a campaign is put away, what people gave is destroyed, and its results stay."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse

from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.engines.questionnaires.ballots.models import Answer, Ballot
from byfolk.engines.questionnaires.campaigns import archiving, editing
from byfolk.engines.questionnaires.campaigns.models import Campaign, GroupKey, Invitation, Mode, SignedAnswer, Stage
from byfolk.engines.questionnaires.results import computing
from byfolk.engines.questionnaires.results.models import FactorResult, Results, UnitResult
from byfolk.engines.questionnaires.texts.models import FreeText, Reason, TextBatch, TextState
from byfolk.kernel.time import now
from tests.engines.questionnaires.texts.test_placing import closed

pytestmark = pytest.mark.django_db


def _left(made: Campaign) -> list[int]:
    return [
        Answer.objects.filter(group__campaign=made).count(),
        Ballot.objects.filter(group__campaign=made).count(),
        SignedAnswer.objects.filter(campaign=made).count(),
        Invitation.objects.filter(campaign=made).count(),
        GroupKey.objects.filter(group__campaign=made).count(),
        FreeText.objects.filter(batch__campaign=made).count(),
    ]


@pytest.mark.parametrize("mode", [Mode.ANONYMOUS, Mode.CONFIDENTIAL, Mode.NAMED])
def test_after_the_archive_nothing_that_people_gave_is_there(mode: Mode, as_actor) -> None:
    made = closed(40, mode=mode)
    assert any(_left(made))
    made = Campaign.objects.get(pk=made.pk)
    with as_actor("mette") as mette:
        editing.archive_campaign(actor=mette, campaign=made, edition=made.edition)
    assert archiving.destroy_archived(now()) == 1
    assert _left(made) == [0, 0, 0, 0, 0, 0]
    assert archiving.destroy_archived(now()) == 0
    assert Results.objects.filter(campaign=made).exists()
    assert UnitResult.objects.filter(campaign=made).exists()


def test_results_and_released_texts_show_as_before(as_persona) -> None:
    newest = Campaign.objects.order_by("-closes_at")[0]
    address = reverse("survey_result", args=[newest.pk, NURSING_HOME_CODE])
    client = as_persona("solveig")

    def shown() -> str:
        return client.get(address).content.decode().split("<main")[1].split("</main>")[0]

    before = shown()
    released = FreeText.objects.filter(batch__campaign=newest, batch__published_at__isnull=False, state="approved")
    number = released.count()
    Campaign.objects.filter(pk=newest.pk).update(stage=Stage.ARCHIVED)
    assert archiving.destroy_archived(now()) == 1
    assert shown() == before
    assert released.count() == number == FreeText.objects.filter(batch__campaign=newest).count()


def test_what_was_destroyed_is_not_computed_again() -> None:
    newest = Campaign.objects.order_by("-closes_at")[0]
    Campaign.objects.filter(pk=newest.pk).update(stage=Stage.ARCHIVED)
    archiving.destroy_archived(now())
    before = set(FactorResult.objects.filter(campaign=newest).values_list("unit", "factor", "mean"))
    assert not computing.compute(newest.pk, now())
    assert set(FactorResult.objects.filter(campaign=newest).values_list("unit", "factor", "mean")) == before


def test_a_campaign_is_put_away_when_its_days_are_over_and_not_before() -> None:
    made = closed(20)
    Campaign.objects.filter(pk=made.pk).update(keep_days=90)
    assert archiving.archive_what_is_due(now() + dt.timedelta(days=89)) == 0
    assert archiving.archive_what_is_due(now() + dt.timedelta(days=90)) == 1
    assert Campaign.objects.get(pk=made.pk).stage == Stage.ARCHIVED


def test_nothing_is_destroyed_before_there_are_results() -> None:
    made = closed(20)
    Results.objects.filter(campaign=made).delete()
    Campaign.objects.filter(pk=made.pk).update(stage=Stage.ARCHIVED)
    assert archiving.destroy_archived(now()) == 0
    assert Answer.objects.filter(group__campaign=made).count() == 20


def test_other_campaigns_keep_what_they_have() -> None:
    made = closed(20)
    others = [_left(one) for one in Campaign.objects.exclude(pk=made.pk).order_by("pk")]
    Campaign.objects.filter(pk=made.pk).update(stage=Stage.ARCHIVED)
    archiving.destroy_archived(now())
    assert [_left(one) for one in Campaign.objects.exclude(pk=made.pk).order_by("pk")] == others


def test_no_earlier_form_of_a_row_is_left_in_the_tables() -> None:
    made = closed(20)
    Campaign.objects.filter(pk=made.pk).update(stage=Stage.ARCHIVED)
    archiving.destroy_archived(now())
    with connection.cursor() as cursor:
        for table in ("answer", "ballot", "invitation", "freetext"):
            cursor.execute(f"select count(distinct xmin::text) from questionnaires_{table}")
            assert cursor.fetchone()[0] <= 1


def test_a_withheld_text_is_gone_and_still_counted() -> None:
    made = closed(20)
    batch = TextBatch.objects.filter(campaign=made)[0]
    FreeText.objects.filter(batch=batch).update(state=TextState.APPROVED)
    first = FreeText.objects.filter(batch=batch)[0]
    FreeText.objects.filter(pk=first.pk).update(state=TextState.WITHHELD, reason=Reason.HEALTH, text="")
    TextBatch.objects.filter(pk=batch.pk).update(released_at=now(), published_at=now())
    Campaign.objects.filter(pk=made.pk).update(stage=Stage.ARCHIVED)
    archiving.destroy_archived(now())
    assert FreeText.objects.filter(batch=batch).count() == batch.written - 1


def test_the_page_of_a_campaign_says_what_is_gone_and_what_is_left(as_persona) -> None:
    made = closed(20)
    client = as_persona("mette")
    page = client.get(reverse("campaign", args=[made.pk])).content.decode()
    for words in ("Slettes senest", "Nøklene", "Invitasjonene", "Blir stående"):
        assert words in page
    Campaign.objects.filter(pk=made.pk).update(stage=Stage.ARCHIVED)
    archiving.destroy_archived(now())
    page = client.get(reverse("campaign", args=[made.pk])).content.decode()
    assert "Slettes senest" not in page
    assert page.count("Slettet") >= 4
