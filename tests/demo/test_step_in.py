"""Stepping in as one of the cast: only in a demo, and only from the machine itself."""

from __future__ import annotations

import pytest
from django.test import Client

from byfolk.demo.cast import EMPLOYED
from byfolk.kernel.organisation.models import Municipality
from byfolk.kernel.rights import Role, data_kinds, roles_seeing

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}


@pytest.fixture
def here(db) -> Client:
    return Client(**HERE)


@pytest.mark.parametrize("persona", EMPLOYED, ids=lambda persona: persona.key)
def test_one_click_is_enough_for_each_of_the_cast(here, persona):
    response = here.post("/demo/step-in", {"persona": persona.key})
    assert (response.status_code, response.url) == (302, "/")
    assert persona.name in here.get("/mitt/").content.decode()


def test_the_page_shows_everybody_with_a_button(here):
    page = here.get("/demo/step-in").content.decode()
    for persona in EMPLOYED:
        assert f'value="{persona.key}"' in page


def test_the_page_says_that_the_administrator_sees_what_stands_in_the_files(here):
    seen = {kind.code for kind in data_kinds() if Role.ADMINISTRATOR in roles_seeing(kind)}
    assert seen == {"imports"}, "say on the page what else the administrator sees"
    assert (
        "endringer og feil i filene, også verdier som gjelder enkeltpersoner"
        in here.get("/demo/step-in").content.decode()
    )


def test_stepping_in_again_leaves_nothing_of_the_one_before(here):
    here.post("/demo/step-in", {"persona": "kari"})
    session = here.cookies["sessionid"].value
    here.post("/demo/step-in", {"persona": "jonas"})
    assert here.cookies["sessionid"].value != session
    assert here.get("/revisjon/").status_code == 404
    assert "Jonas Haugen" in here.get("/mitt/").content.decode()


@pytest.mark.parametrize("persona", ["olav", "nobody", ""])
def test_one_who_does_not_work_here_cannot_be_stepped_in_as(here, persona):
    assert here.post("/demo/step-in", {"persona": persona}).status_code == 404


@pytest.mark.parametrize(
    "where",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "byfolk.storvik.example"},
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.7"},
        {"HTTP_X_FORWARDED_HOST": "byfolk.storvik.example"},
        {"HTTP_FORWARDED": "for=10.0.0.7"},
    ],
    ids=str,
)
def test_from_anywhere_else_the_page_does_not_exist(db, settings, where):
    settings.ALLOWED_HOSTS = ["*"]
    client = Client(**(HERE | where))
    assert client.get("/demo/step-in").status_code == 404
    assert client.post("/demo/step-in", {"persona": "kari"}).status_code == 404
    assert client.get("/mitt/").status_code == 302


def test_in_a_real_installation_the_page_does_not_exist(here):
    Municipality.objects.update(demo=False)
    assert here.get("/demo/step-in").status_code == 404
    assert here.post("/demo/step-in", {"persona": "kari"}).status_code == 404


def test_a_form_on_another_site_cannot_step_in(db):
    client = Client(**HERE, enforce_csrf_checks=True)
    assert client.post("/demo/step-in", {"persona": "kari"}, HTTP_ORIGIN="https://evil.example").status_code == 404
    assert client.post("/demo/step-in", {"persona": "kari"}, HTTP_ORIGIN="null").status_code == 404
    assert client.post("/demo/step-in", {"persona": "kari"}, HTTP_ORIGIN="http://127.0.0.1:8000").status_code == 302


def test_a_script_can_step_in_with_a_plain_post(db):
    client = Client(**HERE, enforce_csrf_checks=True)
    assert client.post("/demo/step-in", {"persona": "kari"}).status_code == 302
