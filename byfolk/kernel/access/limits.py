"""How often something may be done from one address, where nobody says who they are.

The count lives in this process's memory, under a hash with a key that is drawn when the process starts: no address is
written anywhere, and what is counted is gone in the next window. Each process of a server counts by itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import secrets
from dataclasses import dataclass

from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import caches
from django.http import HttpRequest

_KEY = secrets.token_bytes(32)
#: A home or a phone has so much of an IPv6 address to itself.
_IPV6_PREFIX = 64


@dataclass(frozen=True)
class Limit:
    """At most `times` in each window of `seconds`, for whoever comes from one address. `name` keeps limits apart."""

    name: str
    times: int
    seconds: int

    def waits(self, request: HttpRequest, now: dt.datetime) -> dt.datetime | None:
        """When the address may try again, where it has done this too often; None: it may now."""
        window = self._window(now)
        done = caches["limits"].get(self._key(request, window), 0)
        if done < self.times:
            return None
        return dt.datetime.fromtimestamp((window + 1) * self.seconds, now.tzinfo)

    def count(self, request: HttpRequest, now: dt.datetime) -> None:
        """Note that the address did it once more."""
        key, counts = self._key(request, self._window(now)), caches["limits"]
        counts.add(key, 0, timeout=self.seconds)
        counts.incr(key)

    def _window(self, now: dt.datetime) -> int:
        return int(now.timestamp()) // self.seconds

    def _key(self, request: HttpRequest, window: int) -> str:
        said = f"{self.name}|{window}|{_place(get_client_ip(request) or '')}"
        return hmac.new(_KEY, said.encode(), hashlib.sha256).hexdigest()


def _place(address: str) -> str:
    """The part of an address that is one place."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_PREFIX), strict=False))
