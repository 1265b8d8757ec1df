"""The template database of the test run: migrated, with the small demo city and its figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from byfolk.lib.postgres.lock import held
from tests import server


def make_once(name: str, folder: Path, *, employees: int) -> None:
    """Make the template unless another worker of this run has made it."""
    done = folder / "template-is-made"
    with held(folder / "template.lock", lambda _: None):
        if done.exists():
            return
        server.create(name)
        fill(name, employees=employees)
        done.touch()


def fill(name: str, *, employees: int) -> None:
    """Migrate a database and load the demo city into it, in a process of its own that leaves no connection behind."""
    code = f"from tests.template import load; load({employees})"
    subprocess.run([sys.executable, "-c", code], check=True, env=server.environment_for(name))


def load(employees: int) -> None:
    """Migrate and load the city into the database that the environment names."""
    from byfolk.config.database_setup import migrate, start_django

    start_django()
    migrate(lambda _: None)
    from byfolk.config.demo_city import load_once

    load_once(employees=employees, seed=2026, report=lambda _: None, files=False)
