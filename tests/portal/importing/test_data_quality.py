"""Data quality by agency: the way to it, and how its trend is drawn and said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.organisation.queries import root
from byfolk.kernel.people.importing.models import AgencyShare, Batch, State
from byfolk.kernel.rights import VISITOR
from byfolk.portal.importing.queries import quality

pytestmark = pytest.mark.django_db


def navigation(client: Client, path: str) -> dict[str, bool]:
    return {str(one["label"]): one["current"] for one in client.get(path).context["frame"]["navigation"]}


@pytest.mark.parametrize("key", ["mette", "solveig", "amir", "kari"])
def test_who_may_see_data_quality_finds_it_in_the_head(as_persona, key: str) -> None:
    entries = navigation(as_persona(key), reverse("data_quality"))
    assert entries["Datakvalitet"]
    assert "Import" not in entries


def test_the_administrator_finds_data_quality_as_a_tab_beside_the_files(as_persona) -> None:
    administrator = as_persona("anne")
    for name in ("imports", "data_quality"):
        page = administrator.get(reverse(name))
        assert [(tab["label"], tab["current"]) for tab in page.context["tabs"]] == [
            ("Import", name == "imports"),
            ("Datakvalitet", name == "data_quality"),
        ]
        entries = navigation(administrator, reverse(name))
        assert entries["Import"]
        assert "Datakvalitet" not in entries


@pytest.mark.parametrize("key", ["jonas", "tor", "per", "nora"])
def test_who_may_not_see_data_quality_has_no_way_there(as_persona, key: str) -> None:
    assert "Datakvalitet" not in navigation(as_persona(key), "/")


def landed(unit: Unit, kind: str, on: dt.date, read: int, rejected: int) -> None:
    at = dt.datetime(on.year, on.month, on.day, 12, tzinfo=dt.UTC)
    batch = Batch.objects.create(
        kind=kind, file_name="x", file_hash="", file_size=1, state=State.LANDED, unit=root(), created_at=at
    )
    AgencyShare.objects.create(batch=batch, kind=kind, landed_at=at, unit=unit, read=read, rejected=rejected, warned=0)


def test_the_trend_of_an_agency_is_drawn_and_said(as_persona) -> None:
    agency = Unit.objects.filter(level=Level.AGENCY).first()
    landed(agency, "employments", dt.date(2026, 3, 3), 1000, 80)
    landed(agency, "employments", dt.date(2026, 4, 3), 1000, 20)
    solveig = as_persona("solveig")

    everyone = solveig.get(reverse("data_quality")).content.decode()
    one = solveig.get(reverse("data_quality_agency", args=[agency.code])).content.decode()

    assert 'role="img" aria-label="8,0\u00a0% 3.\u00a0mars\u00a02026, 2,0\u00a0% 3.\u00a0april\u00a02026"' in everyone
    assert "20 av 1\u00a0000 rader ble ikke tatt inn." in everyone
    assert "Mindre står igjen enn 3.\u00a0mars\u00a02026" in one
    assert one.index("3.\u00a0april\u00a02026") < one.index("3.\u00a0mars\u00a02026</th>")


def test_files_of_another_kind_are_no_measure_of_the_ones_before(as_persona) -> None:
    agency = Unit.objects.filter(level=Level.AGENCY).first()
    landed(agency, "employments", dt.date(2026, 3, 3), 1000, 80)
    landed(agency, "absences", dt.date(2026, 3, 3), 1000, 0)
    landed(agency, "employments", dt.date(2026, 4, 3), 1000, 80)
    landed(agency, "absences", dt.date(2026, 4, 3), 1000, 0)

    (found,) = quality(VISITOR, [agency])

    assert [standing.share for standing in found.trend] == [40, 40]
    assert found.change == 0
