"""`byfolk serve` and `byfolk worker`."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import time

import click

from byfolk.config import children
from byfolk.config.cli import say
from byfolk.config.database_setup import prepare

#: Seconds from a worker's start until another may be started: one that cannot run must not be tried without pause.
AGAIN_AFTER = 5


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
    """Run the server until it is told to stop (Ctrl-C or SIGTERM), and a worker as long as the server runs.

    The database must be prepared.
    """
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
    beside = Beside() if worker else None
    server = children.start(command, PYTHONUNBUFFERED="1")
    announced = False

    def stop(*_: object) -> None:
        if beside:
            beside.wanted = False
        server.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        while (code := _ended(server, seconds=1 if announced else 0.2)) is None:
            if not announced and _answers(host, port):
                announced = True
                click.echo(f"\n  Byfolk answers at http://{host}:{port}/  (Ctrl-C stops it)\n", err=True)
            if beside:
                beside.look()
    finally:
        children.end_all(server)
        if beside:
            beside.stop()
    sys.exit(0 if code in (0, -signal.SIGTERM) else code)


def _answers(host: str, port: int) -> bool:
    """Whether a server that was just started answers yet, whatever it says."""
    asking = http.client.HTTPConnection(host, port, timeout=2)
    try:
        asking.request("GET", "/health/live")
        asking.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()
    return True


def _ended(process: subprocess.Popen[bytes], *, seconds: float) -> int | None:
    """What a process ended with; None where it still runs after so many seconds."""
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None


class Beside:
    """The worker beside a server, started again where it ends by itself."""

    def __init__(self) -> None:
        self.wanted = True
        self._start()

    def _start(self) -> None:
        self.started = time.monotonic()
        self.process = children.start([sys.executable, "-m", "byfolk", "worker"])

    def look(self) -> None:
        """Start another where this one has ended, though not more often than every few seconds."""
        if self.wanted and self.process.poll() is not None and time.monotonic() - self.started > AGAIN_AFTER:
            click.echo(f"  The worker ended with {self.process.returncode}: another is started", err=True)
            self._start()

    def stop(self) -> None:
        """Let it finish the job under way, but not for ever: what is cut off is taken up again by the next."""
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()


@click.command()
@click.option("--until-empty", is_flag=True, help="Stop when no job waits.")
def worker_command(until_empty: bool) -> None:
    """Run background jobs: imports, refreshes, accounts."""
    from byfolk.config.database_setup import connect

    connect(say)
    from byfolk.config.jobs import run_worker

    run_worker(until_empty=until_empty)
