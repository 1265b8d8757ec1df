"""What an action can come of: a goal, a figure, and whatever other areas add, without the engine knowing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from byfolk.kernel.rights import Actor


@dataclass(frozen=True)
class SourceAbout:
    """A source as a reader meets it: what it is called and where it leads (empty: nowhere)."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class SourceKind:
    """A kind of source. `describe` gives what a reference is called to this reader in a unit (by its code), None for
    one that does not exist, or that the reader may not see.
    """

    code: str
    title: Promise
    describe: Callable[[Actor, str, str], SourceAbout | None]


_KINDS: dict[str, SourceKind] = {}


def register(kind: SourceKind) -> None:
    """Make a kind of source known. Raises `ValueError` for a code that another one has."""
    if kind.code in _KINDS:
        raise ValueError(f"Two kinds of source have the code {kind.code!r}")
    _KINDS[kind.code] = kind


def source_kind(code: str) -> SourceKind:
    """The kind of source with this code. Raises `LookupError` for an unknown one."""
    try:
        return _KINDS[code]
    except KeyError:
        raise LookupError(f"No kind of source is registered as {code!r}") from None


def describe(actor: Actor, kind: str, reference: str, unit_code: str) -> SourceAbout | None:
    """A source as this reader meets it; None where there is none, or none that is known any more."""
    found = _KINDS.get(kind)
    return found.describe(actor, reference, unit_code) if found else None
