"""Users and citizens answer at the address of a place, by plain forms; those who run it plan, hang up and follow."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from byfolk.areas.surveys.campaigns import page as campaign_page
from byfolk.demo.cast import CARE_AGENCY_CODE
from byfolk.engines.questionnaires.campaigns.closing import close
from byfolk.engines.questionnaires.campaigns.models import Campaign, Group, Stage
from byfolk.engines.questionnaires.results.computing import compute
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.time import now, today
from tests.engines.questionnaires.open_links import opened_to_all
from tests.engines.questionnaires.rounds import in_the_urn, version_in_use

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_before() -> None:
    caches["limits"].clear()


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def _form(client: Client, group: Group) -> dict[str, str]:
    page = client.get(reverse("open_link", args=[group.word])).content.decode()
    return dict(re.findall(r'name="(digest|seddel)" value="([0-9a-f]+)"', page))


def _answer(client: Client, group: Group, **answers: str):
    return client.post(reverse("open_link", args=[group.word]), _form(client, group) | answers)


def test_a_citizen_answers_at_the_address_of_a_place_and_is_thanked(visitor):
    made, groups = opened_to_all()
    page = visitor.get(reverse("open_link", args=[groups[0].word])).content.decode()
    assert groups[0].unit.name_nb in page
    answer = _answer(visitor, groups[0], rekker="4", ord="Fint her.")

    assert "Takk. Svarene dine er levert." in answer.content.decode()
    assert in_the_urn(made).get().answers == {"rekker": 4, "ord": "Fint her."}
    assert not visitor.cookies


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(visitor):
    made, groups = opened_to_all()
    answer = _answer(visitor, groups[0], rekker="9", ord="Fint her.")
    assert answer.status_code == 422
    assert "Fint her." in answer.content.decode()
    assert not in_the_urn(made).exists()


def test_many_answers_from_one_address_are_asked_to_wait_and_lose_nothing(visitor, settings):
    made, groups = opened_to_all()
    form = _form(visitor, groups[0])
    for number in range(settings.OPEN_ANSWERS):
        visitor.post(reverse("open_link", args=[groups[0].word]), form | {"seddel": f"{number:064x}", "rekker": "4"})
    answer = visitor.post(reverse("open_link", args=[groups[0].word]), form | {"ord": "Fint her."})

    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Vent til klokken" in answer.content.decode()
    assert "Fint her." in answer.content.decode()
    assert in_the_urn(made).count() == settings.OPEN_ANSWERS


def test_an_address_that_asks_for_a_code_takes_no_answer_without_one(visitor):
    made, groups = opened_to_all(coded=True)
    page = visitor.get(reverse("open_link", args=[groups[0].word])).content.decode()
    assert "Skriv koden fra lappen" in page
    visitor.post(reverse("open_link", args=[groups[0].word]), {"rekker": "4", "seddel": "0" * 64})
    assert not in_the_urn(made).exists()


def test_when_it_is_over_the_address_says_so(visitor):
    made, groups = opened_to_all()
    close(made.pk, now())
    assert "Undersøkelsen er avsluttet" in visitor.get(reverse("open_link", args=[groups[0].word])).content.decode()


def test_its_urn_speaks_of_places_and_not_of_ballots_that_were_collected(visitor):
    made, groups = opened_to_all()
    urn = reverse("answering", args=[made.pk])
    assert visitor.get(urn).status_code == 404
    for _number in range(6):
        _answer(visitor, groups[0], rekker="4")
    close(made.pk, now())
    page = visitor.get(urn).content.decode()
    assert "Det er levert 6 svar" in page
    assert "Levert på hvert sted" in page
    assert "Hentet" not in page
    assert "Nøklene" not in page
    found = visitor.get(urn, {"q": groups[0].unit.name_nb}).context["groups"]
    assert [group.name_nb for group in found] == [groups[0].unit.name_nb]
    assert "Vi fant ingen med det navnet." in visitor.get(urn, {"q": "%"}).content.decode()


def test_a_shared_machine_goes_back_to_the_start_without_a_script(visitor):
    _made, groups = opened_to_all()
    form = _form(visitor, groups[0]) | {"rekker": "4", "delt": "1"}
    page = visitor.post(reverse("open_link", args=[groups[0].word]), form).content.decode()
    start = reverse("open_link", args=[groups[0].word]) + "?delt=1"
    assert f'<noscript><meta http-equiv="refresh" content="120; url={start}"></noscript>' in page
    alone = visitor.post(reverse("open_link", args=[groups[0].word]), _form(visitor, groups[0]) | {"rekker": "4"})
    assert "http-equiv" not in alone.content.decode()


def test_places_come_a_page_at_a_time_with_their_posters_and_are_found_by_name(as_persona, monkeypatch):
    made, groups = opened_to_all()
    monkeypatch.setattr(campaign_page, "PLACES", 2)
    client, here = as_persona("mette"), reverse("campaign", args=[made.pk])
    shown = sorted(groups, key=lambda group: (group.unit.name_nb, group.pk))
    second = client.get(here, {"page": "2"}).content.decode()
    assert [f"/svar/{group.word}/" in second for group in shown[:4]] == [False, False, True, True]
    file = client.get(reverse("posters", args=[made.pk]), {"page": "2"}).content
    assert len(PdfReader(io.BytesIO(file)).pages) == 2
    found = client.get(here, {"q": shown[3].unit.name_nb.upper()}).content.decode()
    assert f"/svar/{shown[3].word}/" in found
    assert f"/svar/{shown[0].word}/" not in found
    assert "Vi fant ingen med det navnet." in client.get(here, {"q": "%"}).content.decode()


def test_mette_plans_one_for_users_and_finds_addresses_and_posters(as_persona):
    client = as_persona("mette")
    care = Unit.objects.get(code=CARE_AGENCY_CODE)
    sent = {
        "title_nb": "Hva synes du?", "version": version_in_use().pk, "whom": "open", "mode": "named",
        "units": [care.pk], "level": Level.SECTION.value, "named": "", "leaders": "everyone", "kinds": ["permanent"],
        "on": today().isoformat(), "opens": today().isoformat(),
        "closes": (today() + dt.timedelta(days=10)).isoformat(), "smallest_total": 5, "smallest_breakdown": 10,
        "leader_days": 7,
    }  # fmt: skip
    answer = client.post(reverse("new_campaign"), sent)
    made = Campaign.objects.get(stage=Stage.DRAFT)
    assert answer.status_code == 302
    assert (made.mode, made.asked.openly is not None, made.paper) == ("anonymous", True, False)
    assert "steder får hver sin adresse" in client.get(answer.url).content.decode()
    again = client.get(reverse("change_campaign", args=[made.pk])).content.decode()
    assert re.search(r'value="open"[^>]*checked', again)


def test_the_page_of_an_open_one_has_addresses_posters_and_counts_that_are_enough(as_persona, visitor):
    made, groups = opened_to_all()
    for _number in range(5):
        _answer(visitor, groups[0], rekker="4")
    _answer(visitor, groups[1], rekker="4")
    client = as_persona("mette")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("campaign", args=[made.pk])).content.decode()
    assert len(queries) <= 25
    assert f"/svar/{groups[0].word}/" in page
    assert "5 har svart" in page
    assert "Færre enn 5" in page
    assert "prosent" not in page.lower()

    pdf = client.get(reverse("posters", args=[made.pk]), {"sted": groups[0].pk})
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert f"/svar/{groups[0].word}/" in text.replace("\n", "")
    assert groups[0].unit.name_nb in text


def test_leaders_make_as_many_codes_as_they_need(as_persona):
    _made, groups = opened_to_all(coded=True)
    client = as_persona("mette")
    assert "Antall koder" in client.get(reverse("paper_piles")).content.decode()
    assert client.post(reverse("draw_pile", args=[groups[0].pk]), {"antall": "12"}).status_code == 200
    answer = client.post(reverse("draw_pile", args=[groups[0].pk]), {"antall": "mange"})
    assert answer.status_code == 409
    assert "fra 1 til 500" in answer.content.decode()


def test_a_result_says_how_many_have_answered_and_no_rate(as_persona, visitor):
    made, groups = opened_to_all()
    for number in range(8):
        _answer(visitor, groups[0], rekker=str(2 + number % 3), hjelp=str(1 + number % 4))
    close(made.pk, now())
    compute(made.pk, now())
    page = as_persona("mette").get(reverse("survey_result", args=[made.pk, groups[0].unit.code])).content.decode()
    assert "8 har svart" in page or "vises ikke" in page
    assert "av 0" not in page
