"""Measurements at full size. `make bench` runs them all and writes docs/benchmarks.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Result:
    """One measured figure. `target` is what is asked for, as text; `note` says what it was measured against."""

    name: str
    value: float
    unit: str
    target: str = ""
    note: str = ""


def peak_memory() -> int:
    """The most memory that this process has held, in bytes. (`getrusage` also counts the process that started it.)"""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
