"""One PostgreSQL for the run, data made once: a template database with the small demo city, copied for each worker."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import django
import pytest

from tests import server

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
DATABASE, TEMPLATE = f"byfolk_{WORKER}", "byfolk_template"
server.prepare_environment(DATABASE)

EMPLOYEES = 300


def pytest_configure(config: pytest.Config) -> None:
    """Start the server in the process that leads the run; its workers inherit where it is."""
    if not hasattr(config, "workerinput"):
        server.start()
    django.setup()  # tests without a database read translated texts too


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        server.stop()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """The name of the template database, made by whichever worker comes first."""
    from tests.template import make_once

    shared = tmp_path_factory.getbasetemp()
    make_once(TEMPLATE, shared.parent if worker_id != "master" else shared, employees=EMPLOYEES)
    return TEMPLATE


@pytest.fixture(scope="session")
def django_db_setup(template: str, django_db_blocker: pytest.FixtureDef) -> Iterator[None]:
    """Give this worker a copy of the template. Each test runs in a transaction that is rolled back."""
    server.create(DATABASE, template)
    yield
    with django_db_blocker.unblock():
        from django.db import connections

        connections.close_all()
    server.drop(DATABASE)


@pytest.fixture
def as_persona(db: None) -> Callable[[str], object]:
    """`as_persona("kari")` is a signed-in client of that person; `as_persona(None)` is a visitor."""
    from django.test import Client

    from byfolk.demo.cast import CAST
    from byfolk.kernel.access.models import User

    def sign_in(key: str | None) -> Client:
        client = Client()
        if key is not None:
            client.force_login(User.objects.get(username=CAST[key].employee_number.lower()))
        return client

    return sign_in
