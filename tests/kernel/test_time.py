"""What day it is, and that nothing in the product tells it otherwise."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

import byfolk
from byfolk.kernel.time import day_of

#: A month that somebody asked for, read from text: no moment.
_OF_TEXT = re.compile(r"strptime\([^)]*\)\.date\(\)")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-22T22:59:00+00:00", dt.date(2026, 11, 22)),
        ("2026-11-22T23:00:00+00:00", dt.date(2026, 11, 23)),
        ("2027-07-01T21:59:00+00:00", dt.date(2027, 7, 1)),
        ("2027-07-01T22:00:00+00:00", dt.date(2027, 7, 2)),
    ],
)
def test_the_day_is_norways_also_when_the_moment_is_told_in_utc(moment, day):
    assert day_of(dt.datetime.fromisoformat(moment)) == day


def test_nothing_takes_the_day_of_a_moment_in_any_other_way():
    top = Path(byfolk.__file__).parent
    clock = top / "kernel" / "time" / "__init__.py"
    found = [
        f"{path.relative_to(top)}: {line.strip()}"
        for path in sorted(top.rglob("*.py"))
        if path != clock
        for line in path.read_text().splitlines()
        if ".date()" in _OF_TEXT.sub("", line)
    ]
    assert found == []
