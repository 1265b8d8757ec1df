"""Single sign-on by OpenID Connect, against a provider that runs in the test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.test import Client
from oidc_provider_mock import User as Known
from oidc_provider_mock import run_server_in_thread

from byfolk.demo.cast import CAST
from byfolk.kernel.access.models import User
from byfolk.kernel.people.models import Card
from byfolk.kernel.time import today

PID = "01017012345"


def _told(key: str, **claims: str) -> Known:
    number = {"employeeNumber": CAST[key].employee_number or ""}
    return Known(sub=f"sub-of-{key}", claims={**number, "pid": PID, "email": f"{key}@storvik.example", **claims})


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    known = [
        *(_told(key) for key in ("jonas", "kari", "ingrid")),
        Known(sub="stranger", claims={"employeeNumber": "987654"}),
        Known(sub="silent", claims={}),
    ]
    with run_server_in_thread(user_claims=known) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configured(db, settings, provider) -> dict:
    cache.clear()
    one = {
        "provider_id": "kommunen", "name": "Kommunens innlogging", "client_id": "byfolk", "secret": "hemmelig",
        "server_url": provider, "claim": "employeeNumber", "matches": "employee_number",
    }  # fmt: skip
    _configure(settings, one)
    return one


def _configure(settings, one: dict) -> None:
    settings.OIDC_PROVIDERS = [one]
    settings.OIDC_WITH_SECOND_STEP = {one["provider_id"]} if one.get("second_step", True) else set()
    app = {key: one[key] for key in ("provider_id", "name", "client_id", "secret")}
    app["settings"] = {"server_url": one["server_url"], "fetch_userinfo": True}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def _through(client: Client, sub: str, start: str = "/konto/oidc/kommunen/"):
    """Go to the provider, say who one is there, and come back."""
    sent = client.get(start)
    assert sent.status_code == 302
    answer = requests.post(sent.url, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def _is_in(client: Client) -> bool:
    return client.get("/mitt/").status_code == 200


def test_the_sign_in_page_offers_it(client, configured):
    assert "Kommunens innlogging" in client.get("/konto/inn/").content.decode()


def test_jonas_is_found_by_his_employee_number_and_comes_in(client, configured, person):
    response = _through(client, "sub-of-jonas")
    assert (response.status_code, response.url) == (302, "/")
    assert CAST["jonas"].name in client.get("/mitt/").content.decode()


def test_a_known_person_without_a_user_gets_one_without_a_password(client, configured, person):
    User.objects.filter(person=person("jonas")).delete()
    _through(client, "sub-of-jonas")
    assert _is_in(client)
    assert not User.objects.get(person=person("jonas")).has_usable_password()


def test_what_the_provider_tells_beside_is_not_kept(client, configured):
    for _ in range(2):
        _through(client, "sub-of-jonas")
        account = SocialAccount.objects.get()
        assert account.extra_data == {}


@pytest.mark.parametrize("sub", ["stranger", "silent"])
def test_someone_unknown_is_turned_away_kindly_and_leaves_nothing(client, configured, sub):
    users = User.objects.count()
    response = _through(client, sub)
    assert response.status_code == 403
    assert "Vi finner deg ikke blant de ansatte" in response.content.decode()
    assert User.objects.count() == users
    assert not SocialAccount.objects.exists()
    assert not _is_in(client)


def test_who_has_left_is_turned_away_even_when_they_came_in_before(client, configured, person):
    _through(client, "sub-of-jonas")
    client.post("/konto/ut/")
    person("jonas").employments.update(valid=(dt.date(2019, 1, 1), today()))
    assert _through(client, "sub-of-jonas").status_code == 403
    assert not _is_in(client)


def test_an_employee_number_that_has_gone_to_another_does_not_open_the_old_one(client, configured, person):
    _through(client, "sub-of-jonas")
    client.post("/konto/ut/")
    jonas, ingrid = person("jonas"), person("ingrid")
    number = jonas.employee_number
    jonas.employee_number = "999999"
    jonas.save()
    ingrid.employee_number = number
    ingrid.save()
    assert _through(client, "sub-of-jonas").status_code == 403


def test_a_provider_that_asks_for_two_steps_is_enough_for_kari(client, configured):
    _through(client, "sub-of-kari")
    assert _is_in(client)


def test_a_provider_that_does_not_leaves_kari_to_connect_an_app(client, configured, settings):
    _configure(settings, configured | {"second_step": False})
    _through(client, "sub-of-kari")
    assert client.get("/mitt/").url == "/konto/kode/app/"


def test_people_can_be_found_by_email_instead(client, configured, settings, person):
    Card.objects.filter(person=person("jonas")).update(email="Jonas@Storvik.example")
    _configure(settings, configured | {"claim": "email", "matches": "email"})
    _through(client, "sub-of-jonas")
    assert _is_in(client)


def test_an_email_that_two_have_opens_neither(client, configured, settings, person):
    for key in ("jonas", "ingrid"):
        Card.objects.filter(person=person(key)).update(email="jonas@storvik.example")
    _configure(settings, configured | {"claim": "email", "matches": "email"})
    assert _through(client, "sub-of-jonas").status_code == 403


def test_coming_back_goes_where_one_was_going_and_nowhere_else(client, configured):
    assert _through(client, "sub-of-jonas", "/konto/oidc/kommunen/?next=/mitt/hvem-ser/").url == "/mitt/hvem-ser/"
    client.post("/konto/ut/")
    assert _through(client, "sub-of-jonas", "/konto/oidc/kommunen/?next=https://evil.example/").url == "/"


def test_connecting_another_identity_to_ones_user_is_not_offered(client, configured):
    _through(client, "sub-of-jonas")
    response = _through(client, "sub-of-ingrid", "/konto/oidc/kommunen/?process=connect")
    assert response.status_code == 403
    assert SocialAccount.objects.count() == 1


def test_an_unknown_provider_is_not_found(client, configured):
    assert client.get("/konto/oidc/en-annen/").status_code == 404


def test_a_made_up_answer_is_refused(client, configured):
    response = client.get("/konto/oidc/kommunen/callback/?code=x&state=y")
    assert response.status_code in (200, 401, 403)
    assert not _is_in(client)
