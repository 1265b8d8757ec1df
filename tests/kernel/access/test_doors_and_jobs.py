"""Doors, jobs and second steps: the small parts of access."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, connection, transaction

from byfolk.demo.cast import CARE_AGENCY_CODE, CAST, NURSING_HOME_CODE
from byfolk.kernel.access.acting import acting, acting_as_worker
from byfolk.kernel.access.doors import may_in
from byfolk.kernel.access.jobs import defer
from byfolk.kernel.access.second_step import ROLES
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.kernel.rights import VISITOR, Actor, Role, data_kind, permission


def _unit(code: str) -> int:
    return Unit.objects.get(code=code).pk


class TestMayIn:
    def test_a_role_reaches_the_unit_and_all_below_and_nothing_above_or_beside(self, as_actor):
        agency, home, water = _unit(CARE_AGENCY_CODE), _unit(NURSING_HOME_CODE), _unit(str(CAST["ingrid"].unit_code))
        with as_actor("mette") as mette:
            assert may_in(mette, "staff.open", agency)
            assert may_in(mette, "staff.open", home)
            assert not may_in(mette, "staff.open", water)
        with as_actor("solveig") as solveig:
            assert may_in(solveig, "staff.open", home)
            assert not may_in(solveig, "staff.open", agency)

    def test_what_all_may_they_may_everywhere_and_visitors_nowhere(self, as_actor):
        water = _unit(str(CAST["ingrid"].unit_code))
        with as_actor("jonas") as jonas:
            assert may_in(jonas, "directory.see", water)
            assert not may_in(jonas, "staff.open", water)
        assert not may_in(VISITOR, "directory.see", water)
        assert may_in(VISITOR, "portal.open", water)


class TestMisspelt:
    def test_a_misspelt_permission_opens_nothing(self):
        actor = Actor(person_id=1)
        with pytest.raises(LookupError):
            actor.may("staff.sea")
        with pytest.raises(LookupError):
            permission("")

    def test_a_misspelt_kind_is_no_kind(self):
        with pytest.raises(LookupError):
            data_kind("salary")


class TestJobs:
    def _args(self, job: int) -> dict:
        with connection.cursor() as cursor:
            cursor.execute("select args from procrastinate_jobs where id = %s", [job])
            found = cursor.fetchone()[0]
        return json.loads(found) if isinstance(found, str) else found

    def test_who_asked_is_added_by_the_database_and_cannot_be_said_otherwise(self, as_actor, person):
        solveig, jonas = person("solveig").pk, person("jonas").pk
        with as_actor("solveig") as actor:
            job = defer("try", actor=actor, batch=7, asked_by=jonas)
        assert self._args(job) == {"batch": 7, "asked_by": solveig}

    def test_the_queue_is_open_to_nobody(self, as_actor):
        with as_actor("kari"), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            connection.cursor().execute("select * from procrastinate_jobs")

    def test_only_one_waits_under_a_name(self, as_actor):
        with as_actor("anne") as actor:
            defer("try", actor=actor, once="only-one", batch=1)
            with pytest.raises(IntegrityError), transaction.atomic():
                defer("try", actor=actor, once="only-one", batch=1)

    def test_a_visitor_queues_nothing(self, db):
        with acting(None) as actor, pytest.raises(PermissionError):
            defer("try", actor=actor)

    def test_a_rolled_back_write_leaves_no_job(self, as_actor):
        with as_actor("anne") as actor, transaction.atomic():
            defer("try", actor=actor, batch=99)
            transaction.set_rollback(True)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from procrastinate_jobs where (args ->> 'batch')::int = 99")
            assert cursor.fetchone()[0] == 0


class TestWorker:
    def test_background_work_sees_all_and_gives_it_back(self, db, person):
        with acting(person("jonas").pk):
            assert Person.objects.count() == 1
        with acting_as_worker(why="a test"):
            assert Person.objects.count() > 100

    def test_why_it_wrote_stands_in_the_history(self, db, person):
        with acting_as_worker(why="a nightly change"):
            Person.objects.filter(pk=person("jonas").pk).update(work_phone="1")
        with connection.cursor() as cursor:
            cursor.execute("select metadata ->> 'why' from pghistory_context order by created_at desc limit 1")
            assert cursor.fetchone()[0] == "a nightly change"


def test_the_roles_that_want_a_second_step_are_those_over_the_whole(db):
    assert set(ROLES) == {Role.HR_DIRECTOR, Role.ADMINISTRATOR, Role.AUDITOR}
