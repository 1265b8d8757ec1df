"""A PostgreSQL of a test's own, to be killed. It waits for the disk, and holds a copy of the template."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import psutil

from byfolk.config.databases import DATABASE, NAME, SOCKET
from byfolk.lib import postgres
from byfolk.lib.postgres.programs import packaged
from tests import server


class OwnDatabase:
    """A lasting database server in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.running = postgres.ensure(home)
        postgres.bootstrap_roles(self.running)
        postgres.create_database(self.running, NAME, postgres.OWNER)

    def copy(self, template: str) -> None:
        """Fill it with a database of the test run, roles and rights too."""
        source = server.where(template)
        known = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
        there = os.environ | {name: str(source[key]) for name, key in known.items() if source[key]}
        here = f"--dbname={self.running.dsn(NAME, postgres.SUPERUSER)}"
        programs = packaged()
        # Some of the roles are here already, and are told of as errors.
        roles = [programs["pg_dumpall"], "--roles-only", "--no-role-passwords", f"--database={template}"]
        made = subprocess.run(roles, env=there, capture_output=True, check=True)
        subprocess.run([programs["psql"], "--quiet", here], input=made.stdout, capture_output=True, check=True)
        dump = subprocess.Popen(
            [programs["pg_dump"], "--format=custom", "--compress=0", template], env=there, stdout=subprocess.PIPE
        )
        subprocess.run([programs["pg_restore"], here, "--exit-on-error"], stdin=dump.stdout, check=True)
        assert dump.wait() == 0

    def environment(self) -> dict[str, str]:
        """The environment of a process that is to use it."""
        told = {SOCKET: str(self.running.socket), DATABASE: NAME, "BYFOLK_HOME": str(self.home)}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
        return kept | told

    def where(self) -> dict[str, object]:
        """What psycopg needs to connect as the superuser."""
        return {
            "host": str(self.running.socket), "port": self.running.port, "dbname": NAME, "user": postgres.SUPERUSER
        }  # fmt: skip

    def kill(self) -> None:
        """kill -9 of the server's first process; the others end when they find that it is gone."""
        first = psutil.Process(self.running.pid)
        first.send_signal(signal.SIGKILL)
        psutil.wait_procs([first], timeout=30)

    def start(self) -> None:
        """Start it again, which goes through the log of what was kept."""
        self.running = postgres.ensure(self.home)

    def end(self) -> None:
        """Leave no process behind."""
        postgres.stop(self.home)
