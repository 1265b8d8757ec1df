"""The administrator's pages for roles: give with confirm, end with reason, take back, and the history."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection

from byfolk.demo.cast import CARE_AGENCY_CODE, ROOT_CODE
from byfolk.kernel.access.models import Grant
from byfolk.kernel.people.models import Person
from byfolk.kernel.time import now, today

GIVE = {"role": "hr_adviser", "unit": CARE_AGENCY_CODE, "start": "", "reason": "Vikar for Mette"}


@pytest.fixture
def anne(as_persona):
    return as_persona("anne")


@pytest.fixture
def give(anne, person):
    def run(key: str = "jonas", **fields: object):
        form = GIVE | {"start": today().isoformat(), "confirmed": "1"} | fields
        return anne.post(f"/roller/gi/{person(key).pk}/", form)

    return run


def test_the_first_answer_says_what_it_means_and_gives_nothing(anne, person):
    form = GIVE | {"start": today().isoformat()}
    page = anne.post(f"/roller/gi/{person('jonas').pk}/", form).content.decode()
    assert "Jonas Haugen blir HR-rådgiver for Omsorgsetaten" in page
    for sees in ("Lønn", "Fravær", "Privat adresse"):
        assert sees in page
    assert not Grant.objects.filter(person=person("jonas")).exists()


def test_confirmed_it_is_given_and_works_at_once(give, as_actor, person):
    assert give().status_code == 302
    grant = Grant.objects.get(person=person("jonas"))
    assert (grant.role, grant.unit.code, grant.valid.lower, grant.valid.upper) == (
        "hr_adviser",
        CARE_AGENCY_CODE,
        today(),
        None,
    )
    with as_actor("jonas"):
        assert Person.objects.count() > 5


def test_owner_and_state_that_are_posted_are_ignored(give, person):
    give(person=person("ingrid").pk, person_id=person("ingrid").pk, valid="[2001-01-01,)", id=1)
    assert not Grant.objects.filter(person=person("ingrid")).exists()
    assert Grant.objects.get(person=person("jonas")).valid.lower == today()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"role": "leader"}, "leader"),
        ({"unit": "finnes-ikke"}, "Vi fant ingen enhet"),
        ({"reason": ""}, "Skriv hvorfor"),
        ({"start": "2020-01-01"}, "kan ikke begynne før i dag"),
        ({"last": "2020-01-01"}, "Velg en dato etter den første"),
    ],
)
def test_what_will_not_do_is_said_and_gives_nothing(give, person, fields, says):
    response = give(**fields)
    assert response.status_code == 200
    assert says in response.content.decode()
    assert not Grant.objects.filter(person=person("jonas")).exists()


def test_nobody_gives_themselves_a_role(give, person):
    before = Grant.objects.filter(person=person("anne")).count()
    assert "Du kan ikke gi deg selv en rolle" in give("anne").content.decode()
    assert Grant.objects.filter(person=person("anne")).count() == before


def test_an_administrator_of_one_agency_gives_roles_there_only(give, person):
    Grant.objects.filter(person=person("anne")).update(unit=person("ingrid").unit)
    assert "i de enhetene du er systemansvarlig for" in give().content.decode()
    assert give(unit=person("ingrid").unit.code).status_code == 302


def test_and_the_database_refuses_the_rest(as_actor, person):
    care, jonas = person("amir").unit, person("jonas")
    Grant.objects.filter(person=person("anne")).update(unit=person("ingrid").unit)
    with as_actor("anne"), pytest.raises(Exception, match="row-level security"):
        Grant.objects.create(person=jonas, role="hr_adviser", unit=care, valid=(today(), None))


def test_ended_today_it_is_gone_today_and_its_days_are_kept(anne, as_actor, person):
    grant = person("mette").grants.get()
    assert anne.post(f"/roller/{grant.pk}/avslutt/", {"reason": "Ny jobb"}).status_code == 302
    grant.refresh_from_db()
    assert grant.valid.upper == today()
    with as_actor("mette") as actor:
        assert not actor.roles


def test_ending_says_why_or_does_not_end(anne, person):
    grant = person("mette").grants.get()
    assert "Skriv hvorfor" in anne.post(f"/roller/{grant.pk}/avslutt/", {"reason": ""}).content.decode()
    grant.refresh_from_db()
    assert grant.valid.upper is None


def test_the_last_administrator_cannot_be_taken_away(anne, person):
    grant = person("anne").grants.get(unit__code=ROOT_CODE)
    Grant.objects.filter(role="administrator").exclude(pk=grant.pk).delete()
    page = anne.post(f"/roller/{grant.pk}/avslutt/", {"reason": "Slutter"}).content.decode()
    assert "Noen må være systemansvarlig" in page
    grant.refresh_from_db()
    assert grant.valid.upper is None


def _undo_address(response, client) -> str:
    page = client.get(response.url).content.decode()
    found = re.search(r'action="(/roller/angre/\d+/)"', page)
    assert found is not None
    return found[1]


def test_what_was_given_can_be_taken_back(give, anne, person):
    anne.post(_undo_address(give(), anne))
    assert not Grant.objects.filter(person=person("jonas")).exists()


def test_what_was_ended_can_be_taken_back(anne, person):
    grant = person("mette").grants.get()
    before = grant.valid
    response = anne.post(f"/roller/{grant.pk}/avslutt/", {"reason": "Feil person"})
    anne.post(_undo_address(response, anne))
    grant.refresh_from_db()
    assert grant.valid == before


def test_what_was_given_and_ended_the_same_day_can_be_taken_back(give, anne, person):
    give()
    grant = Grant.objects.get(person=person("jonas"))
    response = anne.post(f"/roller/{grant.pk}/avslutt/", {"reason": "Feil person"})
    assert not Grant.objects.filter(pk=grant.pk).exists()
    anne.post(_undo_address(response, anne))
    assert Grant.objects.get(person=person("jonas")).valid.upper is None


def test_taking_back_takes_a_post_and_only_once(give, anne):
    address = _undo_address(give(), anne)
    assert anne.get(address).status_code == 405
    assert anne.post(address).status_code == 302
    assert anne.post(address).status_code == 404


def test_after_an_hour_it_stands(give, anne, person, monkeypatch):
    address = _undo_address(give(), anne)
    later = now() + dt.timedelta(hours=2)
    monkeypatch.setattr("byfolk.portal.grants.views.now", lambda: later)
    assert anne.post(address).status_code == 404
    assert Grant.objects.filter(person=person("jonas")).exists()


def test_the_history_says_who_did_what_and_why(give, anne, as_persona):
    give()
    for key in ("anne", "per"):
        page = as_persona(key).get("/roller/historikk/").content.decode()
        assert "Jonas Haugen" in page
        assert "Anne Solheim" in page
        assert "Vikar for Mette" in page


@pytest.mark.parametrize("key", ["kari", "solveig", "jonas", "mette"])
def test_the_database_gives_the_history_to_nobody_else(as_actor, give, key):
    give()
    with as_actor(key), connection.cursor() as cursor:
        cursor.execute("select count(*) from byfolk_grant_history()")
        assert cursor.fetchone()[0] == 0


def test_a_unit_can_be_told_by_its_name(give, person):
    give(unit="omsorgsetaten")
    assert Grant.objects.get(person=person("jonas")).unit.code == CARE_AGENCY_CODE
