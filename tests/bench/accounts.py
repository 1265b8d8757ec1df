"""The personnel accounts of the full city: all of them by the command, and one agency on the fly."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench import Result
from tests.bench.city import ensure_city

YEAR = 2025
TIMES = 5


def run() -> list[Result]:
    """The command in a process of its own, as a person runs it; one agency in this one, as a page makes it."""
    ensure_city()
    with tempfile.TemporaryDirectory(prefix="byfolk-accounts-") as out:
        started = time.perf_counter()
        command = [sys.executable, "-m", "byfolk", "accounts", str(YEAR), "--all-agencies", "--out", out]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        all_of_them = time.perf_counter() - started
        files = [file for file in Path(out).iterdir() if file.is_file()]
        megabytes = sum(file.stat().st_size for file in files) / 1e6
    note = f"{len(files)} files, {megabytes:.0f} MB, two processes"
    return [
        Result("accounts of the city and all agencies, three formats", all_of_them, "s", "90 s", note),
        *_one(),
        *_frozen(),
    ]


def _one() -> list[Result]:
    from byfolk.accounts import offline, pdf, queries, workbook
    from byfolk.accounts.making import one_report
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.rights import Actor

    nobody = Actor(person_id=0)
    with acting_as_worker(why="measuring"):
        ground = queries.ground(nobody, YEAR, "nb")
        codes = [code for code, _name in queries.agencies_of(nobody, YEAR)][:TIMES]

        def all_formats(code: str) -> None:
            made = one_report(queries.ground(nobody, YEAR, "nb"), "nb", code)
            offline.page(made, base="http://localhost", files=[])
            pdf.pdf(made, base="http://localhost")
            workbook.workbook(made)

        first = _seconds(lambda: all_formats(codes[0]))
        rest = [_seconds(lambda code=code: all_formats(code)) for code in codes[1:]]  # type: ignore[misc]
        reading = statistics.median(_seconds(lambda: one_report(ground, "nb", codes[0])) for _ in range(TIMES))
    return [
        Result("one agency, three formats, first in a process", first, "s", "3 s", "with templates and fonts to load"),
        Result(
            "one agency, three formats, then", statistics.median(rest), "s", "3 s", f"median of {len(rest)} agencies"
        ),
        Result("one agency, reading and composing only", reading, "s", "", "without any format"),
    ]


def _frozen() -> list[Result]:
    """Freezing the city's accounts, and making their files again from the snapshot."""
    import datetime as dt

    from byfolk.accounts import making, queries, snapshot
    from byfolk.accounts.drafted import Draft, Text
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.rights import Actor

    nobody, at = Actor(person_id=0), dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)
    with acting_as_worker(why="measuring"):
        unit = queries.ground(nobody, YEAR, "nb").root

        def freeze() -> making.FrozenForm:
            return making.frozen_form(
                nobody, unit, YEAR, Draft({"ansatte": Text("Vi er [tall:headcount].")}),
                version=1, at=at, name="Kari Nordahl", role="HR-direktør", reason="Vedtatt", address="http://localhost",
            )  # fmt: skip

        kept = freeze()
        freezing = statistics.median(_seconds(freeze) for _ in range(3))
    edition = snapshot.read(kept.text)
    again = statistics.median(_seconds(lambda: making.files_of(edition)) for _ in range(3))
    size = f"{len(kept.text.encode()) / 1e6:.1f} MB in three languages"
    same = "the same bytes" if making.files_of(edition) == kept.files else "OTHER BYTES"
    return [
        Result("the city's accounts frozen, with PDF and spreadsheet", freezing, "s", "", size),
        Result("PDF and spreadsheet made again from the snapshot", again, "s", "3 s", same),
    ]


def _seconds(what: Callable[[], Any]) -> float:
    started = time.perf_counter()
    what()
    return time.perf_counter() - started
