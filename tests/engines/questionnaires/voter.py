"""The voter's part of RFC 9474, as the browser does it, so that tests can vote without one."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from gmpy2 import invert, mpz, powmod

from byfolk.engines.questionnaires.ballots.blind import to_bytes, to_int

HASH = 48


def _mgf1(seed: bytes, length: int) -> bytes:
    blocks = (hashlib.sha384(seed + n.to_bytes(4, "big")).digest() for n in range(-(-length // HASH)))
    return b"".join(blocks)[:length]


def encode(message: bytes, bits: int, salt: bytes) -> bytes:
    """EMSA-PSS-ENCODE (RFC 8017) with SHA-384 and a given salt."""
    length = (bits + 7) // 8
    seal = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - HASH - 2) + b"\x01" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mgf1(seal, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + seal + b"\xbc"


@dataclass(frozen=True)
class Blinded:
    """A ballot under way: what is sent, and what is kept back."""

    n: mpz
    prepared_message: bytes
    message: bytes
    inverse: mpz

    def finish(self, blind_signature: bytes) -> bytes:
        """The signature itself, out of the blind one."""
        return to_bytes(to_int(blind_signature) * self.inverse % self.n, len(blind_signature))


def blind(n: int, e: int, prepared_message: bytes, *, salt: bytes | None = None, inverse: int | None = None) -> Blinded:
    """Blind a prepared message; `salt` and `inverse` are drawn unless a test vector gives them."""
    modulus = mpz(n)
    encoded = encode(prepared_message, modulus.bit_length() - 1, secrets.token_bytes(48) if salt is None else salt)
    undo = mpz(inverse) if inverse else invert(mpz(secrets.randbelow(n - 2) + 1), modulus)
    blinded = to_int(encoded) * powmod(invert(undo, modulus), e, modulus) % modulus
    return Blinded(modulus, prepared_message, to_bytes(blinded, (modulus.bit_length() + 7) // 8), undo)


def new_ballot(public: bytes) -> Blinded:
    """A fresh ballot for a group's public key."""
    key = load_der_public_key(public)
    assert isinstance(key, rsa.RSAPublicKey)
    numbers = key.public_numbers()
    return blind(numbers.n, numbers.e, secrets.token_bytes(64))
