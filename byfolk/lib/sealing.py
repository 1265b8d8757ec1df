"""Secrets at rest: sealed under a key drawn from the installation's own secret, which lies outside the database."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


class Unreadable(ValueError):
    """What was sealed cannot be opened: another secret, another purpose, or it was changed."""


def seal(content: bytes, *, secret: str, purpose: str, about: str) -> bytes:
    """`content` encrypted and bound to what it is for (`purpose`) and what it is about (`about`, such as a row)."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key(secret, purpose)).encrypt(nonce, content, about.encode())


def unseal(sealed: bytes, *, secret: str, purpose: str, about: str) -> bytes:
    """What `seal` was given. Raises `Unreadable`."""
    try:
        return AESGCM(_key(secret, purpose)).decrypt(sealed[:_NONCE], sealed[_NONCE:], about.encode())
    except (InvalidTag, ValueError) as error:
        raise Unreadable(purpose) from error


def _key(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"byfolk:{purpose}".encode()).derive(secret.encode())
