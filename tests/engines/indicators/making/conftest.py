"""A database of its own for the refresh: it commits, and is killed in the middle, which the shared one would not
survive.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from django.db import connections

from tests import server

NAME = "byfolk_refresh"
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def city(template: str, worker_id: str, django_db_blocker: pytest.FixtureDef) -> Iterator[str]:
    """The small demo city with its figures, in a database that this module may change."""
    name = f"{NAME}_{worker_id}"
    server.create(name, template)
    known = connections["default"].settings_dict
    before = known["NAME"]
    with django_db_blocker.unblock():
        connections["default"].close()
        known["NAME"] = name
        try:
            yield name
        finally:
            connections["default"].close()
            known["NAME"] = before
    server.drop(name)


@pytest.fixture
def in_a_process(city: str) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Run lines of Python on that database in a process of their own, so that it can be killed."""

    def run(code: str) -> subprocess.CompletedProcess[str]:
        start = "import django; django.setup()\n"
        return subprocess.run(
            [sys.executable, "-c", start + code],
            env=server.environment_for(city),
            text=True,
            capture_output=True,
            check=False,
        )

    return run
