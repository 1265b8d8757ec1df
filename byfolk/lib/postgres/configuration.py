"""The server's settings, and who gets in."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from byfolk.lib.postgres.account import current_name
from byfolk.lib.postgres.place import PORT, Place

# Below this, parallel queries can run out of POSIX shared memory (a container has 64 MiB unless told otherwise).
_SHARED_MEMORY_BYTES = 512 * 1024**2

_LASTING = """\
shared_buffers = 256MB
max_wal_size = 2GB
wal_compression = on
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_file_mode = 0600
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
"""

# A throw-away server gives up what makes data last for speed.
_THROWAWAY = """\
shared_buffers = 128MB
max_wal_size = 2GB
fsync = off
full_page_writes = off
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
"""


def write_settings(place: Place, *, seen: Path, socket: Path, durable: bool) -> None:
    """Write the server's settings files; done before every start, so that a new version of Byfolk brings its own.

    seen: `place.folder` as the server's account sees it.  socket: the socket's folder, likewise.
    What an administrator puts in `local.conf` beside them wins and is never touched.
    """
    settings = seen / "settings"
    (place.settings / "postgresql.conf").write_text(f"""\
# Written by Byfolk before every start. Put your own settings in local.conf in this folder.
listen_addresses = ''
port = {PORT}
unix_socket_directories = {_quoted(str(socket))}
unix_socket_permissions = 0700
hba_file = {_quoted(str(settings / "pg_hba.conf"))}
ident_file = {_quoted(str(settings / "pg_ident.conf"))}
cluster_name = '{place.cluster}'
max_connections = 100
work_mem = 32MB
maintenance_work_mem = 256MB
effective_cache_size = 2GB
random_page_cost = 1.1
jit = off
dynamic_shared_memory_type = {_shared_memory()}
timezone = 'Europe/Oslo'
log_timezone = 'Europe/Oslo'
checkpoint_timeout = 15min
default_text_search_config = 'pg_catalog.norwegian'
# The log is for operators and holds no personal data: no statements, no parameters, no values from rows.
log_statement = none
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_min_duration_statement = -1
log_line_prefix = '%m [%p] %q%u@%d '
{_LASTING if durable else _THROWAWAY}
include_if_exists = 'local.conf'
""")
    (place.settings / "pg_hba.conf").write_text("""\
# Written by Byfolk before every start. The operating system says who you are; pg_ident.conf says who you may be.
local all         all peer map=byfolk
local replication all peer map=byfolk
""")
    names = sorted({"root", current_name()})
    (place.settings / "pg_ident.conf").write_text(
        "# Written by Byfolk before every start.\n" + "".join(f'byfolk "{name}" all\n' for name in names)
    )
    for name in ("postgresql.conf", "pg_hba.conf", "pg_ident.conf"):
        (place.settings / name).chmod(0o644)


def _shared_memory() -> str:
    """POSIX shared memory where there is enough of it, else System V's, which has no folder that can fill up."""
    if sys.platform != "linux":
        return "posix"
    try:
        found = os.statvfs("/dev/shm")  # noqa: S108
    except OSError:
        return "sysv"
    return "posix" if found.f_frsize * found.f_blocks >= _SHARED_MEMORY_BYTES else "sysv"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
