"""Who of the cast sees whom: the promises that the rest of the tests stand on, asked of the database as each of
them.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.utils.dateparse import parse_date

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST
from byfolk.kernel.audit.models import ReadLog
from byfolk.kernel.audit.reading import log_read, looks_at, reads_for_auditors
from byfolk.kernel.organisation.models import Leadership, Unit
from byfolk.kernel.people.models import Absence, Address, Card, Employment, Pay, Person
from byfolk.kernel.time import today

PRIVATE = (Person, Employment, Pay, Absence, Address)
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def _about(model, person: Person):
    return model.objects.filter(**{"pk" if model is Person else "person_id": person.pk})


@pytest.mark.parametrize("model", PRIVATE)
def test_jonas_never_sees_ingrid(as_actor, person, model):
    ingrid = person("ingrid")
    with as_actor("jonas"):
        assert not _about(model, ingrid).exists()


@pytest.mark.parametrize("model", [Person, Employment, Pay, Absence])
def test_jonas_sees_himself_and_nobody_else(as_actor, person, model):
    jonas = person("jonas")
    Absence.objects.get_or_create(
        person=jonas,
        position=jonas.employments.get().position,
        unit=jonas.unit,
        kind="child_sick",
        valid=(parse_date("2026-11-02"), parse_date("2026-11-03")),
    )
    column = "pk" if model is Person else "person_id"
    with as_actor("jonas"):
        assert set(model.objects.values_list(column, flat=True)) == {jonas.pk}


@pytest.mark.parametrize("model", [Person, Employment, Pay])
def test_solveig_sees_jonas_and_not_ingrid(as_actor, person, model):
    jonas, ingrid = person("jonas"), person("ingrid")
    with as_actor("solveig"):
        assert _about(model, jonas).exists()
        assert not _about(model, ingrid).exists()


@pytest.mark.parametrize("model", [Person, Employment, Pay])
def test_mette_sees_all_of_amirs_agency_and_nothing_beyond(as_actor, model):
    inside = set(Unit.objects.filter(above__ancestor__code=CARE_AGENCY_CODE).values_list("id", flat=True))
    column = "id" if model is Person else "person_id"
    employed = Employment.objects.filter(unit_id__in=inside, valid__contains=today())
    expected = set(employed.values_list("person_id", flat=True))
    with as_actor("mette"):
        assert set(model.objects.values_list(column, flat=True)) == expected


@pytest.mark.parametrize("model", [Person, Pay, Absence, Address])
def test_kari_sees_no_single_pay_absence_or_birth_date(as_actor, person, model):
    kari = person("kari")
    with as_actor("kari"):
        assert not model.objects.exclude(**{"pk" if model is Person else "person_id": kari.pk}).exists()


def test_kari_sees_how_posts_are_filled_in_the_whole_city(as_actor):
    everyone = Employment.objects.filter(valid__contains=today()).count()
    with as_actor("kari"):
        assert Employment.objects.filter(valid__contains=today()).count() == everyone


@pytest.mark.parametrize("key", ["tor", "lise", "per", "nora", "anne"])
def test_representatives_auditor_communication_and_administrator_see_only_themselves(as_actor, person, key):
    me = person(key)
    with as_actor(key):
        assert list(Person.objects.all()) == [me]
        for model in (Employment, Pay, Absence, Address):
            assert not model.objects.exclude(person=me).exists()


def test_a_leader_sees_nothing_of_one_who_has_left_the_unit(as_actor, person):
    jonas, last_week = person("jonas"), today() - dt.timedelta(days=7)
    post = jonas.employments.get()
    post.valid, post.end_reason = (post.valid.lower, last_week), "resigned"
    post.save()
    with as_actor("solveig"):
        for model in PRIVATE:
            assert not _about(model, jonas).exists()


def test_the_history_of_an_employment_is_closed_when_the_person_has_left(as_actor, person):
    jonas = person("jonas")
    post = jonas.employments.get()
    post.valid = (post.valid.lower, today() - dt.timedelta(days=7))
    post.save()
    with connection.cursor() as cursor:
        recorded = "select count(*) from people_employmentevent where person_id = %s"
        cursor.execute(recorded, [jonas.pk])
        assert cursor.fetchone()[0] == 1
        with as_actor("solveig"):
            cursor.execute(recorded, [jonas.pk])
            assert cursor.fetchone()[0] == 0


def test_what_belongs_to_the_old_unit_does_not_follow_to_the_new_leader(as_actor, person):
    jonas, ingrid = person("jonas"), person("ingrid")
    last_week = today() - dt.timedelta(days=7)
    post = jonas.employments.get()
    Employment.objects.create(
        person=jonas,
        position=ingrid.employments.get().position,
        unit=ingrid.unit,
        kind="permanent",
        percentage=1000,
        valid=(last_week, None),
    )
    post.valid = (post.valid.lower, last_week)
    post.save()
    Leadership.objects.filter(unit=ingrid.unit, valid__contains=today()).delete()
    Leadership.objects.create(unit=ingrid.unit, person_id=person("nora").pk, valid=(last_week, None))
    with as_actor("nora"):
        assert _about(Person, jonas).exists()
        assert set(_about(Employment, jonas).values_list("unit_id", flat=True)) == {ingrid.unit_id}
        assert not _about(Pay, jonas).exists()
        assert not _about(Absence, jonas).exists()
    with as_actor("solveig"):
        assert not _about(Employment, jonas).exists()


def test_a_role_that_has_ended_shows_nothing(as_actor, person):
    grant = person("mette").grants.get()
    grant.valid = (grant.valid.lower, today())
    grant.save()
    with as_actor("mette") as actor:
        assert not actor.roles
        assert not Person.objects.exclude(pk=actor.person_id).exists()


def test_a_role_that_begins_tomorrow_shows_nothing_today(as_actor, person):
    grant = person("mette").grants.get()
    grant.valid = (today() + dt.timedelta(days=1), None)
    grant.save()
    with as_actor("mette") as actor:
        assert not Person.objects.exclude(pk=actor.person_id).exists()


def test_who_has_left_is_nobody(as_actor, person):
    jonas = person("jonas")
    jonas.employments.update(valid=(dt.date(2019, 1, 1), today()))
    with as_actor("jonas") as actor:
        assert actor.person_id is None


class TestReadLog:
    """Looks at what is logged."""

    def test_the_person_sees_who_looked_at_what_and_why(self, as_actor, person):
        jonas, solveig = person("jonas"), person("solveig")
        with as_actor("solveig") as actor:
            log_read(actor=actor, person_id=jonas.pk, kind="pay", purpose="talk", details="I desember", now=NOW)
        with as_actor("jonas") as actor:
            look = looks_at(actor).get()
        assert (look.reader_id, look.kind, look.at) == (solveig.pk, "pay", NOW)
        assert (look.purpose, look.details) == ("talk", "I desember")

    def test_the_one_who_looked_cannot_read_the_log(self, as_actor, person):
        jonas = person("jonas")
        with as_actor("solveig") as actor:
            log_read(actor=actor, person_id=jonas.pk, kind="pay", purpose="talk", now=NOW)
            assert not ReadLog.objects.exists()

    def test_per_sees_that_it_was_read_by_whom_and_why_and_never_what(self, as_actor, person):
        jonas = person("jonas")
        with as_actor("solveig") as actor:
            log_read(actor=actor, person_id=jonas.pk, kind="absence", purpose="duty", now=NOW)
        with as_actor("per"):
            read = reads_for_auditors(limit=1)[0]
            assert not ReadLog.objects.exists()
        assert (read.person_id, read.purpose, read.details) == (jonas.pk, "duty", "")
        assert not hasattr(read, "kind")

    @pytest.mark.parametrize("key", ["kari", "amir", "solveig", "jonas", "mette", "tor", "anne"])
    def test_nobody_else_sees_the_auditors_log(self, as_actor, person, key):
        jonas = person("jonas")
        with as_actor("solveig") as actor:
            log_read(actor=actor, person_id=jonas.pk, kind="pay", purpose="talk", now=NOW)
        with as_actor(key):
            assert reads_for_auditors(limit=10) == []

    def test_looking_at_oneself_or_at_what_is_not_logged_writes_nothing(self, as_actor, person):
        jonas, solveig = person("jonas"), person("solveig")
        with as_actor("solveig") as actor:
            log_read(actor=actor, person_id=solveig.pk, kind="pay", purpose="talk", now=NOW)
            log_read(actor=actor, person_id=jonas.pk, kind="employment", purpose="talk", now=NOW)
        assert not ReadLog.objects.exists()

    def test_a_purpose_in_words_is_refused_because_others_could_not_read_it_in_their_language(self, as_actor, person):
        jonas = person("jonas")
        with as_actor("solveig") as actor, pytest.raises(ValueError, match="Lønnssamtale"):
            log_read(actor=actor, person_id=jonas.pk, kind="pay", purpose="Lønnssamtale", now=NOW)

    def test_a_misspelt_kind_is_refused(self, as_actor, person):
        jonas = person("jonas")
        with as_actor("solveig") as actor, pytest.raises(LookupError):
            log_read(actor=actor, person_id=jonas.pk, kind="lønn", purpose="talk", now=NOW)


def test_the_cast_is_whom_we_think(db):
    assert {p.name for p in CAST.values() if p.employee_number} >= {"Jonas Haugen", "Ingrid Lie", "Solveig Aas"}
    assert Card.objects.filter(person__employee_number=CAST["jonas"].employee_number).exists()
