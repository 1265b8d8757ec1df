"""My page: what is registered about me, who sees it, all of it as a file, and saying what is wrong."""

from __future__ import annotations

import datetime as dt
import io
import json
import re

import fastexcel
import pytest

from byfolk.demo.cast import CAST
from byfolk.kernel.access.seers import who_can_see
from byfolk.kernel.audit.models import ReadLog
from byfolk.kernel.people.models import Absence, Address, Card, Person
from byfolk.kernel.rights import Role, data_kinds
from byfolk.kernel.time import today
from byfolk.portal.me.models import Correction
from byfolk.portal.me.queries import nearest_leader

NOW = dt.datetime(2026, 11, 20, 13, 30, tzinfo=dt.UTC)


def _text(response) -> str:
    """The words of the page's content, without marks and with single spaces."""
    page = response.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ")


class TestMyPage:
    def test_jonas_finds_his_post_percentage_pay_and_leader(self, as_persona, person):
        jonas = person("jonas")
        text = _text(as_persona("jonas").get("/mitt/"))
        pay = jonas.pay.filter(valid__contains=today()).get()
        assert CAST["jonas"].title_nb in text
        assert "80 %" in text
        assert f"{pay.annual_pay // 100:,}".replace(",", " ") + " kr" in text
        assert "Nærmeste leder er" in text

    def test_an_absence_of_the_last_year_is_there_with_its_last_day(self, as_persona, person):
        jonas = person("jonas")
        post = jonas.employments.get()
        Absence.objects.filter(person=jonas).delete()
        Absence.objects.create(
            person=jonas, position=post.position, unit=post.unit, kind="child_sick", grade=500,
            valid=(dt.date(2026, 10, 5), dt.date(2026, 10, 7)),
        )  # fmt: skip
        text = _text(as_persona("jonas").get("/mitt/"))
        assert "Sykt barn 5. oktober 2026 – 6. oktober 2026" in text
        assert "50 %" in text

    def test_a_person_with_a_protected_address_finds_all_and_stands_in_no_list(self, as_persona, person):
        jonas = person("jonas")
        Person.objects.filter(pk=jonas.pk).update(protected=True)
        Card.objects.filter(person=jonas).delete()
        Address.objects.update_or_create(person=jonas, defaults={"lines": "Hemmelig vei 7", "protection": 6})
        text = _text(as_persona("jonas").get("/mitt/"))
        assert "Hemmelig vei 7" in text
        assert "Du har sperret adresse" in text

    def test_the_administrator_without_a_leader_has_a_page_too(self, as_persona):
        assert as_persona("anne").get("/mitt/").status_code == 200

    def test_my_page_takes_few_queries(self, as_persona, django_assert_max_num_queries):
        client = as_persona("jonas")
        client.get("/mitt/")
        with django_assert_max_num_queries(25):
            client.get("/mitt/")
        with django_assert_max_num_queries(25):
            client.get("/mitt/hvem-ser/")


class TestWhoCanSee:
    def test_every_declared_kind_is_there_with_those_who_hold_a_role_over_jonas(self, as_actor, person):
        solveig, amir, mette = (person(key).pk for key in ("solveig", "amir", "mette"))
        with as_actor("jonas") as actor:
            seen = {found.kind.code: found for found in who_can_see(actor, today())}
        assert set(seen) == {kind.code for kind in data_kinds()}
        assert {solveig, amir, mette} <= {seer.person_id for seer in seen["absence"].seers}
        assert {seer.role for seer in seen["absence"].seers} == {Role.LEADER, Role.HR_ADVISER}
        assert {seer.role for seer in seen["address"].seers} == {Role.HR_ADVISER}
        assert not seen["read_log"].seers

    @pytest.mark.parametrize("kind", ["identity", "pay", "absence", "employment", "address"])
    def test_whoever_is_named_does_see_and_whoever_sees_is_named(self, as_actor, person, kind):
        """The page and the database's policies come from the same statement, and say the same."""
        jonas = person("jonas")
        post = jonas.employments.get()
        Address.objects.get_or_create(person=jonas, defaults={"lines": "Gata 1"})
        Absence.objects.create(
            person=jonas, position=post.position, unit=post.unit, kind="child_sick",
            valid=(dt.date(2026, 11, 2), dt.date(2026, 11, 3)),
        )  # fmt: skip
        with as_actor("jonas") as actor:
            named = next(k for k in who_can_see(actor, today()) if k.kind.code == kind).seers
        table = next(k for k in data_kinds() if k.code == kind).tables[0]
        numbers = {person(key).pk: key for key in CAST if CAST[key].employee_number and key != "jonas"}
        from django.db import connection

        for number, key in numbers.items():
            with as_actor(key), connection.cursor() as cursor:
                cursor.execute(f"select exists (select from {table.name} where {table.person} = %s)", [jonas.pk])
                sees = cursor.fetchone()[0]
            assert sees == (number in {seer.person_id for seer in named}), f"{key} and {kind}"

    def test_the_nearest_leader_is_named_first(self, as_actor):
        with as_actor("jonas") as actor:
            seen = who_can_see(actor, today())
        leader = nearest_leader(seen)
        assert leader is not None
        assert leader.near <= 1
        absence = next(k for k in seen if k.kind.code == "absence")
        assert absence.seers[0].person_id == leader.person_id

    def test_nobody_is_told_that_they_see_themselves(self, as_actor, person):
        with as_actor("solveig") as actor:
            everyone = {seer.person_id for kind in who_can_see(actor, today()) for seer in kind.seers}
        assert actor.person_id not in everyone
        assert person("amir").pk in everyone

    def test_the_page_names_them_and_says_why(self, as_persona):
        text = _text(as_persona("jonas").get("/mitt/hvem-ser/"))
        for words in ("Solveig Aas", "Amir Rahimi", "Mette Vik", "Loven krever det", "Bare du", "HR-rådgiver for"):
            assert words in text
        assert "Ingrid" not in text

    def test_looks_stand_first_with_who_what_why_and_when(self, as_persona, person):
        solveig, jonas = person("solveig"), person("jonas")
        ReadLog.objects.create(reader_id=solveig.pk, person_id=jonas.pk, kind="pay", purpose="Lønnssamtale", at=NOW)
        text = _text(as_persona("jonas").get("/mitt/hvem-ser/"))
        assert "Solveig Aas," in text
        assert "åpnet lønn" in text
        assert "Grunn: Lønnssamtale" in text
        assert "Fredag 20. november 2026 kl. 14.30" in text
        assert text.index("Hvem har sett?") < text.index("Hvem kan se?") < text.index("Rettighetene dine")

    def test_without_looks_it_says_so(self, as_persona):
        assert "Ingen har åpnet noe følsomt om deg" in _text(as_persona("jonas").get("/mitt/hvem-ser/"))


class TestFile:
    def test_the_spreadsheet_holds_every_kind_that_is_registered(self, as_persona, person):
        jonas = person("jonas")
        ReadLog.objects.create(reader_id=person("mette").pk, person_id=jonas.pk, kind="pay", purpose="Rette", at=NOW)
        response = as_persona("jonas").get("/mitt/alt-om-meg.xlsx")
        assert "attachment" in response.headers["Content-Disposition"]
        book = fastexcel.read_excel(response.content)
        assert {"I adresseboka", "Lønn", "Stilling, prosent og ansettelse"} <= set(book.sheet_names)
        log = book.load_sheet("Hvem som har sett på deg").to_polars()
        assert log.row(0, named=True)["Hvem så"] == "Mette Vik"
        post = book.load_sheet("Stilling, prosent og ansettelse").to_polars().row(0, named=True)
        assert (post["Prosent"], post["Type"]) == (80.0, "Fast")

    def test_the_file_for_machines_is_about_jonas_and_nobody_else(self, as_persona, person):
        text = as_persona("jonas").get("/mitt/alt-om-meg.json").content.decode()
        kinds = {kind["kind"] for kind in json.loads(text)["kinds"]}
        assert "Lønn" in kinds
        assert CAST["jonas"].employee_number in text
        assert CAST["ingrid"].employee_number not in text

    def test_nobody_gets_anothers_by_asking_for_it(self, as_persona, person):
        text = as_persona("jonas").get("/mitt/alt-om-meg.json", {"person": person("ingrid").pk}).content.decode()
        assert "Ingrid" not in text

    def test_a_formula_in_what_people_wrote_is_text(self, as_persona, person):
        jonas = person("jonas")
        Correction.objects.create(person=jonas, unit=jonas.unit, kind="pay", text='=HYPERLINK("http://evil")', at=NOW)
        content = as_persona("jonas").get("/mitt/alt-om-meg.xlsx").content
        import openpyxl

        sheet = openpyxl.load_workbook(io.BytesIO(content))["Det du har sagt fra om"]
        cells = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
        assert [cell.data_type for cell in cells] == ["s"]


class TestCorrections:
    def test_jonas_says_what_is_wrong_and_solveig_answers(self, as_persona, person):
        as_persona("jonas").post("/mitt/si-fra/", {"kind": "pay", "text": "Tillegget mangler"})
        said = Correction.objects.get()
        solveig = as_persona("solveig")
        assert "Jonas Haugen" in _text(solveig.get("/mitt/svar/"))
        solveig.post(f"/mitt/svar/{said.pk}/", {"answer": "Det er rettet fra mai"})
        text = _text(as_persona("jonas").get("/mitt/"))
        assert "Tillegget mangler" in text
        assert "Det er rettet fra mai" in text

    def test_owner_unit_answer_and_state_that_are_posted_are_ignored(self, as_persona, person):
        jonas, ingrid = person("jonas"), person("ingrid")
        form = {
            "kind": "pay", "text": "Feil", "person": ingrid.pk, "person_id": ingrid.pk, "unit": ingrid.unit_id,
            "unit_id": ingrid.unit_id, "answer": "Alt er rett", "answered_at": "2026-01-01", "answered_by_id": jonas.pk,
        }  # fmt: skip
        as_persona("jonas").post("/mitt/si-fra/", form)
        said = Correction.objects.get()
        assert (said.person_id, said.unit_id, said.answer, said.answered_at) == (jonas.pk, jonas.unit_id, "", None)

    def test_an_answer_cannot_change_whose_it_is(self, as_persona, person):
        jonas, ingrid, mette = person("jonas"), person("ingrid"), person("mette")
        said = Correction.objects.create(person=jonas, unit=jonas.unit, kind="pay", text="Feil", at=NOW)
        form = {"answer": "Rettet", "person": ingrid.pk, "text": "Noe annet", "answered_by_id": ingrid.pk}
        as_persona("mette").post(f"/mitt/svar/{said.pk}/", form)
        said.refresh_from_db()
        assert (said.person_id, said.text, said.answered_by_id) == (jonas.pk, "Feil", mette.pk)

    def test_solveig_does_not_answer_herself(self, as_persona, person):
        solveig = person("solveig")
        said = Correction.objects.create(person=solveig, unit=solveig.unit, kind="pay", text="Feil", at=NOW)
        assert as_persona("solveig").get(f"/mitt/svar/{said.pk}/").status_code == 404

    def test_without_words_nothing_is_sent(self, as_persona):
        page = as_persona("jonas").post("/mitt/si-fra/", {"kind": "pay", "text": "  "})
        assert "Skriv hva som er feil" in page.content.decode()
        assert not Correction.objects.exists()

    def test_what_people_write_is_shown_as_words(self, as_persona):
        client = as_persona("jonas")
        client.post("/mitt/si-fra/", {"kind": "pay", "text": "<script>alert(1)</script>"})
        page = client.get("/mitt/").content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page
