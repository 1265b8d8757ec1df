"""Byfolk as an operator runs it: real processes on a database and in a home of their own, to be killed."""

from __future__ import annotations

import re
import socket
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import psutil
import psycopg
import requests

from tests import server
from tests.config.killed.own_database import OwnDatabase

WITHIN = 120  # seconds: only where something is wrong does anything take so long


class Installation:
    """An installation with its processes, in a database of the run's server, or in one of its own."""

    def __init__(self, database: str, home: Path, own: OwnDatabase | None = None) -> None:
        self.environment = (own.environment() if own else server.environment_for(database)) | {
            "BYFOLK_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "tests.config.killed.settings",
        }
        self.own = own
        self.where = own.where() if own else server.where(database)
        self.watch()
        self.started: list[psutil.Popen] = []
        self.holds: list[Hold] = []
        self.said = home / "said.txt"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def watch(self) -> None:
        """Look at the database by a new connection."""
        self.watcher = psycopg.connect(**self.where, autocommit=True)

    def end(self) -> None:
        """Leave no process and no connection behind."""
        for process in self.started:
            self.kill(process)
        for hold in self.holds:
            hold.release()
        self.until(lambda: not self.one(OTHERS), "the database has let go of who was killed")
        self.watcher.close()

    def run(self, *command: str) -> psutil.Popen:
        """Start `byfolk COMMAND`."""
        with self.said.open("ab") as said:
            process = psutil.Popen([sys.executable, "-m", "byfolk", *command], env=self.environment, stderr=said)
        self.started.append(process)
        return process

    def serve(self, *options: str) -> psutil.Popen:
        """Start `byfolk serve` and wait until it answers."""
        process = self.run("serve", "--port", str(self.port), "--processes", "1", *options)
        self.until(self.answers, "the server answers")
        return process

    def answers(self) -> bool:
        """Whether the server answers."""
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/health/live", timeout=10).ok
        except requests.ConnectionError:
            return False

    def worker_of(self, process: psutil.Popen) -> psutil.Process | None:
        """The worker beside a server."""
        return next((p for p in process.children() if "worker" in p.cmdline()), None)

    def web_workers(self, process: psutil.Popen) -> list[psutil.Process]:
        """The processes that answer, of a server: children of the one that leads them."""
        leading = next(one for one in process.children() if "granian" in one.cmdline())
        return [one for one in leading.children() if "granian" in one.cmdline()]

    def kill(self, process: psutil.Process) -> None:
        """kill -9 of a process and all that it started."""
        try:
            family = [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            return
        for one in family:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                pass
        psutil.wait_procs(family, timeout=WITHIN)

    def rows(self, query: str, *arguments: object) -> list[tuple]:
        """What the database holds, as anyone sees it who looks now."""
        return self.watcher.execute(query, arguments).fetchall()

    def one(self, query: str, *arguments: object) -> Any:
        """The one value that a query finds; None where there is no row."""
        found = self.rows(query, *arguments)
        return found[0][0] if found else None

    def until(self, so: Callable[[], object], what: str) -> None:
        """Wait for something to be so."""
        deadline = time.monotonic() + WITHIN
        while not so():
            assert time.monotonic() < deadline, (
                f"not within {WITHIN} s: {what}; {self.jobs()}; {self.said.read_text()[-3000:]}"
            )
            time.sleep(0.05)

    def jobs(self) -> list[tuple[str, str]]:
        """The jobs that somebody asked for, in order: task and status."""
        return self.rows(ASKED_FOR)

    def hold(self, table: str) -> Hold:
        """Let nobody write a table until it is released."""
        self.holds.append(Hold(self, table))
        return self.holds[-1]

    def miss_all_workers(self) -> None:
        """Let so much time go by that a worker that was killed counts as gone."""
        self.watcher.execute("update procrastinate_workers set last_heartbeat = last_heartbeat - interval '1 hour'")

    def waits_in_turn(self) -> bool:
        """Does a job wait for another of its kind to let go?"""
        return bool(self.one(WAITS_IN_TURN))


OTHERS = """
select count(*) from pg_stat_activity
 where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
"""
# What is queued by the clock has the time that it was due.
ASKED_FOR = "select task_name, status::text from procrastinate_jobs where not args ? 'timestamp' order by id"
WAITS_TO_WRITE = """
select count(*) from pg_locks l join pg_class c on c.oid = l.relation
  join pg_database d on d.oid = l.database and d.datname = current_database()
 where c.relname = %s and not l.granted
"""
WAITS_IN_TURN = """
select count(*) from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
 where l.locktype = 'advisory' and not l.granted
"""


class Hold:
    """A table that nobody may write: whoever wants to stops there, in the middle of what it does."""

    def __init__(self, city: Installation, table: str) -> None:
        self.city, self.table = city, table
        self.connection = psycopg.connect(**city.where)
        self.connection.execute(f"lock table {table} in share mode")

    def stops_somebody(self) -> bool:
        """Does anyone wait to write?"""
        return bool(self.city.one(WAITS_TO_WRITE, self.table))

    def release(self) -> None:
        """Let them write."""
        self.connection.close()


class Browser:
    """A person before the pages: opens them, and sends the forms on them as they stand, token and all."""

    def __init__(self, address: str, persona: str) -> None:
        self.address, self.session = address, requests.Session()
        assert self.session.post(f"{address}/demo/step-in", data={"persona": persona}, timeout=WITHIN).ok

    def open(self, path: str) -> str:
        """A page's text."""
        answer = self.session.get(self.address + path, timeout=WITHIN)
        assert answer.ok, answer.status_code
        return answer.text

    def send(self, page: str, to: str = "", *, files: dict[str, tuple[str, bytes]] | None = None, **values: str) -> str:
        """Fill in `values` in the form on a page that goes to `to`, and send it. Answers the path that one comes to."""
        forms = Forms()
        forms.feed(self.open(page))
        fields = next(fields for action, fields in forms.found if action == to) | values
        answer = self.session.post(
            self.address + (to or page), data=fields, files=files, timeout=WITHIN, allow_redirects=False
        )
        assert answer.status_code == 302, re.findall(r'class="wrong">(.*?)</p>', answer.text)
        return answer.headers["location"]


class Forms(HTMLParser):
    """The forms on a page that are posted: where each goes, and what its fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open = False
        self.writing = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attributes}
        if tag == "form" and known.get("method") == "post":
            self.found.append((known.get("action", ""), {}))
            self.open = True
        if not self.open:
            return
        fields, name = self.found[-1][1], known.get("name", "")
        if tag == "input" and name and known.get("type") not in ("file", "submit"):
            if known.get("type") not in ("checkbox", "radio") or "checked" in known:
                fields[name] = known.get("value", "")
        elif tag in ("select", "textarea"):
            self.writing = name
            fields[name] = ""
        elif tag == "option" and "selected" in known:
            fields[self.writing] = known.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.open and self.lasttag == "textarea" and self.writing:
            self.found[-1][1][self.writing] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.writing = ""
        if tag == "form":
            self.open = False
