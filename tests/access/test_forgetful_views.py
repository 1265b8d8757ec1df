"""A view that forgets its door, renders late or streams shows nothing that its reader may not see; and no role
leaks.
"""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from byfolk.demo.cast import CAST
from byfolk.kernel.access.acting import acting
from byfolk.kernel.people.models import Person
from tests.conftest import signed_in

pytestmark = pytest.mark.urls("tests.access.forgetful")


def _who() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, coalesce(current_setting('app.person_id', true), '')")
        return cursor.fetchone()


def _body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode()


@pytest.fixture
def quiet() -> Client:
    return Client(raise_request_exception=False)


def test_a_view_without_a_door_is_not_found(as_persona):
    for key in ("kari", "jonas", None):
        assert as_persona(key).get("/no-door").status_code == 404


@pytest.mark.parametrize("address", ["/all-pay", "/late", "/streamed"])
def test_a_visitor_gets_no_row_whatever_the_view_forgot(in_production, quiet, address):
    try:
        response = quiet.get(address)
        shown = "" if response.status_code == 500 else _body(response)
    except ProgrammingError:  # a stream that breaks is cut off: that is no row either
        shown = ""
    assert shown.removeprefix("rows:").strip() == ""


@pytest.mark.parametrize("address", ["/all-pay", "/late", "/streamed"])
def test_jonas_gets_only_himself_whatever_the_view_forgot(in_production, address):
    me = str(_person_id("jonas"))
    shown = _body(signed_in("jonas").get(address)).removeprefix("rows:").split()
    assert set(shown) == {me}


def test_solveig_gets_only_her_own_staff_from_a_streamed_answer(in_production):
    shown = set(_body(signed_in("solveig").get("/streamed")).removeprefix("rows:").split())
    assert str(_person_id("jonas")) in shown
    assert str(_person_id("ingrid")) not in shown
    assert 1 < len(shown) < 150


def test_a_view_among_the_sign_in_pages_reads_no_person(in_production, quiet):
    assert quiet.get("/konto/before").status_code == 500


@pytest.mark.parametrize("address", ["/late", "/streamed", "/breaks", "/breaks-transaction", "/all-pay", "/no-such"])
def test_the_role_does_not_leak_to_the_next_request(in_production, quiet, address):
    before = _who()
    client = signed_in("kari")
    client.raise_request_exception = False
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    response.close()
    assert _who() == before


def test_the_role_does_not_leak_from_a_stream_that_is_cut_off(in_production):
    before = _who()
    response = signed_in("solveig").get("/streamed")
    next(iter(response.streaming_content))
    response.close()
    assert _who() == before


@pytest.mark.parametrize("address", ["/late", "/breaks", "/breaks-transaction", "/streamed"])
def test_the_role_does_not_outlive_a_savepoint(db, address):
    before = _who()
    client = signed_in("jonas")
    client.raise_request_exception = False
    with transaction.atomic():
        response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
        assert _who() == before
    assert _who() == before


@pytest.mark.parametrize("place", ["db", "in_production"])
def test_a_view_that_swallows_a_database_error_cannot_say_that_all_is_saved(place, request, quiet):
    request.getfixturevalue(place)
    assert quiet.get("/breaks-transaction").status_code == 500


def test_acting_puts_the_role_back_when_the_work_fails(db, person):
    before = _who()
    with pytest.raises(ZeroDivisionError), acting(person("jonas").pk):
        raise ZeroDivisionError
    assert _who() == before


def test_acting_inside_a_transaction_shows_all_again_afterwards(db, person):
    with acting(person("jonas").pk):
        assert Person.objects.count() == 1
    assert Person.objects.count() > 100


def _person_id(key: str) -> int:
    from byfolk.kernel.access.models import User

    return User.objects.get(username=CAST[key].employee_number).person_id
