"""Measurements at full size. `make bench` runs them all and writes docs/benchmarks.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """One measured figure. `target` is what is asked for, as text; `note` says what it was measured against."""

    name: str
    value: float
    unit: str
    target: str = ""
    note: str = ""
