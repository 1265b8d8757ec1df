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
    complaint = _last_complaint(output)
    for sign, advice in _SIGNS:
        telling = [line for line in output.splitlines() if sign in line]
        if telling:
            return PostgresError(f"{what}: {complaint if sign in complaint else _last_complaint(telling[-1])}.", advice)
    return PostgresError(f"{what}: {complaint}.", f"See the log that 'byfolk doctor' names. {OWN_SERVER}")


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
        "Dump the data with the version that made them, and load the dump.",
    ),
    (
        "could not resize shared memory",
        "Give the container more shared memory (docker run --shm-size=1g).",
    ),
    (
        "could not map anonymous shared memory",
        "There is too little memory: close something, or give the machine more.",
    ),
    ("Cannot allocate memory", "There is too little memory: close something, or give the machine more."),
    (
        "could not bind Unix address",
        "Another server holds the socket: stop it, or set BYFOLK_HOME to a folder of its own.",
    ),
    (
        "could not locate a valid checkpoint record",
        "The data are damaged: put them back from a backup, or move them away to start with an empty database.",
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
    if found := _after("contains errors", "FATAL:", lines):
        # Which setting is wrong stands in the lines before.
        return "; ".join([*_after("line ", "LOG:", lines)[:1], *found])
    for sign in ("PANIC:", "FATAL:", "error:", "ERROR:"):
        if found := _after("", sign, lines):
            return found[-1]
    return lines[-1] if lines else "it gave no reason"


def _after(text: str, sign: str, lines: list[str]) -> list[str]:
    """What stands after the sign in each line that has it and, after it, the text."""
    rests = (line.partition(sign)[2].strip() for line in lines)
    return [rest for rest in rests if rest and text in rest]
