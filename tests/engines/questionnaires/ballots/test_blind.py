"""Blind signatures against the figures of the RFC, and against whatever else may be sent to be signed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byfolk.engines.questionnaires.ballots.blind import (
    PrivateKey,
    Refused,
    SigningFailed,
    make_key,
    sign_blinded,
    to_bytes,
    verifies,
)
from tests.engines.questionnaires.voter import blind, new_ballot

VECTORS = json.loads((Path(__file__).parents[3] / "data" / "rfc9474.json").read_text())["vectors"]
KEY = make_key()
OTHER = make_key()


def _key(vector: dict[str, str]) -> PrivateKey:
    return PrivateKey.from_primes(int(vector["p"], 16), int(vector["q"], 16), int(vector["e"], 16))


@pytest.fixture(params=VECTORS, ids=[vector["name"] for vector in VECTORS])
def vector(request: Any) -> dict[str, str]:
    return request.param


def test_the_key_of_the_rfc_follows_from_its_primes(vector: dict[str, str]) -> None:
    assert _key(vector).n == int(vector["n"], 16)


def test_the_blind_signature_is_the_one_of_the_rfc(vector: dict[str, str]) -> None:
    assert sign_blinded(_key(vector), bytes.fromhex(vector["blinded_msg"])).hex() == vector["blind_sig"]


def test_blinding_and_finishing_give_the_messages_of_the_rfc(vector: dict[str, str]) -> None:
    made = blind(
        int(vector["n"], 16),
        int(vector["e"], 16),
        bytes.fromhex(vector["prepared_msg"]),
        salt=bytes.fromhex(vector["salt"]),
        inverse=int(vector["inv"], 16),
    )
    assert made.message.hex() == vector["blinded_msg"]
    assert made.finish(bytes.fromhex(vector["blind_sig"])).hex() == vector["sig"]


def test_the_signature_of_the_rfc_verifies_and_no_other_does(vector: dict[str, str]) -> None:
    public, message = _key(vector).public(), bytes.fromhex(vector["prepared_msg"])
    signature, salt = bytes.fromhex(vector["sig"]), len(vector["salt"]) // 2
    assert verifies(public, message, signature, salt=salt)
    assert not verifies(public, message + b"!", signature, salt=salt)
    assert not verifies(public, message, signature[:-1] + bytes([signature[-1] ^ 1]), salt=salt)


def test_what_a_voter_finishes_verifies_under_that_key_only() -> None:
    ballot = new_ballot(KEY.public())
    signature = ballot.finish(sign_blinded(KEY, ballot.message))
    assert verifies(KEY.public(), ballot.prepared_message, signature)
    assert not verifies(OTHER.public(), ballot.prepared_message, signature)


def test_the_same_blinded_message_gets_the_same_signature() -> None:
    ballot = new_ballot(KEY.public())
    assert sign_blinded(KEY, ballot.message) == sign_blinded(KEY, ballot.message)


def test_a_key_is_3072_bits_and_comes_back_from_what_is_kept() -> None:
    assert KEY.n.bit_length() == 3072
    assert PrivateKey.from_kept(KEY.kept()) == KEY


def test_a_key_does_not_show_itself_in_a_log() -> None:
    assert str(int(KEY.p))[:20] not in repr(KEY)


OUTSIDE = {"nothing": 0, "the modulus": int(KEY.n), "one more": int(KEY.n) + 1, "all ones": (1 << 3072) - 1}


@pytest.mark.parametrize("number", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_a_number_outside_the_modulus_is_refused(number: int) -> None:
    with pytest.raises(Refused):
        sign_blinded(KEY, to_bytes(number, KEY.length))


@given(st.binary(max_size=800).filter(lambda content: len(content) != KEY.length))
@settings(max_examples=50)
def test_a_message_of_another_length_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        sign_blinded(KEY, content)


@given(st.binary(min_size=384, max_size=384))
@settings(max_examples=30)
def test_whatever_is_signed_undoes_to_what_was_sent(content: bytes) -> None:
    number = int.from_bytes(content, "big")
    if 0 < number < KEY.n:
        signed = int.from_bytes(sign_blinded(KEY, content), "big")
        assert pow(signed, int(KEY.e), int(KEY.n)) == number


def test_a_faulty_signature_never_leaves() -> None:
    broken = dataclasses.replace(KEY, dp=KEY.dp + 2)
    with pytest.raises(SigningFailed):
        sign_blinded(broken, new_ballot(KEY.public()).message)


@given(st.binary(max_size=500))
@settings(max_examples=50)
def test_no_made_up_signature_verifies(signature: bytes) -> None:
    assert not verifies(KEY.public(), b"ballot", signature)


@pytest.mark.parametrize("content", [b"", b"abc", bytes(384)])
def test_what_is_no_kept_key_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="primes"):
        PrivateKey.from_kept(content)
