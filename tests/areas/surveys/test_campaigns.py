"""Planning a campaign in the portal, and following it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from byfolk.demo.cast import CARE_AGENCY_CODE
from byfolk.engines.questionnaires.campaigns.freezing import open_what_is_due
from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Stage
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import OSLO, now, today
from tests.engines.questionnaires.rounds import collect, keys, opened, version_in_use

pytestmark = pytest.mark.django_db


def _filled_in(**otherwise: object) -> dict[str, object]:
    honest = {
        "title_nb": "Slik har vi det", "title_nn": "Slik har vi det", "title_en": "How we are",
        "version": otherwise["version"] if "version" in otherwise else version_in_use().pk,
        "mode": "anonymous", "leaders": "everyone",
        "units": [Unit.objects.get(code=CARE_AGENCY_CODE).pk], "kinds": ["permanent", "temporary"],
        "on": today().isoformat(), "opens": today().isoformat(),
        "closes": (today() + dt.timedelta(days=10)).isoformat(),
        "smallest_total": 5, "smallest_breakdown": 10, "leader_days": 7,
    }  # fmt: skip
    return honest | otherwise


def _plan(client, **otherwise: object) -> Campaign:
    answer = client.post(reverse("new_campaign"), _filled_in(**otherwise))
    assert answer.status_code == 302
    return Campaign.objects.get(pk=int(re.findall(r"/runder/(\d+)/", answer.url)[0]))


def _step(client, made: Campaign, step: str):
    made.refresh_from_db()
    return client.post(reverse("step_campaign", args=[made.pk, step]), {"edition": made.edition})


def test_mette_plans_a_campaign_sees_whom_it_asks_and_lets_it_open(as_persona):
    client = as_persona("mette")
    made = _plan(client)
    page = client.get(reverse("campaign", args=[made.pk])).content.decode()
    assert re.search(r"\d+ blir spurt, i \d+ grupper\. Ingenting er sendt ennå", page)

    assert _step(client, made, "planlegg").status_code == 302
    assert open_what_is_due(now() + dt.timedelta(days=1), new_key=keys()) == 1
    made.refresh_from_db()
    assert made.stage == Stage.OPEN
    page = client.get(reverse("campaign", args=[made.pk])).content.decode()
    assert f"0 av {made.invited} har hentet stemmeseddel" in page


def test_it_is_open_from_the_morning_of_the_first_day_to_the_end_of_the_last(as_persona):
    made = _plan(as_persona("mette"))
    assert made.opens_at.astimezone(OSLO).time() == dt.time(8)
    assert made.closes_at.astimezone(OSLO) == dt.datetime.combine(today() + dt.timedelta(days=11), dt.time(), OSLO)


@pytest.mark.parametrize(
    ("otherwise", "says"),
    [
        ({"title_nb": ""}, "Skriv hva den heter"),
        ({"version": ""}, "Velg et skjema"),
        ({"version": 0}, "Velg et skjema"),
        ({"units": []}, "Velg minst én enhet"),
        ({"kinds": []}, "Velg minst én måte"),
        ({"closes": "2020-01-01"}, "Velg en dag som ikke er over"),
        ({"closes": "i morgen"}, "Velg den siste dagen"),
        ({"smallest_total": 4}, "5"),
        ({"smallest_total": 12}, "minst like mange"),
    ],
)
def test_what_may_not_be_is_said_and_what_was_filled_in_is_kept(as_persona, otherwise, says):
    answer = as_persona("mette").post(reverse("new_campaign"), _filled_in(**otherwise))

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "How we are" in answer.content.decode()
    assert not Campaign.objects.filter(stage=Stage.DRAFT).exists()


def test_units_that_are_not_ones_own_cannot_be_asked(as_persona):
    answer = as_persona("mette").post(reverse("new_campaign"), _filled_in(units=[Unit.objects.get(parent=None).pk]))
    assert answer.status_code == 422
    assert not Campaign.objects.filter(stage=Stage.DRAFT).exists()


def test_two_who_change_one_draft_are_told_and_nothing_is_overwritten(as_persona):
    client = as_persona("mette")
    made = _plan(client)
    address = reverse("change_campaign", args=[made.pk])
    version = made.version_id
    first = client.post(address, _filled_in(version=version, title_nb="Den første") | {"edition": 1})
    second = client.post(address, _filled_in(version=version, title_nb="Den andre") | {"edition": 1})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "En annen har endret undersøkelsen" in second.content.decode()
    made.refresh_from_db()
    assert made.titles["nb"] == "Den første"


def test_a_step_that_was_taken_already_is_refused_in_words(as_persona):
    client = as_persona("mette")
    made = _plan(client)
    _step(client, made, "planlegg")
    answer = _step(client, made, "planlegg")

    assert answer.status_code == 422
    assert "kommet lenger" in answer.content.decode()


def test_a_draft_is_thrown_away(as_persona):
    client = as_persona("mette")
    made = _plan(client)
    assert _step(client, made, "kast").status_code == 302
    assert not Campaign.objects.filter(stage=Stage.DRAFT).exists()


def test_the_response_shows_how_many_and_nobody(as_persona, person):
    made = opened()
    collect(made, person("jonas").pk)
    client = as_persona("mette")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("campaign", args=[made.pk])).content.decode()

    assert f"1 av {made.invited} har hentet stemmeseddel" in page
    assert "Jonas" not in page
    assert len(queries) <= 25


def test_ending_a_campaign_keeps_everybody_out_from_that_moment(as_persona, person):
    made = opened()
    assert _step(as_persona("mette"), made, "lukk").status_code == 302
    page = as_persona("jonas").get(reverse("survey", args=[made.pk]))
    assert page.status_code == 200
    assert Invitation.objects.filter(campaign=made, collected=False).exists()
    made.refresh_from_db()
    assert made.closes_at <= now()


@pytest.mark.parametrize("who", ["mette", "kari"])
def test_the_list_takes_few_queries(as_persona, who):
    opened()
    client = as_persona(who)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("campaigns")).status_code == 200
    assert len(queries) <= 25
