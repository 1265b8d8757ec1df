"""The staff list of one's own units, and what is opened with a purpose."""

from __future__ import annotations

import datetime as dt

import pytest

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST, NURSING_HOME_CODE, ROOT_CODE
from byfolk.kernel.audit.models import ReadLog
from byfolk.kernel.people.models import Employment
from byfolk.kernel.time import now, today
from byfolk.lib.tables import read
from tests.access.world import protect_someone


def _in(code: str):
    """The employments that last in a unit and below, of those who stand in lists."""
    lasting = Employment.objects.filter(unit__above__ancestor__code=code, valid__contains=today())
    return lasting.exclude(person__protected=True)


def _names(response) -> list[str]:
    return [row.name for row in response.context["rows"]]


def test_solveig_sees_everybody_at_the_nursing_home_and_nobody_else(as_persona):
    response = as_persona("solveig").get("/ansatte/")
    assert response.context["total"] == _in(NURSING_HOME_CODE).count()
    assert CAST["jonas"].name in _names(response)
    assert CAST["ingrid"].name not in response.content.decode()


def test_mette_sees_amirs_agency(as_persona):
    response = as_persona("mette").get("/ansatte/", {"unit": CARE_AGENCY_CODE})
    assert response.context["total"] == _in(CARE_AGENCY_CODE).count()


def test_kari_sees_how_posts_are_filled_and_can_open_nobody(as_persona):
    response = as_persona("kari").get("/ansatte/")
    assert response.context["total"] == _in(ROOT_CODE).count()
    assert "/ansatte/1" not in response.content.decode()


def test_the_list_comes_in_pages_of_fifty(as_persona):
    kari = as_persona("kari")
    first, second = kari.get("/ansatte/"), kari.get("/ansatte/", {"page": 2})
    assert len(_names(first)) == 50
    assert not set(_names(first)) & set(_names(second))
    beyond = kari.get("/ansatte/", {"page": 999999})
    assert beyond.context["number"] == beyond.context["pages"]


def test_it_is_sorted_the_norwegian_way_and_by_percentage(as_persona):
    solveig = as_persona("solveig")
    rows = solveig.get("/ansatte/", {"sort": "percentage"}).context["rows"]
    assert [row.percentage for row in rows] == sorted(row.percentage for row in rows)
    assert solveig.get("/ansatte/", {"sort": "e.id; drop table"}).status_code == 200


def test_search_finds_by_name_and_post_and_takes_signs_as_they_are(as_persona):
    solveig = as_persona("solveig")
    assert _names(solveig.get("/ansatte/", {"q": "haugen jonas"})) == [CAST["jonas"].name]
    assert solveig.get("/ansatte/", {"q": "%"}).context["total"] == 0
    assert solveig.get("/ansatte/", {"q": "\\_'"}).context["total"] == 0


def test_a_protected_person_is_in_no_list(as_persona, db):
    protected = protect_someone()
    for key in ("amir", "mette", "kari"):
        client = as_persona(key)
        pages = client.get("/ansatte/", {"unit": CARE_AGENCY_CODE}).context["pages"]
        for number in range(1, pages + 1):
            rows = client.get("/ansatte/", {"unit": CARE_AGENCY_CODE, "page": number}).context["rows"]
            assert protected not in {row.person_id for row in rows}
        assert client.get(f"/kolleger/{protected}/").status_code == 404


def test_the_files_hold_the_same_as_the_list(as_persona, tmp_path):
    solveig = as_persona("solveig")
    expected = solveig.get("/ansatte/").context["total"]
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"ansatte.{ending}"
        path.write_bytes(solveig.get(f"/ansatte/ansatte.{ending}").content)
        frame = read(path).frame
        assert frame.height == expected
        assert CAST["jonas"].name in frame["Navn"].to_list()


def test_the_list_takes_few_queries(as_persona, django_assert_max_num_queries):
    client = as_persona("kari")
    client.get("/ansatte/")
    with django_assert_max_num_queries(20):
        client.get("/ansatte/")


class TestOpening:
    @pytest.mark.parametrize("kind", ["pay", "absence"])
    def test_nothing_is_shown_or_logged_before_a_purpose_is_given(self, as_persona, person, kind):
        page = as_persona("solveig").get(f"/ansatte/{person('jonas').pk}/{kind}/").content.decode()
        assert "Hvorfor åpner du dette?" in page
        assert "\u00a0kr" not in page
        assert not ReadLog.objects.exists()

    def test_with_a_purpose_it_is_shown_and_jonas_sees_who_and_why(self, as_persona, person):
        jonas, solveig = person("jonas"), person("solveig")
        form = {"purpose": "talk", "details": "Lønnssamtale i desember"}
        page = as_persona("solveig").post(f"/ansatte/{jonas.pk}/pay/", form).content.decode()
        pay = jonas.pay.filter(valid__contains=today()).get().annual_pay // 100
        assert f"{pay:,}".replace(",", "\u00a0") in page
        look = ReadLog.objects.get()
        assert (look.reader_id, look.person_id, look.kind) == (solveig.pk, jonas.pk, "pay")
        assert (look.purpose, look.details) == ("talk", "Lønnssamtale i desember")
        assert now() - look.at < dt.timedelta(minutes=5)
        seen = as_persona("jonas").get("/mitt/hvem-ser/").content.decode()
        assert "Lønnssamtale i desember" in seen

    def test_each_reads_the_purpose_in_their_own_language(self, as_persona, person):
        leader = as_persona("solveig")
        leader.cookies["django_language"] = "en"
        leader.post(f"/ansatte/{person('jonas').pk}/pay/", {"purpose": "talk", "details": "Årssamtalen"})
        assert "Grunn: Forberede en samtale med personen. Årssamtalen" in (
            as_persona("jonas").get("/mitt/hvem-ser/").content.decode()
        )
        auditor = as_persona("per")
        auditor.cookies["django_language"] = "nn"
        assert "Førebu ein samtale med personen. Årssamtalen" in auditor.get("/revisjon/").content.decode()

    def test_what_was_written_instead_of_a_purpose_stands_alone(self, as_persona, person):
        as_persona("solveig").post(f"/ansatte/{person('jonas').pk}/pay/", {"purpose": "other", "details": "Klagesak"})
        page = as_persona("jonas").get("/mitt/hvem-ser/").content.decode()
        assert "Grunn: Klagesak<" in page

    def test_another_reason_must_be_said(self, as_persona, person):
        page = as_persona("solveig").post(f"/ansatte/{person('jonas').pk}/pay/", {"purpose": "other"}).content.decode()
        assert "Skriv hva grunnen er" in page
        assert not ReadLog.objects.exists()

    def test_the_auditor_learns_nothing_of_the_kind_from_the_purposes_we_offer(self, as_persona, person):
        jonas = person("jonas")
        as_persona("solveig").post(f"/ansatte/{jonas.pk}/absence/", {"purpose": "duty"})
        page = as_persona("per").get("/revisjon/").content.decode().lower()
        assert "solveig aas" in page
        assert "jonas haugen" in page
        for word in ("fravær", "syk", "lønn", "absence"):
            assert word not in page[page.index("<main") : page.index("</main>")]

    def test_a_refused_look_leaves_no_line(self, as_persona, person):
        assert (
            as_persona("solveig").post(f"/ansatte/{person('ingrid').pk}/pay/", {"purpose": "talk"}).status_code == 404
        )
        assert not ReadLog.objects.exists()

    def test_a_leaders_own_pay_is_on_her_own_page(self, as_persona, person):
        assert as_persona("solveig").get(f"/ansatte/{person('solveig').pk}/pay/").status_code == 404
