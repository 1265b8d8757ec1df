"""Whatever is asked of the API, by whomever: no error of ours, an answer as the description says, and nothing that the
asker may not see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.engines.goals.models import PolicyVersion
from byfolk.engines.goals.storing import new_version, stored
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import today
from byfolk.portal.api.description import description
from tests.conftest import signed_in

READERS = (None, "jonas", "kari")
EXAMPLES = 8
"""A kind (right or wrong), an operation and a reader: some 1,000 questions in all."""
KNOWN = {
    "code": [CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE],
    "unit": [CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE],
    "indicator": ["sick_leave", "pay_ratio", "headcount"],
    "year": [2025, 2025, 2024],
    "number": [1, 2, 3],
}
"""Things that there are: words out of the air would lead to 404 and nowhere else."""
NUMBERS = ("value", "numerator", "denominator", "n")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


def _described() -> dict[str, Any]:
    with translation.override("nb"):
        return description()


SCHEMA = schemathesis.openapi.from_dict(_described())
ADDRESSES = list(_described()["paths"])


@pytest.fixture
def public_codes(db: None) -> set[str]:
    return set(Unit.objects.filter(level__lte=2).values_list("code", flat=True))


@pytest.fixture(scope="module")
def application() -> Iterator[Any]:
    """The application as a server calls it, but on the test's own connection, which it must not close."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def draft(db: None) -> int:
    adopted = PolicyVersion.objects.get(state="adopted")
    return new_version(replace(stored(adopted)), today()).number


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_no_question_breaks_the_api_or_opens_what_is_closed(address, reader, mode, public_codes, draft, application):
    SCHEMA.app = application
    operation = SCHEMA[address]["GET"]
    if mode is GenerationMode.NEGATIVE and not operation.definition.raw.get("parameters"):
        return
    session = signed_in(reader).cookies
    cookies = {name: one.value for name, one in session.items()}
    public = address.startswith("/api/v1/public/")

    answered: set[int] = set()

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)
    @given(_questions(operation, address, mode))
    def ask(case: Any) -> None:
        case.cookies = dict(cookies)
        response = case.call()
        case.validate_response(response, checks=CHECKS)
        answered.add(response.status_code)
        if reader is None and not public:
            assert response.status_code == 401
            return
        if response.status_code != 200:
            return
        found = json.loads(response.content)
        for row in _rows(found):
            if {"state", "value"} <= row.keys() and row["state"] != "published":
                assert [row[name] for name in NUMBERS] == [None] * len(NUMBERS)
            if public and "unit" in row:
                assert row["unit"] in public_codes
            if row.get("state") == "draft":
                assert reader == "kari"
        if public and "level" in found:
            assert found["code"] in public_codes

    ask()
    if mode is GenerationMode.POSITIVE and (public or reader):
        assert 200 in answered, "the questions must lead somewhere, or they try nothing"


def _questions(operation: Any, address: str, mode: GenerationMode) -> st.SearchStrategy[Any]:
    """Questions about things out of the air, and as many about each thing that there is."""
    names = re.findall(r"{(\w+)}", address)
    known = zip(*(KNOWN[name] for name in names), strict=True) if names else ()
    fixed = [dict(zip(names, things, strict=True)) for things in known]
    return st.one_of(
        operation.as_strategy(generation_mode=mode),
        *(operation.as_strategy(generation_mode=mode, path_parameters=things) for things in fixed),
    )


def _rows(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _rows(value)
    elif isinstance(part, list):
        for one in part:
            yield from _rows(one)
