"""The pages of texts: reviewing them, and reading them with the result."""

from __future__ import annotations

import io

import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.engines.questionnaires.texts.models import FreeText, Reason, TextBatch, TextState
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import now, today
from tests.engines.questionnaires.texts.batches import batch

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script> er ikke farlig"


@pytest.fixture
def made() -> TextBatch:
    return batch(unit=NURSING_HOME_CODE)


def _address(made: TextBatch) -> str:
    return reverse("review_texts", args=[made.campaign_id, NURSING_HOME_CODE])


def _decide(client, made: TextBatch, text: FreeText, **fields):
    return client.post(reverse("decide_text", args=[made.campaign_id, NURSING_HOME_CODE, text.pk]), fields)


def out(number: int, *, text: str = "Vi mangler lift nummer {n}") -> Campaign:
    """The city's newest round with so many texts of the nursing home that are out, and two that were withheld."""
    newest = Campaign.objects.order_by("-closes_at")[0]
    home = Unit.objects.get(code=NURSING_HOME_CODE)
    TextBatch.objects.filter(campaign=newest).delete()
    made = TextBatch.objects.create(
        campaign=newest, unit=home, owner=newest.unit, written=number + 2, shown_from=today(), destroy_on=today(),
        released_at=now(), published_at=now(),
    )  # fmt: skip
    FreeText.objects.bulk_create(
        [
            FreeText(batch=made, owner=newest.unit, item="own-words", text=text.format(n=n), state=TextState.APPROVED)
            for n in range(number)
        ]
        + [
            FreeText(batch=made, owner=newest.unit, item="own-words", state=TextState.WITHHELD, reason=Reason.HEALTH)
            for _n in range(2)
        ]
    )
    return newest


def test_a_reviewer_sees_masked_texts_and_when_they_are_destroyed(made, as_persona) -> None:
    FreeText.objects.filter(batch=made).update(text="Spør [navn] om liften")
    client = as_persona("mette")
    with CaptureQueriesContext(connection) as queries:
        page = client.get(_address(made)).content.decode()
    assert len(queries) <= 25
    assert page.count("Spør [navn] om liften") == 10
    assert "Det som ingen har gått gjennom, blir slettet" in page
    assert "Side 1 av 2" in page


def test_words_are_hidden_by_ticking_them_without_a_script(made, as_persona) -> None:
    client, text = as_persona("mette"), FreeText.objects.filter(batch=made).order_by("id")[0]
    assert _decide(client, made, text, gjor="godkjenn", ord=["2", "3", "x"]).status_code == 302
    text.refresh_from_db()
    assert (text.state, text.hidden) == (TextState.APPROVED, [2, 3])
    assert "Vi mangler [navn] " in client.get(_address(made)).content.decode()


def test_withholding_without_a_reason_says_so_at_the_text(made, as_persona) -> None:
    client, text = as_persona("mette"), FreeText.objects.filter(batch=made).order_by("id")[0]
    answer = _decide(client, made, text, gjor="hold")
    assert answer.status_code == 422
    assert "Velg hvorfor teksten holdes tilbake" in answer.content.decode()
    text.refresh_from_db()
    assert text.state == TextState.WAITING


def test_a_decision_is_undone_from_the_page(made, as_persona) -> None:
    client, text = as_persona("mette"), FreeText.objects.filter(batch=made).order_by("id")[0]
    _decide(client, made, text, gjor="hold", grunn="health")
    assert "Den forteller om noens helse eller privatliv" in client.get(_address(made)).content.decode()
    _decide(client, made, text, gjor="angre")
    text.refresh_from_db()
    assert (text.state, text.reason) == (TextState.WAITING, "")


def test_when_all_are_reviewed_they_are_released_and_nothing_is_undone(made, as_persona) -> None:
    client = as_persona("mette")
    release = reverse("release_texts", args=[made.campaign_id, NURSING_HOME_CODE])
    assert client.post(release).status_code == 409
    FreeText.objects.filter(batch=made).update(state=TextState.APPROVED)
    assert "Frigi tekstene</button>" in client.get(_address(made)).content.decode()
    assert client.post(release).status_code == 302
    text = FreeText.objects.filter(batch=made).order_by("id")[0]
    assert _decide(client, made, text, gjor="angre").status_code == 409
    assert "Angre" not in client.get(_address(made)).content.decode().split("<main")[1]


def test_a_campaign_lists_the_units_whose_texts_wait(made, as_persona) -> None:
    page = as_persona("mette").get(reverse("campaign_texts", args=[made.campaign_id])).content.decode()
    assert "12 tekster" in page
    assert "12 venter" in page


def test_markup_in_a_text_is_shown_as_text(made, as_persona) -> None:
    FreeText.objects.filter(batch=made).update(text=SCRIPT)
    review = as_persona("mette").get(_address(made)).content.decode()
    newest = out(12, text=SCRIPT)
    result = as_persona("solveig").get(reverse("survey_result", args=[newest.pk, NURSING_HOME_CODE])).content.decode()
    for page in (review, result):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; er ikke farlig" in page


def test_the_result_page_shows_twenty_texts_at_a_time_and_says_how_many_are_withheld(as_persona) -> None:
    newest, client = out(25), as_persona("jonas")
    address = reverse("survey_result", args=[newest.pk, NURSING_HOME_CODE])
    with CaptureQueriesContext(connection) as queries:
        first = client.get(address).content.decode()
    second = client.get(address, {"page": 2}).content.decode()
    assert len(queries) <= 25
    assert (first.count("Vi mangler lift"), second.count("Vi mangler lift")) == (20, 5)
    assert "To tekster er holdt tilbake" in first


def test_texts_are_not_shown_before_their_day_nor_to_others(as_persona) -> None:
    newest = out(12)
    address = reverse("survey_result", args=[newest.pk, NURSING_HOME_CODE])
    TextBatch.objects.filter(campaign=newest).update(shown_from=today().replace(year=today().year + 1))
    assert "Vi mangler lift" in as_persona("solveig").get(address).content.decode()
    assert "Vi mangler lift" not in as_persona("jonas").get(address).content.decode()


def test_a_unit_whose_texts_stand_above_points_there(as_persona) -> None:
    newest = out(12)
    top = TextBatch.objects.filter(campaign=newest)
    top.update(unit=newest.unit)
    page = as_persona("jonas").get(reverse("survey_result", args=[newest.pk, NURSING_HOME_CODE])).content.decode()
    assert "står sammen med det andre har skrevet i" in page
    assert reverse("survey_result", args=[newest.pk, newest.unit.code]) + "#ord" in page


def test_the_spreadsheet_has_the_texts_of_whoever_asks(as_persona) -> None:
    newest = out(12)
    address = reverse("survey_result_xlsx", args=[newest.pk, NURSING_HOME_CODE])
    TextBatch.objects.filter(campaign=newest).update(shown_from=today().replace(year=today().year + 1))
    leader = pl.read_excel(io.BytesIO(as_persona("solveig").get(address).content), sheet_id=0)
    worker = pl.read_excel(io.BytesIO(as_persona("jonas").get(address).content), sheet_id=0)
    assert len(leader["Med egne ord"]) == 12
    assert "Med egne ord" not in worker


def test_a_text_is_in_no_search_and_on_no_home_page(as_persona) -> None:
    out(12, text="Skralletregubben {n}")
    client = as_persona("solveig")
    assert "Skralletregubben" not in client.get("/").content.decode()
    assert "Skralletregubben 1" not in client.get(reverse("search"), {"q": "Skralletregubben"}).content.decode()


def test_what_becomes_of_a_text_is_said_before_it_is_written(as_persona) -> None:
    from byfolk.engines.questionnaires.campaigns.models import Mode
    from tests.engines.questionnaires.rounds import opened

    open_one = opened(code="anonym")
    questions = as_persona(None).get(reverse("answering", args=[open_one.pk])).content.decode()
    assert "Teksten skilles fra resten av svaret" in questions
    assert "noen kjenne deg igjen" in questions
    named = opened(mode=Mode.NAMED, code="navn")
    page = as_persona("jonas").get(reverse("survey", args=[named.pk])).content.decode()
    assert "Det lagres med navnet ditt, som de andre svarene." in page
    assert "Teksten skilles" not in page
