"""`byfolk serve` and `byfolk worker`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import click

from byfolk.config.cli import say
from byfolk.config.database_setup import prepare


@click.command()
@click.option("--port", default=8000, show_default=True, help="The port to answer on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("--processes", default=2, show_default=True, help="How many processes answer.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Run the background worker beside it.")
def serve_command(port: int, host: str, processes: int, worker: bool) -> None:
    """Serve Byfolk, with a background worker beside it."""
    prepare(say)
    serve(port=port, host=host, processes=processes, worker=worker)


def serve(*, port: int, host: str = "127.0.0.1", processes: int = 2, worker: bool = True) -> None:
    """Run the server until it is told to stop (Ctrl-C or SIGTERM); the worker stops with it.

    The database must be prepared.
    """
    beside = subprocess.Popen([sys.executable, "-m", "byfolk", "worker"]) if worker else None
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *(
            "--workers",
            str(processes),
            "--blocking-threads",
            "2",
            "--backlog",
            "1024",
            "--no-ws",
            "--respawn-failed-workers",
        ),
        *("--log-level", "warning", "byfolk.config.wsgi:application"),
    ]
    server = subprocess.Popen(command, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    click.echo(f"\n  Byfolk answers at http://{host}:{port}/  (Ctrl-C stops it)\n", err=True)

    def stop(*_: object) -> None:
        server.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        code = server.wait()
    finally:
        if beside:
            beside.terminate()
            beside.wait(timeout=30)
    sys.exit(0 if code in (0, -signal.SIGTERM) else code)


@click.command()
@click.option("--until-empty", is_flag=True, help="Stop when no job waits.")
def worker_command(until_empty: bool) -> None:
    """Run background jobs: imports, refreshes, accounts."""
    from byfolk.config.database_setup import connect

    connect(say)
    from byfolk.config.jobs import run_worker

    run_worker(until_empty=until_empty)
