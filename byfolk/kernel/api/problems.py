"""Errors as problem details (RFC 9457): what went wrong, in which field, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Field, NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

CONTENT_TYPE = "application/problem+json"


class Fault(Schema):
    """One field that could not be understood."""

    field: str = Field(description=gettext_noop("Feltet det gjelder"))
    why: str = Field(description=gettext_noop("Hva som er galt med det"))


class Problem(Schema):
    """Why a question was not answered (RFC 9457)."""

    type: str = Field("about:blank", description=gettext_noop("Slaget av feil; about:blank: statuskoden sier alt"))
    title: str = Field(description=gettext_noop("Statuskoden i ord"))
    status: int = Field(description=gettext_noop("Statuskoden"))
    detail: str = Field(description=gettext_noop("Hva som gikk galt, og hva du kan gjøre"))
    errors: list[Fault] = Field([], description=gettext_noop("Feltene som ikke ble forstått"))


def problem(
    status: int, detail: str, *, faults: Sequence[tuple[str, str]] = (), headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """An answer that says what is wrong. `faults`: (field, why)."""
    said = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=[Fault(field=field, why=why) for field, why in faults],
    )
    answer = JsonResponse(said.model_dump(), status=status, content_type=CONTENT_TYPE)
    for name, value in (headers or {}).items():
        answer[name] = value
    return answer


def not_found() -> HttpResponse:
    """404, also for what one may not see."""
    return problem(404, _("Det finnes ikke noe her, eller du har ikke tilgang til det."))


def not_signed_in() -> HttpResponse:
    """401 for a visitor who asks for what is open to those who work here."""
    return problem(
        401,
        _("Logg inn i Byfolk først. Det åpne ligger under /api/v1/public/."),
        headers={"WWW-Authenticate": 'Session realm="Byfolk"'},
    )


def not_understood(faults: Sequence[tuple[str, str]]) -> HttpResponse:
    """422 with every field that is wrong."""
    return problem(422, _("Spørsmålet ble ikke forstått. Rett feltene under, og prøv igjen."), faults=faults)


def handle_in(api: NinjaAPI) -> None:
    """Answer the API's own errors this way."""
    api.add_exception_handler(Http404, lambda request, error: not_found())
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, lambda request, error: _as_raised(error))


def _as_raised(error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    # An address that no thing can have is the address of nothing.
    if any(one["loc"][0] == "path" for one in error.errors):
        return not_found()
    return not_understood([(str(one["loc"][-1]), _why(one)) for one in error.errors])


def _why(error: dict[str, Any]) -> str:
    """What pydantic says of a field, in the reader's language where it is one of the usual faults."""
    limits, kind = error.get("ctx", {}), error["type"]
    usual = {
        "missing": _("mangler"),
        "int_parsing": _("skal være et heltall"),
        "int_from_float": _("skal være et heltall"),
        "greater_than_equal": _("skal være minst %(limit)s") % {"limit": limits.get("ge")},
        "less_than_equal": _("skal være høyst %(limit)s") % {"limit": limits.get("le")},
        "literal_error": _("skal være en av %(expected)s") % {"expected": limits.get("expected")},
        "enum": _("skal være en av %(expected)s") % {"expected": limits.get("expected")},
        "string_pattern_mismatch": _("skal passe med mønsteret %(pattern)s") % {"pattern": limits.get("pattern")},
        "string_too_long": _("er for langt"),
        "date_from_datetime_parsing": _("skal være en dato, som 2026-01-31"),
        "date_parsing": _("skal være en dato, som 2026-01-31"),
    }
    return usual.get(kind) or str(error["msg"])
