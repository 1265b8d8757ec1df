"""Answering with a code from a slip of paper, by plain forms."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from byfolk.engines.questionnaires.ballots.models import Ballot
from byfolk.engines.questionnaires.ballots.paper_codes import new_code
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.kernel.time import now
from tests.engines.questionnaires.piles_of_codes import drawn, opened_on_paper
from tests.engines.questionnaires.rounds import in_the_urn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_before() -> None:
    caches["limits"].clear()


@pytest.fixture
def slip(person) -> tuple[Campaign, str]:
    made, group = opened_on_paper()
    return made, drawn(group, person("mette").pk)[0]


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"host": "localhost"})


def _deliver(client: Client, made: Campaign, code: str, **answers: str):
    sent = {"kode": code, "digest": made.version.digest} | answers
    return client.post(reverse("hand_in_by_code"), sent)


def test_a_code_opens_the_questions_however_it_is_typed(visitor, slip):
    _made, code = slip
    answer = visitor.post(reverse("enter_code"), {"kode": code.lower().replace(" ", "-")})

    assert answer.status_code == 200
    assert "Jeg rekker å gjøre jobben" in answer.content.decode()
    assert "set-cookie" not in {name.lower() for name in answer.headers}


def test_answers_are_handed_in_by_a_plain_form_and_thanked_for_with_the_ballots_code(visitor, slip):
    made, code = slip
    answer = _deliver(visitor, made, code, rekker="4", ord="Vi mangler en lift.")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Takk. Svarene dine er levert." in page
    assert in_the_urn(made).get().answers == {"rekker": 4, "ord": "Vi mangler en lift."}
    ballot = re.findall(r'class="ballot-code">([0-9A-Z ]+)<', page)[0]
    check = visitor.post(reverse("check_ballot", args=[made.pk]), {"kode": ballot}).content.decode()
    assert "Ligger i urnen" in check


def test_a_used_code_is_told_and_changes_nothing(visitor, slip):
    made, code = slip
    _deliver(visitor, made, code, rekker="4")
    again = _deliver(visitor, made, code, rekker="1").content.decode()

    assert "Koden er brukt" in again
    assert "Koden er brukt" in visitor.post(reverse("enter_code"), {"kode": code}).content.decode()
    assert in_the_urn(made).get().answers == {"rekker": 4}


def test_what_cannot_be_is_said_at_its_question_and_nothing_typed_is_lost(visitor, slip):
    made, code = slip
    answer = _deliver(visitor, made, code, rekker="9", ord="Vi mangler en lift.")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="item-rekker-wrong"' in page
    assert "Vi mangler en lift." in page
    assert f'value="{code}"' in page
    assert not Ballot.objects.filter(group__campaign=made).exists()


def test_answers_to_a_changed_instrument_are_kept_on_the_page(visitor, slip):
    _made, code = slip
    sent = {"kode": code, "digest": "0" * 64, "ord": "Vi mangler en lift."}
    answer = visitor.post(reverse("hand_in_by_code"), sent)

    assert answer.status_code == 422
    assert "hører ikke til dette skjemaet" in answer.content.decode()
    assert "Vi mangler en lift." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "Skriv koden som står på lappen"), ("7KM 2QX", "18 tegn"), ("x" * 5000, "18 tegn"), ("<script>", "18 tegn")],
)
def test_a_slip_of_the_pen_is_told_from_an_unknown_code(visitor, typed, says):
    answer = visitor.post(reverse("enter_code"), {"kode": typed})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "<script>" not in answer.content.decode().replace("<script src", "").replace("<script type", "")


def test_an_unknown_code_says_whom_to_ask(visitor):
    answer = visitor.post(reverse("enter_code"), {"kode": new_code()})
    assert answer.status_code == 422
    assert "Ingen undersøkelse har denne koden nå" in answer.content.decode()


def test_who_guesses_is_stopped_and_told_when_to_try_again(visitor, settings):
    for _number in range(settings.WRONG_CODES):
        assert visitor.post(reverse("enter_code"), {"kode": new_code()}).status_code == 422
    answer = visitor.post(reverse("enter_code"), {"kode": new_code()})

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 601
    assert "Prøv igjen klokken" in answer.content.decode()
    elsewhere = visitor.post(reverse("enter_code"), {"kode": new_code()}, REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 422


def test_slips_of_the_pen_and_right_codes_are_not_counted_as_guesses(visitor, slip, settings):
    _made, code = slip
    for _number in range(settings.WRONG_CODES + 1):
        visitor.post(reverse("enter_code"), {"kode": "7KM"})
        assert visitor.post(reverse("enter_code"), {"kode": code}).status_code == 200


def test_a_code_of_a_survey_that_is_over_says_so(visitor, slip):
    made, code = slip
    Campaign.objects.filter(pk=made.pk).update(closes_at=now())
    answer = visitor.post(reverse("enter_code"), {"kode": code})
    assert "Undersøkelsen er avsluttet" in answer.content.decode()


def test_the_language_is_chosen_on_the_page_and_follows_without_a_cookie(visitor, slip):
    _made, code = slip
    page = visitor.post(reverse("enter_code"), {"kode": code, "sprak": "en"})
    assert '<html lang="en"' in page.content.decode()
    assert 'name="sprak" value="en"' in page.content.decode()
    assert not visitor.cookies


def test_who_is_signed_in_is_nobody_here(as_persona, slip):
    _made, code = slip
    page = as_persona("jonas").post(reverse("enter_code"), {"kode": code}).content.decode()
    assert "Jonas" not in page
    assert "Nå vet vi ikke hvem du er" in page


def test_a_shared_machine_is_one_on_every_page(visitor, slip):
    made, code = slip
    start = visitor.get(reverse("enter_code"), {"delt": "1"})
    questions = visitor.post(reverse("enter_code"), {"kode": code, "delt": "1"})
    thanks = _deliver(visitor, made, code, rekker="4", delt="1")
    for page in (start, questions, thanks):
        assert "surveys/by_code/shared" in page.content.decode()
        assert page.headers["Cache-Control"] == "private, no-store"
    assert 'autocomplete="off"' in questions.content.decode()
