"""The pages of answering: what is said before, collecting as oneself, handing in as nobody."""

from __future__ import annotations

import base64
import json
import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from byfolk.engines.questionnaires.ballots.codes import code_of, digest_of
from byfolk.engines.questionnaires.ballots.models import Ballot
from byfolk.engines.questionnaires.campaigns.closing import close
from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Mode, SignedAnswer
from byfolk.kernel.time import now
from tests.engines.questionnaires.rounds import ANSWERS, Voter, collect, in_the_urn, opened, vote
from tests.engines.questionnaires.voter import new_ballot

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Campaign:
    return opened()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _ballots(made: Campaign) -> int:
    return Ballot.objects.filter(group__campaign=made).count()


def _body(voter: Voter, **otherwise: object) -> dict[str, object]:
    honest = {
        "group": voter.group_id, "message": _text(voter.prepared_message), "signature": _text(voter.signature),
        "digest": voter.campaign.version.digest, "answers": ANSWERS,
    }  # fmt: skip
    return honest | otherwise


def _hand_in(made: Campaign, body: object, client: Client | None = None):
    content = body if isinstance(body, bytes) else json.dumps(body)
    return (client or Client()).post(reverse("hand_in", args=[made.pk]), content, content_type="application/json")


def test_whoever_is_invited_is_told_what_is_promised_and_by_which_name_they_are_known(made, as_persona):
    page = as_persona("jonas").get(reverse("survey", args=[made.pk])).content.decode()

    assert "Akkurat nå vet vi at du er Jonas" in page
    assert "Ingen kan finne ut hva du svarer" in page
    assert "Dette får vi aldri vite" in page


def test_a_survey_stands_among_the_surveys_until_its_ballot_is_collected(made, as_persona, person):
    client, address = as_persona("jonas"), f'href="/undersokelser/{made.pk}/"'
    assert address in client.get("/undersokelser/").content.decode()
    collect(made, person("jonas").pk)
    assert address not in client.get("/undersokelser/").content.decode()


def test_whoever_is_not_invited_finds_no_survey(made, as_persona):
    assert as_persona("ingrid").get(reverse("survey", args=[made.pk])).status_code == 404


def test_the_promise_takes_few_queries(made, as_persona):
    client = as_persona("jonas")
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("survey", args=[made.pk]))
    assert len(queries) <= 25


def test_a_ballot_is_collected_once_and_the_message_says_so(made, as_persona, person):
    jonas = person("jonas").pk
    key = bytes(Invitation.objects.get(campaign=made, person=jonas).group.public_key)
    address, client = reverse("collect_ballot", args=[made.pk]), as_persona("jonas")
    first, second = (
        client.post(address, {"blinded": _text(new_ballot(key).message)}, content_type="application/json")
        for _number in range(2)
    )

    assert first.status_code == 200
    assert len(base64.b64decode(first.json()["signature"])) == 384
    assert second.status_code == 409
    assert "Vi kan ikke gi deg en til" in second.json()["message"]


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"blinded": 5}', '{"blinded": "%%"}', '{"blinded": ""}', "null"])
def test_what_is_no_blinded_message_is_refused_in_words(made, as_persona, body):
    answer = as_persona("jonas").post(
        reverse("collect_ballot", args=[made.pk]), body, content_type="application/json"
    )  # fmt: skip
    assert answer.status_code == 409
    assert answer.json()["error"] == "unreadable"
    assert not Invitation.objects.filter(campaign=made, collected=True).exists()


def test_collecting_leaves_no_entry_of_who_and_when(made, person):
    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pghistory_context")
            return int(cursor.fetchone()[0])

    before = count()
    vote(made, person("jonas").pk)
    assert count() == before


def test_collecting_from_a_page_elsewhere_is_refused(made):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("collect_ballot", args=[made.pk]), "{}", content_type="application/json")
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("name", ["answering", "check_ballot"])
def test_green_pages_have_no_name_session_menu_or_search(made, as_persona, name):
    client = as_persona("jonas")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse(name, args=[made.pk]))
    page = answer.content.decode()

    assert "Nå vet vi ikke hvem du er" in page
    for named in ("Jonas", "Logg ut", 'role="search"', "top-nav", "csrfmiddlewaretoken", "/konto/", 'class="menu"'):
        assert named not in page
    assert not answer.cookies
    assert not any("django_session" in one["sql"] or "access_user" in one["sql"] for one in queries)
    assert len(queries) <= 25


def test_the_questions_are_the_same_for_everybody(made, as_persona):
    address = reverse("answering", args=[made.pk])
    assert as_persona("jonas").get(address).content == as_persona(None).get(address).content


def test_every_question_lies_in_the_page(made, as_persona):
    page = as_persona(None).get(reverse("answering", args=[made.pk])).content.decode()
    assert re.findall(r'data-item="([^"]+)"', page) == ["rekker", "hjelp", "ord"]


def test_a_ballot_is_handed_in_without_cookie_session_or_token(made, person):
    voter = collect(made, person("jonas").pk)
    client = Client(enforce_csrf_checks=True)
    with CaptureQueriesContext(connection) as queries:
        answer = _hand_in(made, _body(voter), client)

    assert answer.json() == {"state": "accepted"}
    assert not answer.cookies
    assert not any("django_session" in one["sql"] for one in queries)
    assert in_the_urn(made).get().answers == ANSWERS


def test_handing_in_says_who_one_is_to_nobody_even_when_signed_in(made, person, as_persona):
    voter, client = collect(made, person("jonas").pk), as_persona("jonas")
    with CaptureQueriesContext(connection) as queries:
        assert _hand_in(made, _body(voter), client).status_code == 200
    told = [one["sql"] for one in queries if "byfolk_actor" in one["sql"] or "django_session" in one["sql"]]
    assert not told


def test_what_was_acknowledged_and_is_sent_again_is_already_there_and_counts_once(made, person):
    body = _body(collect(made, person("jonas").pk))

    assert [_hand_in(made, body).json()["state"] for _number in range(3)] == ["accepted", "already", "already"]
    assert (_ballots(made), in_the_urn(made).count()) == (1, 1)


@pytest.mark.parametrize(
    ("otherwise", "error", "says"),
    [
        ({"signature": _text(b"1" * 384)}, "forged", "ikke ekte"),
        ({"signature": _text(b"1" * 383)}, "truncated", "ikke hel"),
        ({"message": ""}, "truncated", "ikke hel"),
        ({"group": 2**40}, "other", "en annen undersøkelse"),
        ({"digest": "0" * 64}, "changed", "ikke til dette skjemaet"),
        ({"answers": {"rekker": 7}}, "answers", "Se over dem"),
        ({"answers": {"ord": "x" * 5000}}, "answers", "Se over dem"),
    ],
)
def test_a_ballot_that_cannot_be_taken_is_refused_in_words_and_changes_nothing(made, person, otherwise, error, says):
    answer = _hand_in(made, _body(collect(made, person("jonas").pk), **otherwise))

    assert answer.status_code == 409
    assert answer.json()["error"] == error
    assert says in answer.json()["message"]
    assert _ballots(made) == 0
    assert not in_the_urn(made).exists()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"x"', b"\xff", {}, {"group": "1"}, {"group": True}, {"group": -1},
        {"group": 1, "message": 5, "signature": "", "digest": "", "answers": {}},
        {"group": 1, "message": "", "signature": "", "digest": "", "answers": []},
        b'{"answers":' + b"[" * 50_000,
    ],
)  # fmt: skip
def test_what_is_no_ballot_is_refused(made, body):
    assert _hand_in(made, body).json()["error"] in ("truncated", "answers")


def test_a_megabyte_of_text_is_refused(made, person):
    answer = _hand_in(made, _body(collect(made, person("jonas").pk), answers={"ord": "x" * 1_000_000}))
    assert answer.status_code == 413
    assert not in_the_urn(made).exists()


def test_after_the_close_the_page_says_so_and_shows_all_codes(made, person, as_persona):
    voter = vote(made, person("jonas").pk)
    late = collect(made, person("solveig").pk)
    close(made.pk, now())
    client = as_persona(None)

    assert "er avsluttet" in client.get(reverse("answering", args=[made.pk])).content.decode()
    assert "avsluttet" in _hand_in(made, _body(late)).json()["message"]
    codes = client.get(reverse("counted_codes", args=[made.pk])).content.decode().split("\n")
    assert code_of(digest_of(voter.prepared_message)) in codes


def test_no_codes_are_shown_while_it_is_open(made, as_persona):
    assert as_persona(None).get(reverse("counted_codes", args=[made.pk])).status_code == 404


def test_the_check_answers_yes_or_no_and_nothing_more(made, person, as_persona):
    code = code_of(digest_of(vote(made, person("jonas").pk).prepared_message))
    client, address = as_persona(None), reverse("check_ballot", args=[made.pk])

    assert "Ligger i urnen</p>" in client.post(address, {"kode": code.lower()}).content.decode()
    assert "Finnes ikke" in client.post(address, {"kode": "0000 0000 0000"}).content.decode()
    asked = client.post(address, {"kode": code}, headers={"Accept": "application/json"})
    assert asked.json() == {"lies": True}


def test_collecting_and_handing_in_leave_no_line_in_the_log(made, person, as_persona, caplog):
    client, voter = as_persona("jonas"), collect(made, person("solveig").pk)
    caplog.set_level(logging.INFO, logger="byfolk.request")
    client.get("/om/personvern/")
    told = len(caplog.records)
    assert told > 0

    assert _hand_in(made, _body(voter)).status_code == 200
    key = bytes(Invitation.objects.get(campaign=made, person=person("jonas")).group.public_key)
    blinded = {"blinded": _text(new_ballot(key).message)}
    client.post(reverse("collect_ballot", args=[made.pk]), blinded, content_type="application/json")
    client.get(reverse("answering", args=[made.pk]))
    client.post(reverse("check_ballot", args=[made.pk]), {"kode": "0000 0000 0000"})
    assert len(caplog.records) == told


def test_answers_with_a_name_say_so_before_the_first_question_and_can_be_changed(as_persona, person):
    made = opened(mode=Mode.CONFIDENTIAL)
    client, address = as_persona("jonas"), reverse("survey", args=[made.pk])
    page = client.get(address).content.decode()
    assert page.index("Du svarer fortrolig") < page.index("Jeg rekker å gjøre jobben")

    for step in ("4", "2"):
        sent = client.post(reverse("survey_signed", args=[made.pk]), {"rekker": step, "hjelp": "", "ord": "<b>Ja</b>"})
        assert sent.status_code == 302
    assert SignedAnswer.objects.get(person=person("jonas")).answers == {"rekker": 2, "ord": "<b>Ja</b>"}
    page = client.get(sent.url).content.decode()
    assert "Svarene dine er levert" in page
    assert "&lt;b&gt;Ja&lt;/b&gt;" in page


def test_answers_with_a_name_leave_who_and_why_in_the_history(as_persona, person):
    made = opened(mode=Mode.CONFIDENTIAL)
    as_persona("jonas").post(reverse("survey_signed", args=[made.pk]), {"rekker": "4"})

    with connection.cursor() as cursor:
        cursor.execute(
            "select metadata ->> 'person' from pghistory_context where metadata ->> 'why' = 'answer_with_name'"
        )
        assert cursor.fetchall() == [(str(person("jonas").pk),)]


def test_the_home_page_asks_until_the_ballot_is_collected(made, as_persona, person):
    client = as_persona("jonas")
    assert "Svar på «Slik har vi det 2026»" in client.get("/").content.decode()
    collect(made, person("jonas").pk)
    assert "Svar på «Slik har vi det 2026»" not in client.get("/").content.decode()


def test_answers_with_a_name_that_cannot_be_are_said_at_the_question_and_kept_in_the_form(as_persona):
    made = opened(mode=Mode.NAMED)
    sent = as_persona("jonas").post(
        reverse("survey_signed", args=[made.pk]), {"rekker": "4", "ord": "x" * 4001}
    )  # fmt: skip
    page = sent.content.decode()

    assert sent.status_code == 422
    assert "høyst 4000 tegn" in page
    assert 'value="4" checked' in page
    assert not SignedAnswer.objects.exists()


def test_an_anonymous_survey_takes_no_answers_with_a_name(made, as_persona):
    assert as_persona("jonas").post(reverse("survey_signed", args=[made.pk]), {"rekker": "4"}).status_code == 404


def test_the_script_that_works_without_a_connection_lies_under_its_survey_as_long_as_it_is_open(made, as_persona):
    address, client = reverse("page_worker", args=[made.pk]), as_persona("jonas")
    answer = client.get(address)

    assert address.startswith(reverse("answering", args=[made.pk]))
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "Service-Worker-Allowed" not in answer
    assert "worker-src 'self';" in answer["Content-Security-Policy"]
    assert not answer.cookies
    close(made.pk, now())
    assert client.get(address).status_code == 404


def test_the_same_envelope_again_gets_the_same_stamp_on_any_device_and_another_gets_none(made, as_persona, person):
    key = bytes(Invitation.objects.get(campaign=made, person=person("jonas")).group.public_key)
    address, mine, other = reverse("collect_ballot", args=[made.pk]), new_ballot(key), new_ballot(key)

    def stamped(message: bytes) -> tuple[int, str]:
        answer = as_persona("jonas").post(address, {"blinded": _text(message)}, content_type="application/json")
        return answer.status_code, answer.json().get("signature", "")

    first = stamped(mine.message)
    assert first[0] == 200
    assert stamped(mine.message) == first
    assert stamped(other.message) == (409, "")
    assert stamped(mine.message) == first
