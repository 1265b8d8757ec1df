"""A frozen edition as canonical JSON: everything that its formats are made from, and nothing that is looked up again.

Dataclasses of `content` are written as {"is": name, fields that differ from their defaults}; keys are sorted, so that
the same content is the same bytes, and its SHA-256 says whether it is. Pure: no database, no clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from typing import Any

from byfolk.accounts import content as contents
from byfolk.accounts.content import Report

FORMAT = 1
LANGUAGES = ("nb", "nn", "en")


class NotASnapshot(ValueError):
    """The text is no snapshot that this version of Byfolk can read."""


@dataclass(frozen=True)
class Frozen:
    """A frozen edition, read back. `reports` by language; `address` is where the portal was, for the links in files."""

    unit_code: str
    year: int
    version: int
    frozen_at: dt.datetime
    signer: str
    signer_role: str
    reason: str
    address: str
    reports: Mapping[str, Report]
    sha256: str
    files: Mapping[str, str]

    def report(self, language: str) -> Report:
        """The accounts in a language, with the hash in their seal; in bokmål for a language that they were not made
        in.
        """
        found = self.reports.get(language) or self.reports["nb"]
        assert found.seal is not None
        return replace(found, seal=replace(found.seal, sha256=self.sha256))


def hash_of(text: str) -> str:
    """The SHA-256 of a snapshot's text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def write(reports: Mapping[str, Report], about: Mapping[str, Any]) -> str:
    """The canonical text of reports by language and what is said `about` the edition (plain values)."""
    said = {**about, "format": FORMAT, "reports": {code: encoded(report) for code, report in reports.items()}}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def read(text: str, *, files: Mapping[str, str] | None = None) -> Frozen:
    """What a snapshot says. Raises `NotASnapshot`."""
    try:
        said = json.loads(text)
        if said["format"] != FORMAT:
            raise NotASnapshot(f"the snapshot has the format {said['format']}, not {FORMAT}")
        return Frozen(
            unit_code=said["unit"], year=said["year"], version=said["version"],
            frozen_at=dt.datetime.fromisoformat(said["frozen_at"]), signer=said["signer"],
            signer_role=said["signer_role"], reason=said["reason"], address=said["address"],
            reports={code: decoded(report) for code, report in said["reports"].items()},
            sha256=hash_of(text), files=files or {},
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise NotASnapshot(f"the snapshot cannot be read: {error!r}") from error


def encoded(said: Any) -> Any:
    """A part of the content as plain values for JSON."""
    if is_dataclass(said) and not isinstance(said, type):
        given = {field.name: (getattr(said, field.name), field.default) for field in fields(said)}
        told = {
            name: encoded(value)
            for name, (value, default) in given.items()
            if default is MISSING or type(value) is not type(default) or value != default
        }
        return {"is": type(said).__name__, **told}
    if isinstance(said, tuple | list):
        return [encoded(part) for part in said]
    if isinstance(said, dt.datetime):
        return {"at": said.isoformat()}
    return said


def decoded(said: Any) -> Any:
    """The content that `encoded` made plain. A field that a later version of Byfolk has added keeps its default."""
    if isinstance(said, list):
        return tuple(decoded(part) for part in said)
    if not isinstance(said, dict):
        return said
    if "at" in said and "is" not in said:
        return dt.datetime.fromisoformat(said["at"])
    kind = getattr(contents, str(said.get("is")), None)
    if not isinstance(kind, type) or not is_dataclass(kind):
        raise NotASnapshot(f"the snapshot holds a {said.get('is')!r}")
    known = {field.name for field in fields(kind)}
    return kind(**{name: decoded(value) for name, value in said.items() if name in known})
