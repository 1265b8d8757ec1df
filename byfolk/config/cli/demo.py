"""`byfolk demo`: the fictional city, loaded once and served."""

from __future__ import annotations

import time

import click

from byfolk.config.cli import say


@click.command()
@click.option(
    "--employees", default=50_000, show_default=True, help="How many work in the city at any time (300 or more)."
)
@click.option("--seed", default=2026, show_default=True, help="Another seed gives another city.")
@click.option("--no-serve", is_flag=True, help="Load only.")
@click.option("--port", default=8000, show_default=True, help="The port to answer on.")
def demo_command(employees: int, seed: int, no_serve: bool, port: int) -> None:
    """Load the demo city, unless it is loaded, and serve it. Anyone on this machine may step in as one of the cast."""
    from byfolk.config.database_setup import prepare

    started = time.perf_counter()
    prepare(say)
    from byfolk.config.demo_city import load_once

    load_once(employees=employees, seed=seed, report=say)
    say(f"Ready after {time.perf_counter() - started:.0f} s")
    if no_serve:
        return
    from byfolk.config.cli.running import serve

    say(f"Step in as one of the cast: http://127.0.0.1:{port}/demo/step-in")
    serve(port=port)
