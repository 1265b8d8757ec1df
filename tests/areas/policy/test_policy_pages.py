"""The policy in the portal: read by everyone, written and adopted by the HR direction, heard by agencies and unions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE
from byfolk.demo.policy import DATA
from byfolk.engines.actions.models import Action
from byfolk.engines.goals import serving
from byfolk.engines.goals.models import Comment, Element, Goal, Owner, OwnMeasure, PolicyVersion
from byfolk.engines.goals.serving import Asked, ServingRow, ServingSource
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person

AsPersona = Callable[[str | None], Client]
GOAL = "godt-og-inkluderende-arbeidsmiljo"
MEASURE = "holde-medarbeidersamtale-med-alle-hvert-ar"
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def text(response) -> str:  # type: ignore[no-untyped-def]
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def kari(as_persona: AsPersona) -> Client:
    return as_persona("kari")


def draft(kari: Client) -> int:
    kari.post("/personalpolitikk/ny", {"begin": "kopi"})
    return PolicyVersion.objects.get(state="draft").number


def test_everyone_reads_the_policy_with_its_areas_values_and_principles(as_persona: AsPersona) -> None:
    page = text(as_persona("jonas").get("/personalpolitikk"))

    assert "Vedtatt 18. juni 2025. 6 områder, 13 mål og" in page
    assert "Organisasjonskultur" in page
    assert "Verdibasert kultur og åpen kommune" in page
    assert "Løser oppgaver sammen med andre" in page
    assert "En ny personalpolitikk er på høring." in page


def test_a_reader_of_nynorsk_gets_it_in_nynorsk(as_persona: AsPersona) -> None:
    jonas = as_persona("jonas")
    jonas.post("/sprak", {"language": "nn", "next": "/"})
    jonas.cookies["django_language"] = "nn"

    assert "Løyser oppgåver saman med andre" in text(jonas.get("/personalpolitikk"))


def test_an_area_has_challenges_goals_measures_and_owners(as_persona: AsPersona) -> None:
    page = text(as_persona("jonas").get("/personalpolitikk/1/omrade/medarbeidere-og-arbeidsmiljo"))

    assert "Ufrivillig deltid rammer mest kvinner" in page
    assert "Mål 3.1" in page
    assert "Holde medarbeidersamtale med alle hvert år" in page
    assert "Amir Rahimi (Leder, Omsorgsetaten)" in page


def test_a_goal_shows_its_figures_for_the_unit_that_is_asked_for(as_persona: AsPersona) -> None:
    jonas = as_persona("jonas")

    city = text(jonas.get(f"/personalpolitikk/mal/{GOAL}"))
    home = text(jonas.get(f"/personalpolitikk/mal/{GOAL}", {"enhet": NURSING_HOME_CODE}))

    assert "Sykefravær" in city
    assert "Bjerkelia sykehjem" in home
    assert "Ringe alle som er borte i mer enn tre dager" in home


def test_a_goal_without_figures_says_what_it_will_be_followed_by(as_persona: AsPersona) -> None:
    page = text(as_persona("jonas").get("/personalpolitikk/mal/apen-kommune"))

    assert "Målet skal følges med innsynskrav besvart i tide." in page


def test_another_engine_shows_what_serves_a_goal(as_persona: AsPersona, monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(actor: object, asked: Asked) -> list[ServingRow]:
        return [ServingRow(f"Veileder om {asked.goal}", "/veileder", "gjelder hele byen", "Ny", "good")]

    source = ServingSource("guides", "Veiledere", 10, rows)  # type: ignore[arg-type]
    monkeypatch.setattr(serving, "SERVING", [*serving.SERVING, source])

    page = text(as_persona("jonas").get(f"/personalpolitikk/mal/{GOAL}"))

    assert "Veiledere" in page
    assert f"Veileder om {GOAL}" in page


def test_a_draft_is_written_paragraph_by_paragraph(kari: Client) -> None:
    number = draft(kari)
    base = f"/personalpolitikk/{number}"

    kari.post(f"{base}/skriv/nytt?slag=measure", {"above": GOAL, "title_nb": "Ta  en tur"})
    made = Element.objects.get(version__number=number, key="ta-en-tur")
    kari.post(f"{base}/avsnitt/ta-en-tur/flytt", {"vei": "opp"})
    kari.post(
        f"{base}/avsnitt/ta-en-tur/endre", {"above": "like-muligheter", "title_nb": "Ta en lang tur", "edition": 1}
    )
    moved = Element.objects.get(pk=made.pk)
    page = text(kari.get(f"{base}/skriv"))
    kari.post(f"{base}/avsnitt/ta-en-tur/slett", {"edition": moved.edition})

    assert made.title == {"nb": "Ta en tur"}
    assert (moved.title, moved.parent.key) == ({"nb": "Ta en lang tur"}, "like-muligheter")  # type: ignore[union-attr]
    assert "1 avsnitt mangler nynorsk og 1 avsnitt mangler engelsk." in page
    assert not Element.objects.filter(pk=made.pk).exists()


def test_what_is_missing_is_told_and_what_is_written_is_kept(kari: Client) -> None:
    number = draft(kari)

    page = kari.post(f"/personalpolitikk/{number}/skriv/nytt?slag=value", {"title_nb": " ", "title_en": "Courage"})

    assert "Skriv teksten på bokmål" in text(page)
    assert "Courage" in page.content.decode()


def test_the_second_of_two_who_edit_a_paragraph_sees_both_texts_and_may_save_again(kari: Client) -> None:
    number = draft(kari)
    address = f"/personalpolitikk/{number}/avsnitt/respekt/endre"
    kari.post(address, {"title_nb": "Respekt for alle", "edition": 1})

    told = kari.post(address, {"title_nb": "Respekt for andre", "edition": 1})

    assert "har endret avsnittet mens du skrev." in text(told)
    assert "Respekt for alle" in text(told)
    assert "Respekt for andre" in text(told)
    assert 'name="edition" value="2"' in told.content.decode()
    kari.post(address, {"title_nb": "Respekt for andre", "edition": 2})
    assert Element.objects.get(version__number=number, key="respekt").title == {"nb": "Respekt for andre"}


def test_a_version_is_heard_answered_ended_and_adopted(kari: Client, as_persona: AsPersona) -> None:
    number = draft(kari)
    before = dict(Goal.objects.values_list("key", "pk"))
    kari.post(f"/personalpolitikk/{number}/skriv/horing", {"last": "2099-01-01"})
    assert PolicyVersion.objects.get(number=number).state == "draft", "a hearing lasts at most a year"
    page = kari.get(f"/personalpolitikk/{number}/skriv/horing").content.decode()
    last = re.search(r'name="last" value="([0-9-]+)"', page)
    assert last is not None
    kari.post(f"/personalpolitikk/{number}/skriv/horing", {"last": last[1]})
    tor = as_persona("tor")
    unit = Comment.objects.filter(side="union").values_list("unit_id", flat=True)[0]

    tor.post(f"/personalpolitikk/{number}/avsnitt/{MEASURE}/uttal", {"unit": unit, "text": "Vi støtter dette."})
    said = Comment.objects.get(version__number=number)
    kari.post(f"/personalpolitikk/{number}/horing/{said.pk}/svar", {f"svar-{said.pk}-answer": "Takk for det."})
    read = text(as_persona("jonas").get(f"/personalpolitikk/{number}/avsnitt/{MEASURE}"))
    every = text(as_persona("jonas").get(f"/personalpolitikk/{number}/horing"))
    kari.post(f"/personalpolitikk/{number}/skriv/avslutt")
    kari.post(f"/personalpolitikk/{number}/skriv/vedta")

    assert "Vi støtter dette." in read
    assert "Takk for det." in read
    assert "1 uttalelse, og alle har fått svar." in every
    assert PolicyVersion.objects.get(number=number).state == "adopted"
    assert dict(Goal.objects.values_list("key", "pk")) == before


def test_adopting_asks_first_and_says_what_nobody_has_answered(kari: Client) -> None:
    page = text(kari.get("/personalpolitikk/2/skriv/vedta"))

    assert "3 uttalelser har ikke fått svar." in page
    assert "Høringen er fortsatt åpen." in page
    assert PolicyVersion.objects.get(number=2).state == "hearing"


def test_two_versions_are_compared_word_by_word(as_persona: AsPersona) -> None:
    page = as_persona("jonas").get("/personalpolitikk/sammenlign", {"fra": 1, "til": 2})

    assert "3 avsnitt er nye, 1 er borte og 3 er endret eller flyttet." in text(page)
    assert re.search(r"<ins><span[^>]*>Nytt: </span>Publisere postlisten hver dag</ins>", page.content.decode())
    assert re.search(r"<del><span[^>]*>Borte: </span>Minne om åpenhet", page.content.decode())


def test_an_agency_writes_its_own_measure_and_takes_it_away(as_persona: AsPersona) -> None:
    amir = as_persona("amir")
    unit = OwnMeasure.objects.filter(unit__code=CARE_AGENCY_CODE).values_list("unit_id", flat=True)[0]

    amir.post("/personalpolitikk/mal/apen-kommune/tiltak", {"unit": unit, "text": "Åpen dag"})
    made = OwnMeasure.objects.get(goal_key="apen-kommune")
    page = text(as_persona("jonas").get("/personalpolitikk/mal/apen-kommune"))
    amir.post(f"/personalpolitikk/mal/apen-kommune/tiltak/{made.pk}/fjern")

    assert "Åpen dag Omsorgsetaten, Amir Rahimi" in page
    assert not OwnMeasure.objects.filter(goal_key="apen-kommune").exists()


def test_an_owner_is_set_with_or_without_a_name(kari: Client) -> None:
    unit = OwnMeasure.objects.filter(unit__code=CARE_AGENCY_CODE).values_list("unit_id", flat=True)[0]

    kari.post("/personalpolitikk/eier/apen-kommune", {"role": "leader", "unit": unit, "named": "on"})

    owner = Owner.objects.get(key="apen-kommune")
    assert (owner.role, owner.unit_id, bool(owner.person_id)) == ("leader", unit, True)


def upload(kari: Client, begin: str, content: bytes):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile("policy.md", content)
    return kari.post("/personalpolitikk/ny", {"begin": begin, "file": file})


def test_a_version_is_downloaded_and_comes_back_as_a_draft(kari: Client) -> None:
    content = kari.get("/personalpolitikk/1/fil").content

    upload(kari, "fil", content)

    assert content == (DATA / "policy.md").read_bytes()
    assert kari.get("/personalpolitikk/3/fil").content == content


def test_a_bad_file_is_told_of_line_by_line_and_makes_no_draft(kari: Client) -> None:
    page = text(upload(kari, "fil", "# Plan\n## Område: A {#a}\n## Område: B {#a}\ntull\n".encode()))

    assert "Filen kan ikke brukes, og ingenting er endret" in page
    assert "Linje 3: Id-en «a» er brukt før, i linje 2." in page
    assert "Linje 4: Linjen er ikke forstått: «tull»." in page
    assert PolicyVersion.objects.count() == 2


def test_old_text_becomes_a_draft_and_what_was_not_understood_is_listed(kari: Client) -> None:
    old = "Plan\n\nEt ark for seg\nOMSORG\n• Vi er få\n\nFlere folk\n• Lyse ut\n"

    upload(kari, "tekst", old.encode())
    page = text(kari.get("/personalpolitikk/3/skriv"))

    assert "Flere folk" in page
    assert "Dette forsto vi ikke" in page
    assert PolicyVersion.objects.get(number=3).title == {"nb": "Plan Et ark for seg"} or "Et ark for seg" in page


PAGES = (
    "/personalpolitikk",
    "/personalpolitikk/2",
    "/personalpolitikk/2/omrade/medarbeidere-og-arbeidsmiljo",
    f"/personalpolitikk/mal/{GOAL}",
    f"/personalpolitikk/mal/like-muligheter?enhet={NURSING_HOME_CODE}",
    "/personalpolitikk/versjoner",
    "/personalpolitikk/sammenlign?fra=1&til=2",
    "/personalpolitikk/2/horing",
    f"/personalpolitikk/2/avsnitt/{MEASURE}",
    "/personalpolitikk/2/skriv",
    "/personalpolitikk/2/skriv/vedta",
)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_of_the_policy_asks_more_than_25_times(address: str, kari: Client) -> None:
    kari.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert kari.get(address).status_code == 200

    assert 0 < len(asked) <= 25, "\n".join(query["sql"][:150] for query in asked)


def test_whoever_spoke_withdraws_it_while_the_hearing_is_open_and_nobody_reads_it_any_more(as_persona: AsPersona):
    tor = as_persona("tor")
    tor.post("/personalpolitikk/2/avsnitt/respekt/uttal", {"text": "Dette er for vagt.", "unit": _care()})
    said = Comment.objects.latest("pk")
    page = "/personalpolitikk/2/avsnitt/respekt"
    assert "Trekk uttalelsen tilbake" in text(tor.get(page))
    assert "Trekk uttalelsen tilbake" not in text(as_persona("amir").get(page))
    assert as_persona("amir").post(f"/personalpolitikk/2/horing/{said.pk}/trekk").status_code == 404

    assert tor.post(f"/personalpolitikk/2/horing/{said.pk}/trekk").url == f"{page}?gjort=trukket"

    for path in (page, "/personalpolitikk/2/horing"):
        found = text(as_persona("kari").get(path))
        assert "Dette er for vagt." not in found, path
        assert "Trukket tilbake" in found, path
    said.refresh_from_db()
    assert said.text == "Dette er for vagt."


def _care() -> int:
    return Unit.objects.get(code=CARE_AGENCY_CODE).pk


def test_the_database_lets_whoever_spoke_withdraw_and_nothing_else(as_actor) -> None:  # type: ignore[no-untyped-def]
    with as_actor("tor") as actor:
        said = Comment.objects.create(
            version=PolicyVersion.objects.get(number=2), key="respekt", about={"nb": "Respekt"}, unit_id=_care(),
            side="union", person_id=actor.person_id, text="Bra.", at=NOW,
        )  # fmt: skip
        for change in ({"answer": "Takk.", "answered_at": NOW}, {"text": "Dårlig."}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Comment.objects.filter(pk=said.pk).update(**change)
        Comment.objects.filter(pk=said.pk).update(withdrawn_at=NOW)
        with pytest.raises(DatabaseError), transaction.atomic():
            Comment.objects.filter(pk=said.pk).update(withdrawn_at=None)
    other = Comment.objects.exclude(person_id=actor.person_id).first()
    with as_actor("kari"), pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.filter(pk=other.pk).update(withdrawn_at=NOW)


def test_the_policys_paragraphs_are_found_by_the_one_search(as_persona: AsPersona) -> None:
    found = as_persona("jonas").get("/sok/?q=åpen kommune").content.decode()
    assert "/personalpolitikk/mal/apen-kommune" in found
    assert "Personalpolitikk" in found


def test_the_boards_goals_lead_to_their_pages_and_say_who_owns_them(as_persona: AsPersona) -> None:
    page = as_persona("jonas").get(f"/styring/{NURSING_HOME_CODE}").content.decode()
    assert f'href="/personalpolitikk/mal/{GOAL}?enhet={NURSING_HOME_CODE}"' in page
    Owner.objects.all().delete()
    before = text(as_persona("jonas").get(f"/styring/{NURSING_HOME_CODE}"))
    Owner.objects.create(key=GOAL, role="leader", unit_id=_care())
    after = text(as_persona("jonas").get(f"/styring/{NURSING_HOME_CODE}"))
    assert "Eier: Leder, Omsorgsetaten" not in before
    assert "Eier: Leder, Omsorgsetaten" in after


def test_a_goals_page_shows_the_actions_that_serve_it_to_those_they_concern(
    as_persona: AsPersona, person: Callable[[str], Person]
) -> None:
    home = Unit.objects.get(code=NURSING_HOME_CODE)
    Action.objects.create(
        title="Fast samtale etter to uker", unit=home, owner=person("solveig"), started_on=NOW.date(), made_at=NOW,
        due=dt.date(2030, 1, 1), state="in_progress", state_at=NOW, indicator="sick_leave", figure_unit=home,
        direction="down",
    )  # fmt: skip
    path = f"/personalpolitikk/mal/{GOAL}?enhet={NURSING_HOME_CODE}"
    for key, sees in {"solveig": True, "jonas": True, "ingrid": False}.items():
        assert ("Fast samtale etter to uker" in text(as_persona(key).get(path))) is sees, key
    assert f"/enheter/{NURSING_HOME_CODE}/tiltak/nytt?mal=" in as_persona("solveig").get(path).content.decode()
    assert "tiltak/nytt" not in as_persona("jonas").get(path).content.decode()
