"""Making piles of codes in the portal."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from byfolk.areas.surveys.campaigns import paper
from byfolk.engines.questionnaires.ballots.codes import letters_of
from byfolk.engines.questionnaires.ballots.models import PaperCode
from byfolk.engines.questionnaires.ballots.paper_codes import paper_digest, read_code
from byfolk.engines.questionnaires.campaigns.models import Invitation
from tests.engines.questionnaires.piles_of_codes import drawn, opened_on_paper

pytestmark = pytest.mark.django_db


def _text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def _codes(text: str) -> set[str]:
    found = set()
    for line in text.splitlines():
        try:
            found.add(read_code(line))
        except ValueError:
            continue
    return found


def test_the_leader_is_told_at_home_and_makes_the_pile(as_persona):
    _made, group = opened_on_paper()
    client = as_persona("amir")
    assert "Skriv ut koder til" in client.get(reverse("home")).content.decode()
    page = client.get(reverse("paper_piles")).content.decode()
    assert "En bunke kan bare lages én gang" in page

    answer = client.post(reverse("draw_pile", args=[group.pk]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    codes = _codes(_text(answer.content))
    assert {paper_digest(code) for code in codes} == {
        bytes(digest) for digest in PaperCode.objects.filter(group=group).values_list("digest", flat=True)
    }
    assert len(codes) == 6
    assert "Laget" in client.get(reverse("paper_piles")).content.decode()


def test_the_slips_say_where_until_when_and_that_nobody_notes_who_draws_which(as_persona):
    _made, group = opened_on_paper()
    text = _text(as_persona("amir").post(reverse("draw_pile", args=[group.pk])).content)
    said = " ".join(text.split())
    assert "undersokelser/kode" in said.replace(" ", "")
    assert "Siste dag er" in said
    assert "Ingen skal skrive opp hvem som trakk hvilken" in said


def test_a_pile_that_is_made_is_refused_in_words(as_persona, person):
    _made, group = opened_on_paper()
    drawn(group, person("amir").pk)
    answer = as_persona("amir").post(reverse("draw_pile", args=[group.pk]))
    assert answer.status_code == 409
    assert "Alle i gruppen har fått koden sin" in answer.content.decode()


def test_those_who_run_it_make_a_lost_pile_anew(as_persona, person):
    _made, group = opened_on_paper()
    first = drawn(group, person("amir").pk)
    answer = as_persona("mette").post(reverse("draw_pile", args=[group.pk]), {"igjen": "1"})
    codes = _codes(_text(answer.content))
    assert answer.status_code == 200
    assert codes.isdisjoint(letters_of(code) for code in first)
    assert len(codes) == len(first)


def test_who_may_not_finds_no_pile_and_nothing_is_drawn(as_persona):
    _made, group = opened_on_paper()
    for who in ("jonas", "ingrid", "lise", None):
        assert as_persona(who).post(reverse("draw_pile", args=[group.pk])).status_code == 404
    assert not PaperCode.objects.exists()
    assert not Invitation.objects.filter(group=group, collected=True).exists()


def test_who_gets_a_slip_is_told_so_on_the_promise(as_persona, person):
    made, group = opened_on_paper()
    of_pile = Invitation.objects.filter(group=group, paper=True)[0]
    Invitation.objects.filter(campaign=made, person=person("jonas")).update(paper=True, collected=True)
    assert of_pile.paper
    page = as_persona("jonas").get(reverse("survey", args=[made.pk])).content.decode()
    assert "Stemmeseddelen din er en lapp med kode" in page


def test_the_page_takes_few_queries(as_persona):
    opened_on_paper()
    client = as_persona("mette")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("paper_piles")).status_code == 200
    assert len(queries) <= 25


def test_a_long_list_of_piles_comes_a_page_at_a_time_and_is_searched(as_persona, monkeypatch):
    made, _group = opened_on_paper()
    Invitation.objects.filter(campaign=made).update(paper=True)
    monkeypatch.setattr(paper, "PAGE", 1)
    client, here = as_persona("kari"), reverse("paper_piles")
    first, second = (client.get(here, {"page": page}).context["campaigns"][0]["piles"] for page in ("1", "2"))
    assert (len(first), len(second)) == (1, 1)
    assert first[0]["name"] != second[0]["name"]
    found = client.get(here, {"q": second[0]["name"].upper()})
    assert second[0]["group"] in [pile["group"] for pile in found.context["campaigns"][0]["piles"]]
    assert "Vi fant ingen med det navnet." in client.get(here, {"q": "_%"}).content.decode()
