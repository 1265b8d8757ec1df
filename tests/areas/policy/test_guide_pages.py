"""Guides in the portal: found, read, written, published, ended, and confirmed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.library.models import Document, Receipt, State, Version
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import today

AsPersona = Callable[[str | None], Client]
SICK = "folg-opp-den-som-er-syk"
FULL_TIME = "heltid-og-deltid"
GOAL = "godt-og-inkluderende-arbeidsmiljo"
pytestmark = pytest.mark.django_db


def text(response) -> str:  # type: ignore[no-untyped-def]
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def kari(as_persona: AsPersona) -> Client:
    return as_persona("kari")


def publish(number: int = 1, title: str = "Kaffe på jobb", said: str = "Kaffe er gratis.", **more: object) -> Document:
    """A guide of the municipality's that holds from long ago."""
    unit = Unit.objects.get(code=ROOT_CODE)
    made = Document.objects.create(code=f"kaffe-{number}", kind="guide", unit=unit, made_on=today())
    Version.objects.create(
        document=made, unit=unit, number=1, title={"nb": title}, text={"nb": said}, state=State.PUBLISHED,
        valid=(dt.date(2020, 1, 1), None), **more,
    )  # fmt: skip
    return made


class TestReading:
    """What everyone who works here finds."""

    def test_the_list_says_how_many_hold_and_whose_they_are(self, as_persona: AsPersona) -> None:
        page = text(as_persona("jonas").get("/veiledere"))

        assert "12 veiledere gjelder nå" in page
        assert "Fristene i loven, hva du gjør som leder, og hva du ikke skal spørre om." in page
        assert "Omsorgsetaten" in page
        assert "Skriv en veileder" not in page

    def test_a_word_is_enough_and_a_goal_narrows_it(self, as_persona: AsPersona) -> None:
        jonas = as_persona("jonas")

        assert "Følg opp den som er syk" in text(jonas.get("/veiledere?q=dialogm"))
        found = text(jonas.get("/veiledere?mal=apen-kommune"))
        assert "2 veiledere hører til målet" in found
        assert "Lønnssamtalen" not in found

    def test_a_search_that_finds_nothing_says_what_to_do(self, as_persona: AsPersona) -> None:
        page = text(as_persona("jonas").get("/veiledere?q=romferge"))

        assert "Ingen veiledere passer" in page
        assert "Vis alle veiledere" in page

    def test_an_empty_library_says_so(self, as_persona: AsPersona) -> None:
        with connection.cursor() as cursor:
            cursor.execute("delete from library_entry")
        assert "Ingen veiledere gjelder ennå" in text(as_persona("jonas").get("/veiledere"))

    def test_more_than_a_page_are_leafed_through(self, as_persona: AsPersona) -> None:
        for number in range(12):
            publish(number, f"Kaffe {number}")
        jonas = as_persona("jonas")

        assert "Side 1 av 2" in text(jonas.get("/veiledere"))
        last = text(jonas.get("/veiledere?q=kaffe&page=1"))
        assert "12 veiledere passer til søket" in last
        for wrong in ("0", "-1", "999", "x", "²"):
            assert jonas.get(f"/veiledere?page={wrong}").status_code == 200

    def test_a_guide_says_what_it_serves_whose_it_is_and_since_when(self, as_persona: AsPersona) -> None:
        page = text(as_persona("jonas").get(f"/veiledere/{SICK}"))

        assert "Innen sju uker:" in page
        assert "Godt og inkluderende arbeidsmiljø" in page
        assert "Sykefravær" in page
        assert "Gjelder fra 1. juli 2026." in page
        assert "Eieren ser over den igjen 30. juni 2027" in page
        assert "Gjaldt fra 1. juli 2025 til 30. juni 2026." in page

    def test_an_old_edition_stays_readable_with_a_clear_mark(self, as_persona: AsPersona) -> None:
        page = text(as_persona("jonas").get(f"/veiledere/{SICK}/utgaver/1"))

        assert "Denne utgaven gjaldt fra 1. juli 2025 til 30. juni 2026." in page
        assert "Les utgaven som gjelder" in page
        assert "Slik gjør du det" in page

    def test_what_changed_between_two_editions_is_marked(self, as_persona: AsPersona) -> None:
        page = as_persona("jonas").get(f"/veiledere/{SICK}/sammenlign")

        assert "9 avsnitt er nye, 3 er borte, 3 er endret" in text(page)
        assert "<ins>" in page.content.decode()

    def test_a_reader_of_another_language_gets_it_or_is_told_that_it_is_missing(self, as_persona: AsPersona) -> None:
        jonas = as_persona("jonas")
        jonas.cookies["django_language"] = "nn"
        assert "Innan sju veker:" in text(jonas.get(f"/veiledere/{SICK}"))
        page = jonas.get("/veiledere/lonnssamtalen")
        assert "Du leser den på bokmål" in text(page) or "Du les han på bokmål" in text(page)
        assert 'lang="nb"' in page.content.decode()

    def test_it_can_be_taken_out_as_a_file(self, as_persona: AsPersona) -> None:
        answer = as_persona("jonas").get(f"/veiledere/{SICK}/utgaver/2/fil")

        assert answer.headers["Content-Disposition"] == f'attachment; filename="{SICK}.2.md"'
        assert answer.content.startswith(b"---\ncode: folg-opp-den-som-er-syk\n")

    def test_the_one_search_finds_it(self, as_persona: AsPersona) -> None:
        assert "Følg opp den som er syk" in text(as_persona("jonas").get("/sok/?q=oppf%C3%B8lgingsplan"))

    def test_markup_in_a_text_is_shown_and_never_run(self, as_persona: AsPersona) -> None:
        made = publish(said="<script>alert(1)</script> [x](javascript:alert(1))")
        page = as_persona("jonas").get(f"/veiledere/{made.code}").content.decode()

        assert "<script>alert" not in page
        assert 'href="javascript' not in page


class TestBeside:
    """Where guides stand beside other things."""

    def test_a_goal_shows_the_guides_that_serve_it(self, as_persona: AsPersona) -> None:
        assert "Medarbeidersamtalen" in text(as_persona("jonas").get(f"/personalpolitikk/mal/{GOAL}"))

    def test_an_area_of_the_policy_leads_to_them(self, as_persona: AsPersona) -> None:
        page = as_persona("jonas").get("/personalpolitikk/1/omrade/medarbeidere-og-arbeidsmiljo")

        assert "3 veiledere" in text(page)
        assert f"/veiledere?mal={GOAL}" in page.content.decode()

    def test_a_figure_shows_its_guides_also_after_one_is_new(self, as_persona: AsPersona) -> None:
        solveig = as_persona("solveig")
        assert "Følg opp den som er syk" in text(solveig.get(f"/tall/sick_leave/{NURSING_HOME_CODE}"))
        publish(title="Ny om fravær", indicators=["sick_leave"])

        assert "Ny om fravær" in text(solveig.get(f"/tall/sick_leave/{NURSING_HOME_CODE}"))

    def test_a_leader_who_has_not_confirmed_finds_it_at_home(self, as_persona: AsPersona) -> None:
        assert "Bekreft at du har lest" in text(as_persona("solveig").get("/"))
        assert "Bekreft at du har lest" not in text(as_persona("amir").get("/"))
        assert "Bekreft at du har lest" not in text(as_persona("jonas").get("/"))

    @pytest.mark.parametrize("key", ["kari", "solveig"])
    def test_no_page_asks_more_than_25_questions_however_many_guides_there_are(
        self, as_persona: AsPersona, key: str
    ) -> None:
        client = as_persona(key)
        for number in range(40):
            publish(number, f"Kaffe {number}", goals=[GOAL], indicators=["sick_leave"])
        for address in (
            "/",
            "/veiledere",
            "/veiledere?q=kaffe",
            f"/veiledere/{SICK}",
            f"/veiledere/{SICK}/sammenlign",
            f"/personalpolitikk/mal/{GOAL}",
            "/personalpolitikk/1/omrade/medarbeidere-og-arbeidsmiljo",
            f"/tall/sick_leave/{NURSING_HOME_CODE}",
        ):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            assert len(queries) <= 25, address


class TestConfirming:
    """Saying that one has read."""

    def test_a_leader_confirms_once_and_sees_when(self, as_persona: AsPersona) -> None:
        solveig = as_persona("solveig")
        assert "Ja, jeg har lest den" in text(solveig.get(f"/veiledere/{SICK}"))

        page = text(solveig.post(f"/veiledere/{SICK}/bekreft", follow=True))

        assert "Takk. Du har bekreftet at du har lest veilederen." in page
        assert "at du har lest utgave 2." in page
        assert "Ja, jeg har lest den" not in page
        assert "Bekreft at du har lest" not in text(solveig.get("/"))

    def test_those_who_are_not_asked_are_not_asked(self, as_persona: AsPersona) -> None:
        jonas = as_persona("jonas")

        assert "Har du lest veilederen?" not in text(jonas.get(f"/veiledere/{SICK}"))
        assert jonas.post(f"/veiledere/{SICK}/bekreft").status_code == 404

    def test_an_old_edition_asks_nobody(self, as_persona: AsPersona) -> None:
        assert "Har du lest veilederen?" not in text(as_persona("solveig").get(f"/veiledere/{SICK}/utgaver/1"))

    def test_the_owner_sees_how_many_and_never_who(self, kari: Client) -> None:
        page = text(kari.get(f"/veiledere/{SICK}/lest"))

        assert re.search(r"\d+ av \d+ har bekreftet", page)
        assert "Ingen ser hvem som har lest." in page

    def test_ones_own_receipts_are_among_what_is_known_of_one(self, as_persona: AsPersona) -> None:
        solveig = as_persona("solveig")
        solveig.post(f"/veiledere/{SICK}/bekreft")

        known = solveig.get("/mitt/alt-om-meg.json").content.decode()
        assert "Det du har bekreftet at du har lest" in known
        assert "Følg opp den som er syk, utgave 2" in known
        assert "Det du har bekreftet at du har lest" in text(solveig.get("/mitt/hvem-ser/"))


class TestWriting:
    """From a title to a guide that holds."""

    def begin(self, client: Client, title: str = "Kaffe på jobb", unit: str = ROOT_CODE) -> str:
        client.post("/veiledere/ny", {"title": title, "unit": unit})
        return Document.objects.latest("pk").code

    def write(self, client: Client, code: str, edition: int = 1, **more: object):  # type: ignore[no-untyped-def]
        said = {"title_nb": "Kaffe på jobb", "text_nb": "## Kaffe\n\nDen er gratis.", "edition": edition, **more}
        return client.post(f"/veiledere/{code}/skriv", said, follow=True)

    def test_a_guide_is_written_previewed_and_published(self, kari: Client, as_persona: AsPersona) -> None:
        code = self.begin(kari)
        preview = text(self.write(kari, code, goals=[GOAL], indicators=["sick_leave"]))
        assert "Utkastet er lagret." in preview
        assert "Den er gratis." in preview
        assert as_persona("jonas").get(f"/veiledere/{code}").status_code == 404

        asked = text(kari.get(f"/veiledere/{code}/publiser"))
        assert "Teksten mangler på nynorsk, engelsk. Leseren får bokmål." in asked
        days = {"since": today().isoformat(), "review_on": (today() + dt.timedelta(days=99)).isoformat()}
        page = text(kari.post(f"/veiledere/{code}/publiser", days, follow=True))

        assert "Utgaven er publisert." in page
        assert "Kaffe på jobb" in text(as_persona("jonas").get("/veiledere?q=kaffe"))

    def test_an_agency_writes_its_own_and_no_one_elses(self, as_persona: AsPersona) -> None:
        amir = as_persona("amir")
        code = self.begin(amir, unit=CARE_AGENCY_CODE)

        assert Document.objects.get(code=code).unit.code == CARE_AGENCY_CODE
        assert "Velg et gyldig valg" in text(amir.post("/veiledere/ny", {"title": "Te", "unit": ROOT_CODE}))
        assert amir.get(f"/veiledere/{SICK}/se-over").status_code == 404

    def test_two_who_write_at_once_lose_nothing(self, as_persona: AsPersona) -> None:
        mette, amir = as_persona("mette"), as_persona("amir")
        code = self.begin(amir, unit=CARE_AGENCY_CODE)
        self.write(mette, code, text_nb="Mettes tekst.")

        page = self.write(amir, code, text_nb="Amirs tekst.")

        assert "har endret utkastet mens du skrev." in text(page)
        assert "Mettes tekst." in text(page)
        assert "Amirs tekst." in text(page)
        assert Version.objects.get(document__code=code).text == {"nb": "Mettes tekst."}
        self.write(amir, code, edition=2, text_nb="Amirs tekst.")
        assert Version.objects.get(document__code=code).text == {"nb": "Amirs tekst."}

    def test_what_is_missing_is_said_at_the_field(self, kari: Client) -> None:
        code = self.begin(kari)

        assert "Skriv tittelen på bokmål" in text(self.write(kari, code, title_nb=" "))
        assert "Skriv tittelen på bokmål" in text(self.write(kari, code, title_nb="\x07"))
        assert "Velg enheten der de skal bekrefte" in text(self.write(kari, code, asks="leaders", asked_unit=""))
        assert "Skriv hva veilederen skal hete" in text(kari.post("/veiledere/ny", {"title": " ", "unit": ROOT_CODE}))

    def test_a_draft_without_a_text_or_for_a_day_that_is_over_is_not_published(self, kari: Client) -> None:
        code = self.begin(kari)
        days = {"since": today().isoformat(), "review_on": (today() + dt.timedelta(days=99)).isoformat()}

        assert "Utkastet har ingen tekst på bokmål." in text(kari.post(f"/veiledere/{code}/publiser", days))
        yesterday = days | {"since": (today() - dt.timedelta(days=1)).isoformat()}
        assert "Velg i dag eller en dag som kommer" in text(kari.post(f"/veiledere/{code}/publiser", yesterday))

    def test_a_new_edition_takes_over_on_its_day_and_until_then_is_told_of(
        self, kari: Client, as_persona: AsPersona
    ) -> None:
        made = publish()
        first = Version.objects.get(document=made)
        kari.post(f"/veiledere/{made.code}/ny-utgave")
        self.write(kari, made.code, text_nb="Kaffe koster fem kroner.")
        since = today() + dt.timedelta(days=10)
        days = {"since": since.isoformat(), "review_on": (since + dt.timedelta(days=99)).isoformat()}
        kari.post(f"/veiledere/{made.code}/publiser", days)

        page = text(as_persona("jonas").get(f"/veiledere/{made.code}"))
        assert "En ny utgave gjelder fra" in page
        assert "Kaffe er gratis." in page
        coming = text(as_persona("jonas").get(f"/veiledere/{made.code}/utgaver/2"))
        assert "Denne utgaven gjelder fra" in coming
        first.refresh_from_db()
        assert first.valid.upper == since

    def test_the_same_day_as_the_one_before_is_refused_kindly(self, kari: Client) -> None:
        code = self.begin(kari)
        self.write(kari, code)
        days = {"since": today().isoformat(), "review_on": (today() + dt.timedelta(days=99)).isoformat()}
        kari.post(f"/veiledere/{code}/publiser", days)
        kari.post(f"/veiledere/{code}/ny-utgave")

        assert "Velg en dag etter det." in text(kari.post(f"/veiledere/{code}/publiser", days))

    def test_a_guide_is_looked_at_again_and_ended(self, kari: Client, as_persona: AsPersona) -> None:
        made = publish()
        later = today() + dt.timedelta(days=200)
        kari.post(f"/veiledere/{made.code}/se-over", {"review_on": later.isoformat()})
        made.refresh_from_db()
        assert made.review_on == later

        page = text(kari.post(f"/veiledere/{made.code}/avslutt", {"last": today().isoformat()}, follow=True))
        assert "Veilederen er avsluttet." in page
        assert "Veilederen gjelder til og med" in page

    def test_one_that_is_over_says_so(self, as_persona: AsPersona) -> None:
        made = publish()
        Version.objects.filter(document=made).update(valid=(dt.date(2020, 1, 1), dt.date(2021, 1, 1)))
        page = text(as_persona("jonas").get(f"/veiledere/{made.code}"))

        assert "Denne utgaven gjaldt fra 1. januar 2020 til 31. desember 2020." in page
        assert "Veilederen gjelder ikke lenger." in page

    def test_the_owner_is_told_when_it_is_to_be_looked_at(self, as_persona: AsPersona) -> None:
        Document.objects.filter(code=FULL_TIME).update(review_on=today())

        assert "Se over veilederen" in text(as_persona("mette").get("/"))

    def test_a_first_draft_is_thrown_away_with_its_guide(self, kari: Client) -> None:
        code = self.begin(kari)

        page = text(kari.post(f"/veiledere/{code}/kast", follow=True))

        assert "veiledere gjelder nå" in page
        assert not Document.objects.filter(code=code).exists()
        assert Receipt.objects.exists()
