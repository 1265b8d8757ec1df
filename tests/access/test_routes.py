"""Every address x every persona x own, others' and foreign objects."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.routes import ANYONE, EMPLOYED, ROUTES, WITHOUT_ACTOR, Case
from tests.access.world import World, build_world
from tests.conftest import signed_in

CASES = [(name, case) for name, cases in ROUTES.items() for case in cases]


def _name(value: object) -> str | None:
    if isinstance(value, Case):
        return "-".join(part for part in ("post" if value.post is not None else "get", value.about) if part)
    return str(value)


def _patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in resolver.url_patterns:
        found += _patterns(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return found


@pytest.fixture
def world(db) -> World:
    return build_world()


@pytest.fixture(scope="module")
def clients(django_db_setup, django_db_blocker) -> dict:
    with django_db_blocker.unblock():
        return {key: signed_in(key) for key in (*EMPLOYED, "olav", None)}


def _ask(client, name: str, case: Case, world: World, **headers):
    address = reverse(name, args=case.args(world))
    # Each try is taken back, so that one persona's form does not change what the next one finds.
    with transaction.atomic():
        if case.post is None:
            response = client.get(address, case.query(world), **headers)
        else:
            response = client.post(address, case.post, **headers)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize(("name", "case"), CASES, ids=_name)
def test_each_persona_gets_what_is_theirs_and_404_for_the_rest(name, case, clients, world):
    for key, client in clients.items():
        opens = case.opens is ANYONE or key in case.opens
        response = _ask(client, name, case, world)
        if opens:
            assert response.status_code == case.answers, f"{key} should open {name}"
        elif key is None and case.visitor != 302:
            assert response.status_code == case.visitor, f"a visitor's program should be told {case.visitor} by {name}"
            assert "/api/" not in response.wsgi_request.path or "problem" in response.headers["Content-Type"]
        elif key is None and case.post is None:
            assert response.status_code == 302, f"a visitor should be sent to sign in from {name}"
            assert response.url.startswith("/konto/inn/?next=")
        else:
            assert response.status_code == 404, f"{key} should not find {name}"


@pytest.mark.parametrize(("name", "case"), [(name, cases[0]) for name, cases in ROUTES.items()], ids=_name)
def test_a_part_of_a_page_is_as_closed_as_the_page(name, case, clients, world):
    for key, client in clients.items():
        if case.opens is ANYONE or key in case.opens:
            continue
        response = _ask(client, name, case, world, headers={"HX-Request": "true"})
        if key is None and case.visitor != 302:
            assert response.status_code == case.visitor
        elif key is None and case.post is None:
            assert response.headers["HX-Redirect"].startswith("/konto/inn/")
            assert response.content == b""
        else:
            assert response.status_code == 404


def test_every_route_is_in_the_table():
    names = {pattern.name for pattern in _patterns(get_resolver())}
    assert None not in names
    assert names - WITHOUT_ACTOR == set(ROUTES), "tests/access/routes.py must name every address"


def test_every_view_stands_behind_a_door_or_before_sign_in():
    for pattern in _patterns(get_resolver()):
        assert hasattr(pattern.callback, "door") != (pattern.name in WITHOUT_ACTOR), pattern.name
