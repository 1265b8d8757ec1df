"""An import whose worker dies each time it is tried, and one that is asked for a moment too late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from procrastinate import JobContext
from procrastinate.jobs import Job
from procrastinate.worker import Worker

from byfolk.kernel.access.jobs import LostTooOften
from byfolk.kernel.organisation.queries import root
from byfolk.kernel.people.importing.models import Batch, State, Upload
from byfolk.portal.importing.actions import start
from byfolk.portal.importing.tasks import app, import_batch

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(db: None) -> Batch:
    """A file that is being landed."""
    found = Batch.objects.create(
        kind="employments", file_name="ansatte.csv", file_hash="", file_size=1, state=State.RUNNING, unit=root(),
        created_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    Upload.objects.create(batch=found, content=b"Ansattnr\n1", unit=found.unit)
    return found


def run_after(losses: int, batch: Batch, ran: list[int]) -> None:
    """What a worker does with the job of a batch that has lost so many workers before."""
    job = Job(
        id=1,
        queue="default",
        lock=None,
        queueing_lock=None,
        task_name="import_batch",
        task_kwargs={"batch": batch.pk, "landing": 1, "asked_by": 1},
        attempts=losses,
    )
    (give_up,) = import_batch.task_middleware
    give_up(lambda: ran.append(batch.pk), JobContext(start_timestamp=0, app=app, job=job, abort_reason=lambda: None),
            Worker(app))  # fmt: skip


def test_one_that_has_lost_its_worker_twice_is_tried_once_more(batch: Batch) -> None:
    ran: list[int] = []
    run_after(2, batch, ran)
    assert ran == [batch.pk]


def test_one_that_has_lost_three_is_stopped_and_can_be_tried_again(batch: Batch, as_persona) -> None:
    ran: list[int] = []
    with pytest.raises(LostTooOften):
        run_after(3, batch, ran)
    batch.refresh_from_db()
    assert (ran, batch.state) == ([], State.FAILED)
    anne = as_persona("anne")
    assert "stoppet brått hver gang" in anne.get(reverse("import_batch", args=[batch.pk])).content.decode()
    assert anne.post(reverse("import_again", args=[batch.pk])).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.problem) == (State.CHECKING, "")


def test_what_has_landed_is_not_called_stopped_whatever_happens_after(batch: Batch) -> None:
    Batch.objects.update(state=State.LANDED)
    with pytest.raises(LostTooOften):
        run_after(3, batch, [])
    batch.refresh_from_db()
    assert batch.state == State.LANDED


def test_asked_for_when_it_has_just_landed_it_stays_landed(batch: Batch, as_actor) -> None:
    Batch.objects.update(state=State.LANDED)
    with as_actor("anne") as actor:
        start(actor=actor, batch=batch, landing=True)
    batch.refresh_from_db()
    assert batch.state == State.LANDED
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where (args ->> 'batch')::int = %s", [batch.pk])
        assert cursor.fetchone() == (0,)


def test_killed_between_landing_and_asking_for_new_figures_it_asks_when_it_is_taken_up_again(batch: Batch) -> None:
    Upload.objects.all().delete()
    Batch.objects.update(state=State.LANDED)
    import_batch(batch=batch.pk, landing=1, asked_by=7)
    with connection.cursor() as cursor:
        cursor.execute("select args ->> 'asked_by' from procrastinate_jobs where task_name = 'figures.refresh'")
        assert cursor.fetchall() == [("7",)]
