"""Secrets at rest."""

from __future__ import annotations

import pytest

from byfolk.lib.sealing import Unreadable, seal, unseal


def test_what_is_sealed_comes_back_and_does_not_show() -> None:
    sealed = seal(b"the key itself", secret="s", purpose="ballots", about="7")
    assert b"the key" not in sealed
    assert unseal(sealed, secret="s", purpose="ballots", about="7") == b"the key itself"


@pytest.mark.parametrize(
    "otherwise", [{"secret": "another"}, {"purpose": "another"}, {"about": "8"}], ids=["secret", "purpose", "about"]
)
def test_it_opens_for_nothing_else(otherwise: dict[str, str]) -> None:
    sealed = seal(b"the key itself", secret="s", purpose="ballots", about="7")
    with pytest.raises(Unreadable):
        unseal(sealed, **({"secret": "s", "purpose": "ballots", "about": "7"} | otherwise))


@pytest.mark.parametrize("content", [b"", b"short", bytes(60)])
def test_what_was_never_sealed_is_unreadable(content: bytes) -> None:
    with pytest.raises(Unreadable):
        unseal(content, secret="s", purpose="ballots", about="7")


def test_the_same_is_never_sealed_the_same_way_twice() -> None:
    assert seal(b"a", secret="s", purpose="p", about="") != seal(b"a", secret="s", purpose="p", about="")
