"""`byfolk demo --no-serve` in an empty home: the city of 50,000, its 46 months and its figures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import Result


def run() -> list[Result]:
    """Load the city into a home of its own and serve its first page; the steps are timed by the command itself."""
    with tempfile.TemporaryDirectory(prefix="byfolk-bench-", dir=Path(os.environ["BYFOLK_HOME"])) as home:
        environment = os.environ | {"BYFOLK_HOME": home}
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "byfolk", "demo", "--no-serve"],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )
        whole = time.perf_counter() - started
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from pathlib import Path; from byfolk.lib import postgres; postgres.stop(postgres.home())",
            ],
            env=environment,
            check=True,
        )
    steps = {name: float(seconds) for name, seconds in re.findall(r"\[(\w+)\] ([\d.]+) s", done.stderr)}
    return [
        Result("`byfolk demo` from an empty home, all of it", whole, "s", "300 s"),
        Result("making the city", steps["city"], "s"),
        Result("loading 50,000 employees with 46 months", steps["load"], "s", "60 s"),
        Result("figures of 46 months", steps["figures"], "s", "60 s"),
    ]
