"""Runs every measurement, or those named on the command line, and writes docs/benchmarks.md."""

from __future__ import annotations

import importlib
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from tests.bench import Result

PARTS = {
    "loading": "The demo city from nothing",
    "importing": "Import",
    "figures": "Figures",
    "disclosure": "Disclosure control",
    "surveys": "Surveys",
    "access": "What the policies cost",
    "pages": "Pages",
    "accounts": "Personnel accounts",
    "ballots": "Anonymous ballots",
    "phone": "Answering on a phone",
}
TARGET = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


def main() -> None:
    """Each part runs in a process of its own, so that one's memory and caches are not another's."""
    wanted = sys.argv[1:] or list(PARTS)
    kept = Path(os.environ.get("BYFOLK_BENCH_HOME", "var/bench")).resolve()
    kept.mkdir(parents=True, exist_ok=True)
    for part in wanted:
        print(f"  {part} ...", file=sys.stderr, flush=True)
        environment = os.environ | {
            "BYFOLK_HOME": str(kept),
            "BYFOLK_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "byfolk.config.settings",
        }
        code = f"from tests.bench.__main__ import run_part; run_part({part!r})"
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            print(f"  {part} failed and is left as it was", file=sys.stderr)
            continue
        (kept / f"{part}.json").write_text(done.stdout.strip().splitlines()[-1])
    write(kept)


def run_part(part: str) -> None:
    """Run one part and print its results as a line of JSON, the last line of its output."""
    results: list[Result] = importlib.import_module(f"tests.bench.{part}").run()
    print(json.dumps([asdict(result) for result in results]))


def write(kept: Path) -> None:
    """Write the page from what was measured last."""
    lines = [
        "# Benchmarks",
        "",
        f"Measured {date.today():%d.%m.%Y} on {_machine()}, Python {platform.python_version()}. Command: `make bench`",
        "(one part: `.venv/bin/python -m tests.bench pages`). The machine is shared: ratios to a floor measured in the",
        "same run say more than the times.",
    ]
    for part, title in PARTS.items():
        if not (kept / f"{part}.json").exists():
            continue
        lines += ["", f"## {title}", "", "| what | measured | target | |", "|---|---:|---:|---|"]
        for row in json.loads((kept / f"{part}.json").read_text()):
            value = f"{row['value']:,.0f}" if abs(row["value"]) >= 100 else f"{row['value']:.3g}"
            lines.append(f"| {row['name']} | {value} {row['unit']} | {row['target']} | {row['note']} |")
    TARGET.write_text("\n".join(lines) + "\n")
    print(f"  written to {TARGET.relative_to(Path.cwd())}", file=sys.stderr)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    main()
