"""One PostgreSQL for the run, data made once: a template database with the small demo city, copied for each worker."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import django
import hypothesis
import pytest
from django.conf import settings
from playwright.sync_api import Browser

from tests import server

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from byfolk.kernel.people.models import Person
    from byfolk.kernel.rights import Actor

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
DATABASE, TEMPLATE = f"byfolk_{WORKER}", "byfolk_template"
server.prepare_environment(DATABASE)
if settings.configured:
    # A worker of a parallel run inherits the environment, and pytest-django has read the settings before this file.
    for known in settings.DATABASES.values():
        known["NAME"] = DATABASE

EMPLOYEES = 300

# The same examples in every run, so that a red run is about what was changed, on a slow machine, too.
# HYPOTHESIS_PROFILE=searching looks for new ones.
hypothesis.settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("searching", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


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


@pytest.fixture(autouse=True)
def in_bokmal() -> Iterator[None]:
    """No test leaves the language of its last page to the next one."""
    yield
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def as_persona(db: None) -> Callable[[str | None], Client]:
    """`as_persona("kari")` is a signed-in client of that person; `as_persona(None)` is a visitor."""
    return signed_in


def signed_in(key: str | None) -> Client:
    """A client of one of the cast, signed in the way that stepping in does: a second step is not asked for."""
    from django.test import Client

    from byfolk.demo.cast import CAST
    from byfolk.kernel.access.models import User

    client = Client()
    if key is not None:
        user = User.objects.get(username=CAST[key].employee_number or key)
        client.force_login(user)
        remember_method(client, user.pk, "demo")
    return client


def remember_method(client: Client, user_id: int, method: str) -> None:
    """Note in the client's session how the user proved who they are."""
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
    session["account_authentication_methods_user"] = str(user_id)
    session.save()


@pytest.fixture
def person(db: None) -> Callable[[str], Person]:
    """`person("jonas")` is that person's row."""
    from byfolk.demo.cast import CAST
    from byfolk.kernel.people.models import Person

    return lambda key: Person.objects.get(employee_number=CAST[key].employee_number)


@pytest.fixture
def as_actor(db: None) -> Callable[[str], AbstractContextManager[Actor]]:
    """`with as_actor("solveig") as actor:` the database shows what she may see, and nothing else."""
    from byfolk.demo.cast import CAST
    from byfolk.kernel.access.acting import acting
    from byfolk.kernel.people.models import Person

    def become(key: str) -> AbstractContextManager[Actor]:
        return acting(Person.objects.get(employee_number=CAST[key].employee_number).pk)

    return become


@pytest.fixture
def in_production(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The default connection signs in as the role that owns nothing, outside any test's transaction: as in production.

    What is written is kept until the end of the run, so such a test must leave nothing behind but sessions.
    """
    from django.conf import settings
    from django.db import connection

    with django_db_blocker.unblock():
        connection.close()
        owner, connection.settings_dict = connection.settings_dict, connection.settings_dict | settings.LOGIN_DATABASE
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict = owner


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests: Playwright runs once in a process."""
    # Playwright keeps an event loop running, and Django refuses to be used beside one unless told that it is meant.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    from tests import browser as installed

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=installed.find(), args=installed.ARGUMENTS)
        yield launched
        launched.close()
