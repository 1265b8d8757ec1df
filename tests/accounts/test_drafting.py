"""Writing a draft in the portal: who may, what two people see who write at once, and what is asked of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from byfolk.accounts import editing, editions
from byfolk.accounts.models import Comment, Edition, Section, Snapshot
from byfolk.accounts.registrations import cards
from byfolk.engines.actions.letters import send_letters
from byfolk.engines.actions.models import OPEN, Action
from byfolk.engines.indicators import actions as indicator_actions
from byfolk.engines.indicators import queries as indicators
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.models import Figure, Note
from byfolk.engines.indicators.states import State
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.kernel.registry import HomeAsk
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import OSLO, today
from tests.accounts.reading import words_of_html

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
CARE, DRAFT = "210", "/personalregnskap/2025/210/utkast/"
CITY = "/personalregnskap/2025/1/utkast/"
STAFF = f"{DRAFT}kapittel/ansatte/"
Sign = Callable[[str | None], Any]
Become = Callable[[str], AbstractContextManager[Actor]]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    caches["drawings"].clear()


@pytest.fixture
def draft(as_actor: Become) -> Edition:
    """The care agency's draft for 2025."""
    with as_actor("amir") as amir:
        return editing.begin(actor=amir, unit=Unit.objects.get(code=CARE), year=2025, now=NOW)


def words(answer: Any) -> str:
    """What stands on a page."""
    assert answer.status_code == 200
    return words_of_html(answer.content.decode())


def test_whoever_leads_or_helps_the_agency_begins_its_draft(as_persona: Sign) -> None:
    mette = as_persona("mette")
    assert "Ingen har begynt på et utkast" in words(mette.get(DRAFT))
    assert mette.post(f"{DRAFT}begynn/").status_code == 302
    page = words(mette.get(DRAFT))
    assert "Utkast til versjon 1" in page
    assert "kapitler har tekst" in page
    assert "Likestilling" in page
    assert "Ikke skrevet" in page


def test_beginning_twice_is_one_draft(draft: Edition, as_persona: Sign) -> None:
    assert as_persona("mette").post(f"{DRAFT}begynn/").status_code == 302
    assert Edition.objects.filter(unit=draft.unit).count() == 1


@pytest.mark.parametrize("year", [2019, 2026])
def test_a_year_without_figures_has_no_draft(as_persona: Sign, year: int) -> None:
    assert as_persona("amir").get(f"/personalregnskap/{year}/210/utkast/").status_code == 404
    assert as_persona("amir").post(f"/personalregnskap/{year}/210/utkast/begynn/").status_code == 404


def test_unions_and_the_hr_direction_read_an_agencys_draft_and_do_not_write_in_it(
    draft: Edition, as_persona: Sign
) -> None:
    for key in ("tor", "kari"):
        client = as_persona(key)
        page = client.get(STAFF)
        assert "Lagre teksten" not in words(page)
        assert client.post(STAFF, {"text": "Mitt", "version": 1}).status_code == 404
        assert client.get(f"{DRAFT}frys/").status_code == 404
        assert "Frys personalregnskapet" not in words(client.get(DRAFT))


@pytest.mark.parametrize("key", ["jonas", "solveig", "ingrid", "lise", "per", "anne", "nora"])
def test_others_find_no_draft(draft: Edition, as_persona: Sign, key: str) -> None:
    for path in (DRAFT, STAFF, f"{DRAFT}les/", f"{DRAFT}frys/", CITY):
        assert as_persona(key).get(path).status_code == 404


def test_the_database_shows_drafts_to_their_readers_only(draft: Edition, as_actor: Become) -> None:
    seen = {}
    for key in ("amir", "mette", "kari", "tor", "solveig", "jonas", "ingrid", "per"):
        with as_actor(key):
            seen[key] = Edition.objects.filter(unit=draft.unit_id).count()
    assert [key for key, n in seen.items() if n] == ["amir", "mette", "kari", "tor"]


def test_the_database_lets_nobody_else_write(draft: Edition, as_actor: Become) -> None:
    for key in ("tor", "solveig", "jonas"):
        with as_actor(key), pytest.raises(DatabaseError), transaction.atomic():
            Section.objects.create(edition=draft, unit_id=draft.unit_id, anchor="ansatte", text="Mitt")
    home = Unit.objects.get(code="2100001")
    with as_actor("solveig"), pytest.raises(DatabaseError), transaction.atomic():
        # In the own unit, of another's edition.
        Section.objects.create(edition=draft, unit_id=home.pk, anchor="ansatte", text="Mitt")


def test_a_text_is_written_with_marks_and_read_without_html(draft: Edition, as_persona: Sign) -> None:
    amir = as_persona("amir")
    text = "Vi er **flere**.\n\n- Sykepleiere\n- <b>Leger</b>\n\nHodetallet er [tall:headcount]."
    assert amir.post(STAFF, {"text": text, "version": 1}).status_code == 302
    page = amir.get(f"{DRAFT}les/").content.decode()
    assert "<strong>flere</strong>" in page
    assert "<li>Sykepleiere</li>" in page
    assert "&lt;b&gt;Leger&lt;/b&gt;" in page
    assert "[tall:" not in page.split("<main")[1]
    assert "Dette er et utkast." in words_of_html(page)


def test_the_second_of_two_writers_is_told_and_keeps_the_text(draft: Edition, as_persona: Sign) -> None:
    amir, mette = as_persona("amir"), as_persona("mette")
    assert mette.post(STAFF, {"text": "Mettes tekst", "version": 1}).status_code == 302
    answer = amir.post(STAFF, {"text": "Amirs tekst", "version": 1})
    page = words(answer)
    assert "Mette Vik har endret kapitlet mens du skrev." in page
    assert "Mettes tekst" in page
    assert "Amirs tekst" in page
    assert Section.objects.get(edition=draft).text == "Mettes tekst"
    assert 'name="version" value="2"' in answer.content.decode()
    assert amir.post(STAFF, {"text": "Amirs tekst", "version": 2}).status_code == 302
    assert Section.objects.get(edition=draft).text == "Amirs tekst"


def test_next_years_plan_has_a_list(draft: Edition, as_persona: Sign) -> None:
    amir = as_persona("amir")
    url = f"{DRAFT}kapittel/neste-ar/"
    assert "Hva skal dere gjøre?" in words(amir.get(url))
    amir.post(url, {"text": "Planen", "points": "Fast samtale\n\nHeltid først\n", "version": 1})
    assert Section.objects.get(edition=draft).points == ["Fast samtale", "Heltid først"]
    assert "<li>Heltid først</li>" in amir.get(f"{DRAFT}les/").content.decode()


@pytest.mark.parametrize("anchor", ["slik-er-det-laget", "finnes-ikke"])
def test_nobody_writes_in_a_chapter_that_is_not_theirs(draft: Edition, as_persona: Sign, anchor: str) -> None:
    url = f"{DRAFT}kapittel/{anchor}/"
    assert as_persona("amir").get(url).status_code == 404
    assert as_persona("amir").post(url, {"text": "Mitt", "version": 1}).status_code == 404
    assert not Section.objects.filter(edition=draft).exists()


def test_a_text_that_is_too_long_is_said_to_be(draft: Edition, as_persona: Sign) -> None:
    answer = as_persona("amir").post(STAFF, {"text": "a" * 20_001, "version": 1})
    assert "Teksten er for lang." in words(answer)


def test_somebody_who_may_write_is_asked_and_sees_it_at_home(
    draft: Edition, as_persona: Sign, as_actor: Become, person: Any
) -> None:
    amir, mette = as_persona("amir"), person("mette")
    due = today() + dt.timedelta(days=5)
    page = words(amir.get(STAFF))
    assert "Mette Vik" in page
    assert "Solveig" not in page
    assert amir.post(f"{STAFF}be/", {"contributor": mette.pk, "due": due.isoformat()}).status_code == 302
    assert "Mette Vik skriver, frist" in words(amir.get(DRAFT))
    with as_actor("mette") as actor:
        (card,) = cards(HomeAsk(actor, today()))
        assert card.url == STAFF
        assert "Personalregnskap 2025" in card.title + card.text
    assert as_persona("mette").post(STAFF, {"text": "Ferdig", "version": 1}).status_code == 302
    with as_actor("mette") as actor:
        assert list(cards(HomeAsk(actor, today()))) == []


def test_only_who_may_write_is_asked_and_only_by_a_day_to_come(draft: Edition, as_persona: Sign, person: Any) -> None:
    amir = as_persona("amir")
    assert amir.post(f"{STAFF}be/", {"contributor": person("jonas").pk}).status_code == 200
    late = {"contributor": person("mette").pk, "due": "2020-01-01"}
    assert "Velg en dag som ikke er over" in words(amir.post(f"{STAFF}be/", late))
    assert as_persona("tor").post(f"{STAFF}be/", {"contributor": ""}).status_code == 404
    assert not Section.objects.filter(edition=draft).exists()


def test_readers_comment_and_a_comment_stands(draft: Edition, as_persona: Sign) -> None:
    tor = as_persona("tor")
    assert tor.post(f"{STAFF}kommentar/", {"text": "Nevn vikarene."}).status_code == 302
    page = words(as_persona("amir").get(STAFF))
    assert "Tor Bakke" in page
    assert "Nevn vikarene." in page
    assert "1 kommentar" in words(as_persona("amir").get(DRAFT))
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.update(text="Noe annet")
    assert as_persona("amir").get(f"{DRAFT}kast/").status_code == 404


def test_a_draft_that_nobody_has_commented_on_can_be_thrown_away(draft: Edition, as_persona: Sign) -> None:
    amir = as_persona("amir")
    amir.post(STAFF, {"text": "Mitt", "version": 1})
    assert "Kaste utkastet?" in words(amir.get(f"{DRAFT}kast/"))
    assert amir.post(f"{DRAFT}kast/").status_code == 302
    assert not Edition.objects.filter(pk=draft.pk).exists()


def test_whoever_signs_is_told_what_is_missing_first_and_then_all_read_the_frozen_edition(
    draft: Edition, as_persona: Sign
) -> None:
    amir, jonas = as_persona("amir"), as_persona("jonas")
    amir.post(STAFF, {"text": "Vi er flere.", "version": 1})
    page = words(amir.get(f"{DRAFT}frys/"))
    assert page.index("Kapitlet «Likestilling» har ingen tekst.") < page.index("Hvorfor fryses det nå?")
    assert "Skriv hvorfor regnskapet fryses" in words(amir.post(f"{DRAFT}frys/", {"reason": ""}))
    assert "Vi er flere." not in words(jonas.get("/personalregnskap/2025/210/"))
    assert amir.post(f"{DRAFT}frys/", {"reason": "Behandlet i ledermøtet"}).status_code == 302
    kept = Snapshot.objects.get(edition=draft)
    page = words(jonas.get("/personalregnskap/2025/210/"))
    for said in ("Vi er flere.", "Amir Rahimi", "Behandlet i ledermøtet", kept.sha256):
        assert said in page
    assert kept.sha256 in words(jonas.get("/personalregnskap/2025/210/versjoner/"))
    assert jonas.get("/personalregnskap/2025/210/versjon/1/").status_code == 200
    assert jonas.get("/personalregnskap/2025/210/versjon/2/").status_code == 404
    name = "personalregnskap-2025-210-v1.xlsx"
    assert name in jonas.get("/personalregnskap/2025/210/versjon/1/regneark/")["Content-Disposition"]
    assert as_persona("amir").get(STAFF).status_code == 404


def test_a_figure_that_became_hidden_is_told_before_freezing_and_in_the_frozen_text(
    draft: Edition, as_persona: Sign
) -> None:
    amir = as_persona("amir")
    shown = [key.partition("/")[0] for key in draft.shown if key.endswith("/2025")]
    code = next(code for code in shown if code != "headcount")
    amir.post(STAFF, {"text": f"Tallet er [tall:{code}].", "version": 1})
    key = registry.indicator(code).key
    hidden = Figure.objects.filter(unit=draft.unit_id, indicator=key, period=dt.date(2025, 12, 1))
    hidden.update(value=None, numerator=None, denominator=None, n=None, state=State.HIDDEN_SMALL)
    page = words(amir.get(f"{DRAFT}frys/"))
    assert "er skjult nå, men ble vist da utkastet ble begynt." in page
    assert "nevner et tall uten verdi" in page
    amir.post(f"{DRAFT}frys/", {"reason": "Behandlet"})
    page = words(as_persona("jonas").get("/personalregnskap/2025/210/"))
    assert "Tallet er (skjult:" in page
    assert "Skjult mens regnskapet ble skrevet" in page


WHY = "Vi åpnet to nye avdelinger etter sommeren."


@pytest.fixture
def explained(draft: Edition, as_actor: Become) -> Note:
    """The care agency has said why its head count of December 2025 is as it is."""
    with as_actor("amir") as amir:
        figure = indicators.figure(amir, "headcount", draft.unit_id, dt.date(2025, 12, 1)).shown
        assert figure is not None
        return indicator_actions.write_note(actor=amir, figure=figure, text=WHY, version=0, now=NOW)


def test_an_explanation_of_a_figure_is_offered_beside_its_chapter_and_not_in_the_text(
    explained: Note, as_persona: Sign
) -> None:
    page = words(as_persona("mette").get(STAFF))
    assert WHY in page
    assert "Bare det dere tar inn i teksten, blir med i regnskapet." in page
    assert WHY not in words(as_persona("mette").get(f"{DRAFT}kapittel/likestilling/"))
    assert WHY not in words(as_persona("mette").get(f"{DRAFT}les/"))


def test_an_explanation_is_taken_into_what_is_written_so_far_and_saved_by_whoever_writes(
    explained: Note, as_persona: Sign
) -> None:
    mette = as_persona("mette")
    answer = mette.post(STAFF, {"text": "Vi vokser.", "version": 1, "take": explained.pk})
    assert f"Vi vokser.\n\n{WHY}</textarea>" in answer.content.decode()
    assert "Den er ikke lagret ennå." in words(answer)
    assert not Section.objects.filter(edition__unit=explained.unit).exists()
    mette.post(STAFF, {"text": f"Vi vokser.\n\n{WHY}", "version": 1})
    assert WHY in words(mette.get(f"{DRAFT}les/"))


@pytest.mark.parametrize("wanted", ["0", "x", "9" * 30])
def test_only_an_explanation_of_the_chapters_figures_is_taken_in(
    explained: Note, as_persona: Sign, wanted: str
) -> None:
    assert as_persona("mette").post(STAFF, {"text": "", "version": 1, "take": wanted}).status_code == 404
    equality = f"{DRAFT}kapittel/likestilling/"
    assert as_persona("mette").post(equality, {"version": 1, "take": explained.pk}).status_code == 404
    assert as_persona("tor").post(STAFF, {"version": 1, "take": explained.pk}).status_code == 404


@pytest.mark.parametrize("path", ["", "les/", "frys/", "kapittel/ansatte/", "kapittel/neste-ar/"])
def test_a_page_of_the_citys_draft_takes_at_most_twenty_five_queries(
    as_persona: Sign, as_actor: Become, path: str
) -> None:
    with as_actor("kari") as kari:
        made = editing.begin(actor=kari, unit=Unit.objects.get(code="1"), year=2025, now=NOW)
        editing.ask_to_write(
            actor=kari, edition=made, anchor="ansatte", contributor=kari.own_id, due=today(), on=today()
        )
        editing.comment_on_section(actor=kari, edition=made, anchor="ansatte", text="Se på dette", now=NOW)
    client = as_persona("kari")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{CITY}{path}").status_code == 200
    assert len(queries) <= 25


def test_a_frozen_page_takes_few_queries(as_persona: Sign, as_actor: Become) -> None:
    with as_actor("kari") as kari:
        made = editing.begin(actor=kari, unit=Unit.objects.get(code="1"), year=2025, now=NOW)
        editing.freeze(actor=kari, edition=made, reason="Vedtatt", now=NOW)
    client = as_persona("jonas")
    for path in ("/personalregnskap/2025/", "/personalregnskap/2025/1/versjoner/"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        assert len(queries) <= 12


def test_a_draft_of_the_city_says_what_is_lacking_for_the_city(as_actor: Become) -> None:
    with as_actor("kari") as kari:
        desk = editions.desk(kari, "1")
        assert (desk.may_write, desk.may_freeze) == (True, True)
        care = editions.desk(kari, CARE)
        assert (care.may_write, care.may_freeze) == (False, False)


def test_whoever_is_asked_to_write_is_reminded_by_mail_until_it_is_written(
    draft: Edition, as_actor: Become, person: Any, mailoutbox: list[Any]
) -> None:
    mette, monday = person("mette"), dt.datetime(2026, 3, 2, 9, tzinfo=OSLO)
    Person.objects.filter(pk=mette.pk).update(work_email="mette@storvik.example")
    Action.objects.filter(state__in=OPEN).update(state="done")
    with as_actor("amir") as amir:
        editing.ask_to_write(actor=amir, edition=draft, anchor="ansatte", contributor=mette.pk, due=today(), on=today())
    assert send_letters(monday) == 1
    (letter,) = mailoutbox
    assert letter.to == ["mette@storvik.example"]
    assert letter.subject == "Dette venter på deg denne uken"
    assert f"Skriv i personalregnskap 2025, {draft.unit.name}" in letter.body
    assert STAFF in letter.body
    with as_actor("mette") as actor:
        editing.write_section(
            actor=actor, edition=draft, anchor="ansatte", text="Ferdig", points=[], version=1, now=NOW
        )
    assert send_letters(monday + dt.timedelta(days=7)) == 0
