"""What people see when something of ours breaks."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from byfolk.portal import errors


def test_an_error_in_the_frame_itself_still_gets_an_answer_in_plain_words(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise LookupError("no such address")

    monkeypatch.setattr(errors, "render", broken)
    answer = errors.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Ingenting er endret" in answer.content.decode()
