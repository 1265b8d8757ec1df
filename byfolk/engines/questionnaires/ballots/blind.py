"""The server's part of RFC 9474: making keys, signing what is blinded, and verifying what comes back.

The suite is RSABSSA-SHA384-PSS-Randomized with 3072 bits. Nothing here reads or writes anything: a key is bytes that
whoever calls keeps. A *prepared message* is 32 random bytes before the message itself; the voter makes it, and the
signer never sees it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from gmpy2 import gcd, invert, mpz, powmod, powmod_sec

BITS = 3072
EXPONENT = 65537
SALT = 48
"""Length in bytes of the salt in a signature of this suite."""


class Refused(ValueError):
    """What was sent to be signed is not what the protocol says. Nothing was signed."""


class SigningFailed(RuntimeError):
    """The signature did not come out right: a fault in the machine or a broken key. It was not handed out."""


def to_bytes(number: int, length: int) -> bytes:
    """A number as the RFC's `int_to_bytes`: big-endian, at its exact length."""
    return int(number).to_bytes(length, "big")


def to_int(content: bytes) -> mpz:
    """The RFC's `bytes_to_int`."""
    return mpz(int.from_bytes(content, "big"))


@dataclass(frozen=True, repr=False)
class PrivateKey:
    """A signer's key. Made by `make_key`; kept as its two primes (`kept`, `from_kept`), from which all else follows."""

    n: mpz
    e: mpz
    p: mpz
    q: mpz
    dp: mpz
    dq: mpz
    q_inverse: mpz

    @classmethod
    def from_primes(cls, p: int, q: int, e: int = EXPONENT) -> PrivateKey:
        """The key of two primes. Raises `ValueError` where they make none."""
        first, second, exponent = mpz(p), mpz(q), mpz(e)
        if first < 3 or second < 3 or first == second or gcd(exponent, (first - 1) * (second - 1)) != 1:
            raise ValueError("these are not the primes of a key")
        return cls(
            n=first * second, e=exponent, p=first, q=second,
            dp=invert(exponent, first - 1), dq=invert(exponent, second - 1), q_inverse=invert(second, first),
        )  # fmt: skip

    @property
    def length(self) -> int:
        """Bytes of the modulus, and of everything that is signed with it."""
        return (self.n.bit_length() + 7) // 8

    def kept(self) -> bytes:
        """The key as bytes, to be sealed by whoever keeps it: its two primes, of the same length."""
        half = (max(self.p.bit_length(), self.q.bit_length()) + 7) // 8
        return to_bytes(self.p, half) + to_bytes(self.q, half)

    @classmethod
    def from_kept(cls, content: bytes) -> PrivateKey:
        """The key of what `kept` gave. Raises `ValueError`."""
        half, odd = divmod(len(content), 2)
        if odd:
            raise ValueError("these are not the primes of a key")
        return cls.from_primes(int.from_bytes(content[:half], "big"), int.from_bytes(content[half:], "big"))

    def public(self) -> bytes:
        """The public key as DER (SubjectPublicKeyInfo), which browsers and `verifies` read."""
        numbers = rsa.RSAPublicNumbers(int(self.e), int(self.n))
        return numbers.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def make_key(bits: int = BITS) -> PrivateKey:
    """A new key. About a fifth of a second at 3072 bits."""
    numbers = rsa.generate_private_key(public_exponent=EXPONENT, key_size=bits).private_numbers()
    return PrivateKey.from_primes(numbers.p, numbers.q)


def sign_blinded(key: PrivateKey, blinded: bytes) -> bytes:
    """The blind signature of a blinded message (RFC 9474, BlindSign). The same message gets the same signature.

    The private operation runs on what was blinded once more here, in constant time, by the two primes; that the result
    is right is checked before it leaves, since a faulty one would give the primes away. Raises `Refused` where the
    message is not of the key's exact length or not strictly between 0 and the modulus, `SigningFailed` on a fault.
    """
    if len(blinded) != key.length:
        raise Refused("a blinded message is as long as the key")
    message = to_int(blinded)
    if not 0 < message < key.n:
        raise Refused("a blinded message is a number below the key's modulus")
    mask = mpz(0)
    while gcd(mask, key.n) != 1:
        mask = mpz(secrets.randbelow(int(key.n) - 1) + 1)
    masked = message * powmod(mask, key.e, key.n) % key.n
    by_p, by_q = powmod_sec(masked % key.p, key.dp, key.p), powmod_sec(masked % key.q, key.dq, key.q)
    signed = by_q + key.q * ((by_p - by_q) * key.q_inverse % key.p)
    signature = signed * invert(mask, key.n) % key.n
    if powmod(signature, key.e, key.n) != message:
        raise SigningFailed("the signature does not fit what was signed")
    return to_bytes(signature, key.length)


def verifies(public: bytes, prepared_message: bytes, signature: bytes, *, salt: int = SALT) -> bool:
    """Whether a signature is this key's on this prepared message. `public` is DER; `salt` is the suite's length."""
    key = _public_key(public)
    if len(signature) != (key.key_size + 7) // 8:
        return False
    try:
        key.verify(signature, prepared_message, padding.PSS(padding.MGF1(SHA384()), salt), SHA384())
    except InvalidSignature:
        return False
    return True


@lru_cache(maxsize=4096)
def _public_key(der: bytes) -> rsa.RSAPublicKey:
    key = load_der_public_key(der)
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("not an RSA key")
    return key
