"""The whole way of a file in the browser: brought, mapped, tried, landed; and who gets in."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from byfolk.kernel.access.models import Grant, User
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.organisation.queries import root
from byfolk.kernel.people.importing.mapping import Derived
from byfolk.kernel.people.importing.models import AgencyShare, Batch, Finding, QualityOwner, Source, State, Upload
from byfolk.kernel.people.models import Card, Person
from byfolk.portal.importing.tasks import import_batch

pytestmark = pytest.mark.django_db

HEAD = "Ansattnr;Navn;Stillingsnr;Stillingstittel;Enhetskode;Ansettelsesform;St%;Fra dato;Årslønn"


def rows(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("ansatte.csv", "\n".join([HEAD, *lines]).encode())


@pytest.fixture
def workplace(db: None) -> Unit:
    return Unit.objects.filter(level=Level.WORKPLACE, valid__contains=dt.date(2026, 10, 1)).first()


@pytest.fixture
def administrator(as_persona) -> Client:
    return as_persona("anne")


def work(batch: Batch, *, landing: bool) -> Batch:
    """What the worker does with the job that the page queued."""
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = 'import_batch' order by id desc limit 1")
        args = cursor.fetchone()[0]
        cursor.execute("delete from procrastinate_jobs where task_name = 'import_batch'")
    args = args if isinstance(args, dict) else json.loads(args)
    assert (args["batch"], bool(args["landing"])) == (batch.pk, landing)
    import_batch(**args)
    batch.refresh_from_db()
    return batch


def bring(client: Client, file: SimpleUploadedFile, **fields: object) -> Batch:
    answer = client.post(reverse("imports"), {"file": file, **fields})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Batch.objects.latest("pk")


def confirm(client: Client, batch: Batch, **changes: str | list[str]):
    page = client.get(reverse("import_mapping", args=[batch.pk]))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    return client.post(reverse("import_mapping", args=[batch.pk]), data | changes)


def test_a_file_goes_from_the_browser_to_the_directory(administrator: Client, workplace: Unit) -> None:
    line = f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"
    batch = bring(administrator, rows(line, line.replace("Z1", "Z2").replace("ZP1", "ZP2").replace("80;", "x;")))
    assert (batch.state, batch.kind) == (State.RECEIVED, "employments")
    answer = confirm(administrator, batch, source_name="Lønnssystemet")
    assert answer.status_code == 302, answer.context["form"].errors
    batch = work(batch, landing=False)
    assert (batch.state, batch.counts["new"], batch.counts["rejected"]) == (State.CHECKED, 1, 1)
    page = administrator.get(reverse("import_batch", args=[batch.pk])).content.decode()
    assert "«x» er ikke en prosent" in page
    assert not Person.objects.filter(employee_number="Z1").exists()
    administrator.post(reverse("import_land", args=[batch.pk]))
    batch = work(batch, landing=True)
    assert batch.state == State.LANDED
    assert Card.objects.get(person__employee_number="Z1").name == "Ola Lie"
    assert not Upload.objects.filter(batch=batch).exists()
    assert administrator.get(reverse("import_batch", args=[batch.pk])).status_code == 200
    assert administrator.get(reverse("imports")).status_code == 200


def test_a_known_source_goes_straight_to_the_trial(administrator: Client, workplace: Unit) -> None:
    line = f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"
    confirm(administrator, bring(administrator, rows(line)), source_name="Lønnssystemet")
    source = Source.objects.get(name="Lønnssystemet")
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    batch = bring(administrator, rows(line), source=source.pk)
    assert batch.state == State.CHECKING


def test_a_missing_field_is_asked_for(administrator: Client) -> None:
    file = SimpleUploadedFile("a.csv", b"Ansattnr;Navn;Stillingstittel;Enhetskode;St%\n1;LIE, Ola;Kokk;110;80\n")
    answer = confirm(administrator, bring(administrator, file, kind="employments"))
    assert answer.status_code == 200
    assert "Ansatt fra: velg en kolonne, eller skriv en fast verdi" in answer.content.decode()


KEYLESS = b"""Navn;Fodt;Stillingstittel;Avdeling;Enhetskode;Ansettelsesform;St%;Fra dato
LIE, Ola;01.02.1980;Kokk;Kjokken;42;Fast;80;01.02.2024
LIE, Ola;03.04.1990;Kokk;Kjokken;42;Fast;80;01.02.2024
"""


def keyless(client: Client) -> Batch:
    return bring(client, SimpleUploadedFile("a.csv", KEYLESS), kind="employments")


def test_the_page_says_what_a_missing_number_is_made_of_with_an_example(administrator: Client) -> None:
    page = administrator.get(reverse("import_mapping", args=[keyless(administrator).pk])).content.decode()

    assert "Lages av Navn, Fodt" in page
    assert re.search(r"For eksempel P[A-Z2-7]{12}<", page)


def test_what_a_number_is_made_of_can_be_changed(administrator: Client) -> None:
    batch = keyless(administrator)
    answer = confirm(
        administrator, batch, from_employee_number=["Navn", "Stillingstittel"], how_employee_number="code",
        prefix_employee_number="A",
    )  # fmt: skip
    batch.refresh_from_db()

    assert answer.status_code == 302
    assert batch.parsed_mapping.derived["employee_number"] == Derived("code", ("Navn", "Stillingstittel"), "A")


def test_the_columns_of_a_number_keep_their_order_so_that_the_numbers_stay_the_same(administrator: Client) -> None:
    batch = keyless(administrator)
    before = batch.parsed_mapping.derived["position_number"]
    confirm(administrator, batch, from_position_number=["St%", *reversed(before.columns)])
    batch.refresh_from_db()

    assert batch.parsed_mapping.derived["position_number"].columns == (*before.columns, "St%")


def test_a_number_that_is_made_of_nothing_must_be_read_or_given(administrator: Client) -> None:
    answer = confirm(administrator, keyless(administrator), from_employee_number=[])

    assert "Ansattnummer: velg en kolonne, eller skriv en fast verdi" in answer.content.decode()


def test_a_key_can_be_made_where_the_guess_made_none(administrator: Client, workplace: Unit) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"))
    assert not batch.parsed_mapping.derived
    confirm(administrator, batch, column_position_number="", from_position_number=["Ansattnr", "Stillingstittel"])
    batch = work(batch, landing=False)

    assert batch.parsed_mapping.derived["position_number"] == Derived("hash", ("Ansattnr", "Stillingstittel"))
    assert batch.counts["new"] == 1


def test_a_units_code_is_looked_up_by_one_column_only(administrator: Client) -> None:
    answer = confirm(
        administrator, keyless(administrator), column_unit_code="", from_unit_code=["Avdeling", "Navn"],
        how_unit_code="unit_by_name",
    )  # fmt: skip

    assert answer.status_code == 200
    assert "et navn på en enhet står i én kolonne" in answer.content.decode()


def test_zeros_that_a_spreadsheet_took_away_are_put_back(administrator: Client, workplace: Unit) -> None:
    Unit.objects.filter(pk=workplace.pk).update(code="0042")
    batch = keyless(administrator)
    confirm(administrator, batch, pad_unit_code="4")
    batch = work(batch, landing=False)

    assert batch.parsed_mapping.pad == {"unit_code": 4}
    assert (batch.counts["new"], batch.counts["rejected"]) == (2, 0)


@pytest.mark.parametrize("width", ["0", "-1", "900", "fire"])
def test_a_width_that_makes_no_sense_is_refused(width: str, administrator: Client) -> None:
    answer = confirm(administrator, keyless(administrator), pad_unit_code=width)

    assert answer.content.decode().count("Skriv et antall tegn fra 1 til 60.") >= 2


def test_a_saved_width_and_key_are_shown_again_and_can_be_taken_away(administrator: Client) -> None:
    batch = keyless(administrator)
    confirm(administrator, batch, pad_unit_code="4", prefix_employee_number="X")
    page = administrator.get(reverse("import_mapping", args=[batch.pk]))
    assert page.context["form"]["pad_unit_code"].value() == 4
    assert page.context["form"]["prefix_employee_number"].value() == "X"
    confirm(administrator, batch, pad_unit_code="")
    batch.refresh_from_db()

    assert batch.parsed_mapping.pad == {}
    assert batch.parsed_mapping.derived["employee_number"].prefix == "X"


def test_a_broken_file_is_explained_on_the_form(administrator: Client) -> None:
    answer = administrator.post(reverse("imports"), {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04half")})
    assert "ødelagt eller bare delvis overført" in answer.content.decode()
    assert not Batch.objects.exists()


def test_a_stopped_file_says_why_and_can_be_tried_again(administrator: Client, workplace: Unit) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"))
    confirm(administrator, batch)
    Upload.objects.filter(batch=batch).update(content=b"a:b\n1:2\n")
    batch = work(batch, landing=False)
    assert batch.state == State.FAILED
    assert "bare én kolonne" in administrator.get(reverse("import_batch", args=[batch.pk])).content.decode()
    administrator.post(reverse("import_again", args=[batch.pk]))
    batch.refresh_from_db()
    assert batch.state == State.CHECKING


def test_why_a_file_stopped_is_read_in_each_readers_language(administrator: Client, workplace: Unit) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"))
    confirm(administrator, batch)
    Upload.objects.filter(batch=batch).update(content=b"a;b\n1;2\n")
    with translation.override("nn"):
        batch = work(batch, landing=False)
    address = reverse("import_batch", args=[batch.pk])

    assert (batch.problem, len(batch.problem_args["columns"])) == ("absent_columns", 9)
    assert "Filen mangler kolonner som oppsettet bruker: " in administrator.get(address).content.decode()
    administrator.cookies["django_language"] = "en"
    assert "The file lacks columns" in administrator.get(address).content.decode()


def test_how_far_a_file_has_come_is_read_in_each_readers_language(administrator: Client, workplace: Unit) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"))
    Batch.objects.filter(pk=batch.pk).update(state=State.RUNNING, stage="checking", stage_args={"count": 61234})
    address = reverse("import_batch", args=[batch.pk])

    assert "Sjekker 61\u00a0234 rader" in administrator.get(address).content.decode()
    administrator.cookies["django_language"] = "en"
    assert "Checking 61,234 rows" in administrator.get(address).content.decode()


def test_what_was_kept_in_words_before_there_were_codes_is_still_shown(administrator: Client, workplace: Unit) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"))
    Batch.objects.filter(pk=batch.pk).update(state=State.FAILED, problem="Filen var tom for 100 % av radene.")

    page = administrator.get(reverse("import_batch", args=[batch.pk])).content.decode()
    assert "Filen var tom for 100 % av radene." in page


def test_a_file_can_be_thrown_away_until_it_has_landed(administrator: Client, workplace: Unit) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"))
    administrator.post(reverse("import_throw_away", args=[batch.pk]))
    assert not Batch.objects.filter(pk=batch.pk).exists()


def test_findings_can_be_downloaded(administrator: Client, workplace: Unit) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;x;01.02.2024;=1+1"))
    confirm(administrator, batch)
    batch = work(batch, landing=False)
    text = administrator.get(reverse("import_findings", args=[batch.pk, "csv"])).content.decode("utf-8-sig")
    assert "2;Stillingsprosent;x;" in text
    assert ";'=1+1;" in text
    assert administrator.get(reverse("import_findings", args=[batch.pk, "xlsx"])).content.startswith(b"PK")


def test_ten_thousand_findings_come_in_pages(
    administrator: Client, workplace: Unit, django_assert_max_num_queries
) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"))
    confirm(administrator, batch)
    batch = work(batch, landing=False)
    Finding.objects.bulk_create(
        Finding(batch=batch, line=n, field="percentage", value="x", code="not_a_percent", severity="error", unit=root())
        for n in range(10_000)
    )
    with django_assert_max_num_queries(25):
        page = administrator.get(reverse("import_batch", args=[batch.pk]) + "?page=3").content.decode()
    assert "Side 3 av 200" in page


@pytest.mark.parametrize("key", ["jonas", "solveig", "kari", None])
def test_nobody_else_gets_in(as_persona, administrator: Client, workplace: Unit, key: str | None) -> None:
    batch = bring(administrator, rows(f"Z1;LIE, Ola;ZP1;Kokk;{workplace.code};Fast;80;01.02.2024;480 000"))
    client = as_persona(key)
    for url in (
        reverse("imports"),
        reverse("import_batch", args=[batch.pk]),
        reverse("import_mapping", args=[batch.pk]),
    ):
        assert client.get(url).status_code == (302 if key is None else 404)


def test_an_hr_adviser_sees_the_rows_of_her_agency_only(as_persona) -> None:
    mette = as_persona("mette")
    own = Grant.objects.get(person_id=User.objects.get(pk=mette.session["_auth_user_id"]).person_id).unit
    other = Unit.objects.filter(level=Level.AGENCY).exclude(pk=own.pk).first()
    batch = Batch.objects.create(
        kind="employments", file_name="x", file_hash="", file_size=1, state=State.LANDED, unit=root(),
        created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    for unit in (own, other):
        Finding.objects.create(batch=batch, line=2, field="percentage", value=unit.code, code="not_a_percent",
                               severity="error", unit=unit)  # fmt: skip
        AgencyShare.objects.create(batch=batch, kind="employments", landed_at=batch.created_at, unit=unit, read=2,
                                   rejected=1, warned=0)  # fmt: skip
    assert f"«{own.code}»" in mette.get(reverse("data_quality_agency", args=[own.code])).content.decode()
    assert f"«{other.code}»" not in mette.get(reverse("data_quality_agency", args=[other.code])).content.decode()


def test_the_hr_director_chooses_who_answers_for_an_agency(as_persona) -> None:
    kari = as_persona("kari")
    card = Card.objects.first()
    agency = Unit.objects.get(level=Level.AGENCY, below__descendant=card.unit)
    url = reverse("data_quality_owner", args=[agency.code])
    assert kari.get(url).status_code == 200
    answer = kari.post(url + f"?q={card.family_name}", {"person": card.pk})
    assert answer.status_code == 302
    assert QualityOwner.objects.get(unit=agency).person_id == card.pk
    assert card.name in kari.get(reverse("data_quality")).content.decode()
