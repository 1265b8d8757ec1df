"""The full city that measurements run on: loaded once, kept in the benchmark's home."""

from __future__ import annotations

import sys


def ensure_city() -> None:
    """Start the benchmark's database and load the city of 50,000 with its figures unless it is there."""
    from byfolk.config.cli.setting_up import build_pages
    from byfolk.config.database_setup import prepare

    prepare(_say)
    build_pages()
    from byfolk.config.demo_city import load_once

    load_once(employees=50_000, seed=2026, report=_say)


def _say(text: str) -> None:
    print(f"    {text}", file=sys.stderr, flush=True)
