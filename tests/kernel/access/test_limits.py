"""How often something may be done from one address, where nobody says who they are."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import caches
from django.test import RequestFactory

from byfolk.kernel.access.limits import Limit

AT = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
LIMIT = Limit("test", 2, 600)


@pytest.fixture(autouse=True)
def no_tries_before() -> None:
    caches["limits"].clear()


def _from(address: str):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def test_an_address_may_so_many_times_and_is_then_told_when_again():
    for _number in range(2):
        assert LIMIT.waits(_from("192.0.2.1"), AT) is None
        LIMIT.count(_from("192.0.2.1"), AT)

    assert LIMIT.waits(_from("192.0.2.1"), AT) == AT + dt.timedelta(minutes=10)
    assert LIMIT.waits(_from("192.0.2.1"), AT + dt.timedelta(minutes=10)) is None


def test_other_addresses_and_other_limits_are_counted_by_themselves():
    for _number in range(2):
        LIMIT.count(_from("192.0.2.1"), AT)

    assert LIMIT.waits(_from("192.0.2.2"), AT) is None
    assert Limit("other", 2, 600).waits(_from("192.0.2.1"), AT) is None


def test_the_addresses_that_one_home_has_of_ipv6_are_one():
    for number in range(2):
        LIMIT.count(_from(f"2001:db8:1:1::{number}"), AT)

    assert LIMIT.waits(_from("2001:db8:1:1:ffff::7"), AT) is not None
    assert LIMIT.waits(_from("2001:db8:1:2::7"), AT) is None


def test_no_address_stands_in_what_is_kept():
    LIMIT.count(_from("192.0.2.1"), AT)
    assert "192.0.2.1" not in repr(vars(caches["limits"]))
