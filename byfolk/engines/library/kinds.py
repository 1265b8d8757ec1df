"""The kinds of document that areas have. An area registers its own in its `registrations.py`:

kinds.register(Kind("guide", _("Veileder"), "guide"))
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """A kind of document: `url_name` is the address of one, which takes the document's code."""

    code: str
    title: Promise
    url_name: str


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known. Raises `ValueError` for a code that is taken."""
    if _KINDS.get(kind.code, kind) != kind:
        raise ValueError(f"two kinds of document are called {kind.code}")
    _KINDS[kind.code] = kind


def kind(code: str) -> Kind:
    """The kind with a code. Raises `LookupError`."""
    if code not in _KINDS:
        raise LookupError(f"no kind of document is called {code}")
    return _KINDS[code]


def codes() -> frozenset[str]:
    """The codes of every kind."""
    return frozenset(_KINDS)
