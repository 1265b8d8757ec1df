"""The demo from nothing to figures, in steps that each can be taken up again after a kill."""

from __future__ import annotations

from collections.abc import Callable

from byfolk.demo.loading import is_loaded, load_city, timed
from byfolk.engines.indicators.refresh import has_figures, refresh
from byfolk.kernel.time import today


def load_once(*, employees: int, seed: int, report: Callable[[str], None]) -> None:
    """Load what is missing: the city with its policy and targets, then the figures."""
    if is_loaded():
        report("The city is loaded already")
    else:
        load_city(employees=employees, seed=seed, today=today(), report=report)
    if not has_figures():
        with timed("figures", report):
            refresh(report=report)
