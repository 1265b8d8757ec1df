"""kill -9 in the middle of an import: nothing of it is there, and the same file lands afterwards."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from byfolk.demo.city.messy import messy_employments
from tests import server

CODE = """
import datetime as dt, sys, time
from byfolk.config.database_setup import start_django
start_django()
from byfolk.kernel.people.importing.landing import staging
from byfolk.portal.importing.files import import_file
if sys.argv[2] == "hang":
    land = staging.land
    def hang(kind, parameters):
        land(kind, parameters)
        print("written", flush=True)
        time.sleep(600)
    staging.land = hang
batch = import_file(sys.argv[1], now=dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), kind="employments")
print(batch.counts["new"], batch.counts["unchanged"], flush=True)
"""


@pytest.fixture
def own_database(template: str):
    """A database of its own: what a killed process leaves behind cannot be rolled back by the test."""
    name = "byfolk_killed"
    server.create(name, template)
    yield server.environment_for(name)
    server.drop(name)


def start(path: str, how: str, environment: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-c", CODE, path, how], env=environment, stdout=subprocess.PIPE, text=True)


@pytest.mark.django_db
def test_an_import_that_is_killed_leaves_nothing_and_can_be_started_again(
    own_database: dict[str, str], tmp_path
) -> None:
    path = tmp_path / "ansatte.csv"
    path.write_bytes(messy_employments(300, 5, {}).content)
    first = start(str(path), "hang", own_database)
    assert first.stdout.readline() == "written\n"
    first.send_signal(signal.SIGKILL)
    first.wait()
    again = start(str(path), "run", own_database)
    assert again.stdout.read() == "300 0\n"  # all are new: nothing had landed
    once_more = start(str(path), "run", own_database)
    assert once_more.stdout.read() == "0 300\n"  # and none came twice
