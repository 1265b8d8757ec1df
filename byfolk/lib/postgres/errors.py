"""What can go wrong with the embedded PostgreSQL, told so that a person can mend it."""

from __future__ import annotations


class PostgresError(Exception):
    """The embedded PostgreSQL cannot do what was asked.

    `problem` says what is wrong and `advice` what to do about it; `str()` gives both.
    """

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(f"{problem} {advice}")
        self.problem = problem
        self.advice = advice


OWN_SERVER = "Or set DATABASE_URL and DATABASE_OWNER_URL to use a PostgreSQL server of your own."


def explain(what: str, output: str) -> PostgresError:
    """Turn the output of a PostgreSQL program that failed into an error with advice.

    what: the step that failed, as a sentence without its full stop.
    output: what the program wrote to its log or to standard error.
    """
    for sign, advice in _SIGNS:
        if sign in output:
            return PostgresError(f"{what}: {_last_complaint(output)}", advice)
    return PostgresError(f"{what}: {_last_complaint(output)}", f"See the log that 'byfolk doctor' names. {OWN_SERVER}")


def explain_os(what: str, error: OSError) -> PostgresError:
    """Turn an error of the operating system (unwritable folder, full disk) into one with advice."""
    return explain(what, f"{error.strerror}: {error.filename or ''}".rstrip(": "))


_SIGNS = (
    ("No space left on device", "Free some space on that disk, or set BYFOLK_HOME to a folder on another disk."),
    ("Disk quota exceeded", "Your disk quota is used up: free some space, or set BYFOLK_HOME to another disk."),
    ("Read-only file system", "Set BYFOLK_HOME to a folder that can be written to."),
    ("ermission denied", "Let this account write there, or set BYFOLK_HOME to a folder that it may write to."),
    ("Operation not permitted", "Let this account write there, or set BYFOLK_HOME to a folder that it may write to."),
    ("Not a directory", "A file stands where a folder is needed: move it, or set BYFOLK_HOME to another folder."),
    ("File exists", "A file stands where a folder is needed: move it, or set BYFOLK_HOME to another folder."),
    (
        "incompatible with server",
        "The data are of another version of PostgreSQL: see docs for moving data across versions.",
    ),
    (
        "could not resize shared memory",
        "Shared memory is too small: give the container more (docker run --shm-size=1g).",
    ),
    (
        "could not map anonymous shared memory",
        "There is too little free memory: close something, or lower shared_buffers.",
    ),
    ("Cannot allocate memory", "There is too little free memory: close something, or give the machine more."),
    (
        "could not bind Unix address",
        "Another server holds the socket: stop it, or set BYFOLK_HOME to a folder of its own.",
    ),
    ("lock file", "Another server already holds this data folder: stop it first ('byfolk doctor' says which)."),
    (
        "user does not exist",
        "This account has no name on this machine (it is missing from /etc/passwd): give it one, or run as another.",
    ),
)


def _last_complaint(output: str) -> str:
    """The line of the output that says most: the last FATAL or error line, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    for sign in ("PANIC:", "FATAL:", "error:", "ERROR:"):
        found = [line.partition(sign)[2].strip() for line in lines if sign in line]
        if found:
            return found[-1]
    return lines[-1] if lines else "it gave no reason."
