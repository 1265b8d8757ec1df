"""What cannot be taken, one by one, through the pages: each is told in the language of the page, and changes nothing.

Tried elsewhere: a unit of one (`campaigns/test_lifecycle.py`), all answers alike (`results/test_deciding.py`), and what
is no ballot at all (`test_answering.py`).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from byfolk.engines.questionnaires.campaigns.closing import close
from byfolk.engines.questionnaires.campaigns.models import Campaign, Invitation, Mode
from byfolk.kernel.time import now
from tests.engines.questionnaires.rounds import Voter, collect, opened, vote

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
LANGUAGES = ("nb", "nn", "en")


@pytest.fixture
def made() -> Campaign:
    return opened()


def _rows() -> dict[str, int]:
    """How many rows every table of the engine has, and all histories together."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
            " and (relname like 'questionnaires%%' or relname = 'pghistory_context') order by 1"
        )
        tables = [name for (name,) in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(f'select count(*) from "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


@contextmanager
def _nothing_changes() -> Iterator[None]:
    before = _rows()
    yield
    assert _rows() == before


def _body(voter: Voter, **otherwise: object) -> dict[str, object]:
    honest: dict[str, object] = {
        "group": voter.group_id, "message": _text(voter.prepared_message), "signature": _text(voter.signature),
        "digest": voter.campaign.version.digest, "answers": {"rekker": 4},
    }  # fmt: skip
    return honest | otherwise


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _hand_in(made: Campaign, body: dict[str, object], language: str) -> tuple[int, str]:
    answer = Client().post(
        reverse("hand_in", args=[made.pk]), json.dumps(body), content_type="application/json",
        headers={"accept-language": language},
    )  # fmt: skip
    return answer.status_code, answer.json().get("message", "")


SPOILT: dict[str, Callable[[Voter], dict[str, object]]] = {
    "forged": lambda voter: _body(voter, signature=_text(bytes(384))),
    "of another ballot": lambda voter: _body(voter, message=_text(bytes(64))),
    "truncated signature": lambda voter: _body(voter, signature=_text(voter.signature[:-1])),
    "truncated ballot": lambda voter: _body(voter, message=_text(voter.prepared_message[:-1])),
    "no such group": lambda voter: _body(voter, group=2**62),
    "changed instrument": lambda voter: _body(voter, digest="f" * 64),
    "a megabyte of text": lambda voter: _body(voter, answers={"ord": "x" * 1_000_000}),
    "a text that is too long": lambda voter: _body(voter, answers={"ord": "x" * 4001}),
    "no such question": lambda voter: _body(voter, answers={"lunsj": 4}),
    "no such step": lambda voter: _body(voter, answers={"rekker": 6}),
    "script in the place of a number": lambda voter: _body(voter, answers={"rekker": SCRIPT}),
    "script in the place of a ballot": lambda voter: _body(voter, message=SCRIPT),
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_ballot_is_refused_in_the_language_of_the_page(made, person, name) -> None:
    body = SPOILT[name](collect(made, person("jonas").pk))
    with _nothing_changes():
        told = [_hand_in(made, body, language) for language in LANGUAGES]
    assert {status for status, _words in told} <= {400, 409, 413}
    assert len({words for _status, words in told}) == 3
    assert all(words and SCRIPT not in words for _status, words in told)


def test_a_ballot_of_another_campaign_is_refused(made, person) -> None:
    other = opened(code="en-annen")
    body = _body(collect(other, person("jonas").pk))
    with _nothing_changes():
        told = [_hand_in(made, body, language) for language in LANGUAGES]
    assert [status for status, _words in told] == [409, 409, 409]
    assert "en annen undersøkelse" in told[0][1]
    assert len({words for _status, words in told}) == 3


def test_a_ballot_that_is_used_again_changes_nothing(made, person) -> None:
    body = _body(vote(made, person("jonas").pk))
    with _nothing_changes():
        assert _hand_in(made, body | {"answers": {"rekker": 1}}, "nb")[0] == 200


def test_answers_after_the_close_are_refused(made, person) -> None:
    body = _body(collect(made, person("jonas").pk))
    close(made.pk, now())
    with _nothing_changes():
        told = [_hand_in(made, body, language) for language in LANGUAGES]
    assert [status for status, _words in told] == [409, 409, 409]
    assert "avsluttet" in told[0][1]
    assert len({words for _status, words in told}) == 3


def test_a_ballot_is_not_collected_after_the_close(made, as_persona) -> None:
    client = as_persona("jonas")
    close(made.pk, now())
    with _nothing_changes():
        answer = client.post(
            reverse("collect_ballot", args=[made.pk]), {"blinded": _text(bytes(384))}, content_type="application/json"
        )
    assert answer.status_code in (404, 409)
    assert not Invitation.objects.filter(campaign=made, collected=True).exists()


@pytest.mark.parametrize("mode", [Mode.CONFIDENTIAL, Mode.NAMED])
@pytest.mark.parametrize(
    ("posted", "says"),
    [
        ({"rekker": "6"}, "Svaret hører ikke til dette skjemaet"),
        ({"rekker": SCRIPT}, "Svaret kan ikke leses"),
        ({"ord": "x" * 1_000_000}, "Svarene er til sammen for store"),
        ({"ord": "x" * 4001}, "høyst 4000 tegn"),
    ],
)
def test_signed_answers_that_cannot_be_are_refused_in_words(as_persona, mode, posted, says) -> None:
    made, client = opened(mode=mode), as_persona("jonas")
    with _nothing_changes():
        answer = client.post(reverse("survey_signed", args=[made.pk]), posted)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert SCRIPT not in page


def test_signed_answers_after_the_close_are_refused_in_words(as_persona) -> None:
    made, client = opened(mode=Mode.CONFIDENTIAL), as_persona("jonas")
    close(made.pk, now())
    for language, says in (
        ("nb", "Undersøkelsen er avsluttet. Svarene er ikke levert."),
        ("nn", "Undersøkinga er avslutta. Svara er ikkje leverte."),
        ("en", "The survey is closed. The answers are not handed in."),
    ):
        with _nothing_changes():
            answer = client.post(
                reverse("survey_signed", args=[made.pk]), {"rekker": "4"}, headers={"accept-language": language}
            )
        assert answer.status_code == 409
        assert says in answer.content.decode()


def test_answers_of_whoever_is_not_invited_are_not_taken(as_persona) -> None:
    made, client = opened(mode=Mode.NAMED), as_persona("ingrid")
    with _nothing_changes():
        assert client.post(reverse("survey_signed", args=[made.pk]), {"rekker": "4"}).status_code == 404
