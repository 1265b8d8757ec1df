"""Signing in by password, with a code where the role wants one; signing out; and what is not open."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from byfolk.demo.cast import CAST
from byfolk.kernel.access.models import User
from byfolk.kernel.time import today
from tests.conftest import remember_method

PASSWORD = "bjørk-og-furu-ved-fjorden"


@pytest.fixture(autouse=True)
def no_limits_left_over():
    cache.clear()


def _with_password(key: str) -> User:
    user = User.objects.get(username=CAST[key].employee_number)
    user.email = f"{key}@storvik.example"
    user.set_password(PASSWORD)
    user.save()
    return user


def _sign_in(client: Client, name: str, password: str = PASSWORD, **more):
    return client.post("/konto/inn/", {"login": name, "password": password, **more})


def _is_in(client: Client) -> bool:
    return client.get("/mitt/").status_code == 200


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


class TestPassword:
    def test_jonas_signs_in_with_his_employee_number(self, client, db):
        _with_password("jonas")
        response = _sign_in(client, CAST["jonas"].employee_number)
        assert (response.status_code, response.url) == (302, "/")
        assert _is_in(client)

    def test_or_with_his_email_in_whatever_case(self, client, db):
        _with_password("jonas")
        assert _sign_in(client, "Jonas@Storvik.example").status_code == 302
        assert _is_in(client)

    def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(self, client, db):
        _with_password("jonas")
        wrong = _sign_in(client, CAST["jonas"].employee_number, "feil")
        unknown = _sign_in(client, "finnes-ikke", "feil")
        text = "Navnet eller passordet stemmer ikke"
        assert text in wrong.content.decode()
        assert text in unknown.content.decode()
        assert not _is_in(client)

    def test_after_five_wrong_tries_even_the_right_password_has_to_wait_and_is_told_so(self, client, db):
        _with_password("jonas")
        for _ in range(5):
            _sign_in(client, CAST["jonas"].employee_number, "feil")
        response = _sign_in(client, CAST["jonas"].employee_number)
        assert "Vent fem minutter" in response.content.decode()
        assert not _is_in(client)

    def test_the_pause_is_for_the_name_and_not_for_everybody_at_city_hall(self, client, db):
        _with_password("jonas")
        _with_password("ingrid")
        for _ in range(6):
            _sign_in(client, CAST["jonas"].employee_number, "feil")
        assert _sign_in(client, CAST["ingrid"].employee_number).status_code == 302

    def test_who_has_left_is_turned_away_kindly(self, client, person):
        _with_password("jonas")
        person("jonas").employments.update(valid=(dt.date(2019, 1, 1), today()))
        response = _sign_in(client, CAST["jonas"].employee_number)
        assert response.status_code == 403
        assert "Vi finner deg ikke blant de ansatte" in response.content.decode()
        assert not _is_in(client)

    def test_who_leaves_while_signed_in_is_let_out(self, client, person):
        _with_password("jonas")
        _sign_in(client, CAST["jonas"].employee_number)
        person("jonas").employments.update(valid=(dt.date(2019, 1, 1), today()))
        assert client.get("/mitt/").status_code == 404

    def test_a_closed_user_cannot_come_in(self, client, db):
        user = _with_password("jonas")
        User.objects.filter(pk=user.pk).update(is_active=False)
        _sign_in(client, CAST["jonas"].employee_number)
        assert not _is_in(client)

    def test_the_page_where_one_was_going_is_where_one_ends_up(self, client, db):
        _with_password("jonas")
        asked = client.get("/mitt/hvem-ser/?alle=1")
        assert asked.url == "/konto/inn/?next=/mitt/hvem-ser/%3Falle%3D1"
        response = _sign_in(client, CAST["jonas"].employee_number, next="/mitt/hvem-ser/?alle=1")
        assert response.url == "/mitt/hvem-ser/?alle=1"

    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example"],
    )
    def test_a_redirect_to_another_host_is_refused(self, client, db, elsewhere):
        _with_password("jonas")
        response = _sign_in(client, CAST["jonas"].employee_number, next=elsewhere)
        assert response.url == "/"

    def test_signing_out_takes_a_post(self, client, db):
        _with_password("jonas")
        _sign_in(client, CAST["jonas"].employee_number)
        assert client.get("/konto/ut/").status_code == 405
        assert _is_in(client)
        assert client.post("/konto/ut/").status_code == 302
        assert not _is_in(client)

    def test_signing_in_needs_a_token_from_our_own_page(self, db):
        client = Client(enforce_csrf_checks=True)
        _with_password("jonas")
        assert _sign_in(client, CAST["jonas"].employee_number).status_code == 403

    def test_whoever_is_signed_in_is_named_in_the_head_of_the_sign_in_pages_too(self, client, db):
        _with_password("jonas")
        assert "Logg inn</a>" in client.get("/konto/inn/").content.decode()
        _sign_in(client, CAST["jonas"].employee_number)
        page = client.get("/konto/passord/").content.decode()
        assert "Logg inn</a>" not in page
        assert "Jonas Haugen" in page
        assert 'href="/mitt/hvem-ser/"' in page

    def test_a_new_password_must_be_twelve_long_and_replaces_the_old_one(self, client, db):
        user = _with_password("jonas")
        _sign_in(client, CAST["jonas"].employee_number)
        form = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}
        assert client.post("/konto/passord/", form).status_code == 200
        form = {"oldpassword": PASSWORD, "password1": "en helt ny setning 7", "password2": "en helt ny setning 7"}
        assert client.post("/konto/passord/", form).status_code == 302
        user.refresh_from_db()
        assert user.check_password("en helt ny setning 7")

    def test_a_forgotten_password_is_chosen_anew_by_a_link_in_an_email(self, client, db, mailoutbox):
        user = _with_password("jonas")
        assert client.post("/konto/glemt/", {"email": user.email}).status_code == 302
        (mail,) = mailoutbox
        assert mail.subject == "Velg nytt passord i Byfolk"
        link = next(word for word in mail.body.split() if word.startswith("http://testserver/"))
        page = client.get(link, follow=True)
        address = page.redirect_chain[-1][0]
        client.post(address, {"password1": "en helt ny setning 7", "password2": "en helt ny setning 7"})
        user.refresh_from_db()
        assert user.check_password("en helt ny setning 7")
        assert "for gammel" in Client().get(link, follow=True).content.decode()

    def test_an_unknown_email_gets_the_same_answer_and_no_mail(self, client, db, mailoutbox):
        assert client.post("/konto/glemt/", {"email": "ukjent@storvik.example"}).status_code == 302
        assert not mailoutbox


class TestSecondStep:
    @pytest.mark.parametrize("key", ["kari", "per", "anne"])
    def test_a_role_that_sees_much_gets_nowhere_without_a_code(self, client, db, key):
        _with_password(key)
        _sign_in(client, CAST[key].employee_number)
        for address in ("/", "/mitt/", "/ansatte/", "/roller/", "/revisjon/"):
            response = client.get(address)
            assert (response.status_code, response.url) == (302, "/konto/kode/app/")
        assert client.post("/mitt/si-fra/", {"kind": "pay", "text": "x"}).status_code == 302

    def test_until_then_the_head_names_the_person_and_leads_nowhere(self, client, db):
        _with_password("kari")
        _sign_in(client, CAST["kari"].employee_number)
        frame = client.get("/konto/kode/app/").context["frame"]
        assert frame["person"]["name"] == "Kari Nordahl"
        assert (frame["sign_in_url"], frame["navigation"], frame["search_url"]) == ("", [], "")

    @pytest.mark.parametrize("key", ["jonas", "solveig", "amir", "mette", "tor"])
    def test_the_others_may_do_without(self, client, db, key):
        _with_password(key)
        _sign_in(client, CAST[key].employee_number)
        assert _is_in(client)

    def test_connecting_an_app_opens_the_rest_at_once_and_gives_recovery_codes(self, client, db):
        _with_password("kari")
        _sign_in(client, CAST["kari"].employee_number)
        secret = client.get("/konto/kode/app/").context["form"].secret
        response = client.post("/konto/kode/app/", {"code": _code(secret)})
        assert (response.status_code, response.url) == (302, "/konto/kode/reserve/")
        assert len(client.get("/konto/kode/reserve/").context["unused_codes"]) == 10
        assert _is_in(client)

    def test_a_wrong_code_connects_nothing(self, client, db):
        _with_password("kari")
        _sign_in(client, CAST["kari"].employee_number)
        client.get("/konto/kode/app/")
        response = client.post("/konto/kode/app/", {"code": "000000"})
        assert "Koden stemmer ikke" in response.content.decode()
        assert not Authenticator.objects.exists()

    def _connected(self, key: str) -> tuple[User, str, list[str]]:
        user, client = _with_password(key), Client()
        _sign_in(client, CAST[key].employee_number)
        secret = client.get("/konto/kode/app/").context["form"].secret
        client.post("/konto/kode/app/", {"code": _code(secret)})
        codes = client.get("/konto/kode/reserve/").context["unused_codes"]
        cache.clear()  # the code that connected the app is used up for its half minute
        return user, secret, codes

    def test_next_time_the_password_is_not_enough(self, client, db):
        _, secret, _ = self._connected("kari")
        response = _sign_in(client, CAST["kari"].employee_number)
        assert response.url == "/konto/kode/inn/"
        assert client.get("/mitt/").status_code == 302
        client.post("/konto/kode/inn/", {"code": _code(secret)})
        assert _is_in(client)

    def test_a_recovery_code_works_once(self, db):
        _, _, codes = self._connected("kari")
        first, second = Client(), Client()
        for attempt in (first, second):
            _sign_in(attempt, CAST["kari"].employee_number)
            attempt.post("/konto/kode/inn/", {"code": codes[0]})
        assert _is_in(first)
        assert not _is_in(second)

    def test_an_old_session_must_prove_itself_again_before_the_app_is_removed(self, client, db, monkeypatch):
        user, _, _ = self._connected("kari")
        client.force_login(user)
        remember_method(client, user.pk, "mfa")
        session = client.session
        session["account_authentication_methods"][0]["at"] -= 600
        session.save()
        response = client.post("/konto/kode/app/fjern/")
        assert response.url.startswith("/konto/")
        assert "bekreft" in response.url
        assert Authenticator.objects.filter(user=user, type="totp").exists()


class TestNothingElseIsOpen:
    @pytest.mark.parametrize(
        "address", ["/konto/", "/konto/signup/", "/konto/email/", "/konto/3rdparty/", "/accounts/login/", "/admin/"]
    )
    def test_what_we_do_not_use_is_not_found(self, client, db, address):
        assert client.get(address).status_code == 404

    def test_every_answer_carries_the_headers_that_keep_pages_safe(self, client, db):
        for address in ("/konto/inn/", "/mitt/", "/finnes-ikke", "/om/personvern/"):
            headers = client.get(address).headers
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["Referrer-Policy"] == "same-origin"
            assert "no-store" in headers["Cache-Control"]

    def test_the_session_cookie_is_for_the_server_only(self, client, db):
        _with_password("jonas")
        cookie = _sign_in(client, CAST["jonas"].employee_number).cookies["sessionid"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"

    def test_the_language_page_sends_nobody_elsewhere(self, client, db):
        response = client.post("/sprak/", {"language": "nn", "next": "https://evil.example/"})
        assert response.url == "/"
