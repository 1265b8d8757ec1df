"""The API's description (OpenAPI), in the reader's language, with the errors that every operation may answer."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from byfolk.kernel.api import CONTENT_TYPE, Problem
from byfolk.portal.api.everything import API, START

ABOUT = _(
    "Organisasjonen, tallene, personalpolitikken og personalregnskapet, som data. Det som ligger under /public/, er "
    "for alle og likt for alle. Resten er for dem som arbeider her: logg inn i Byfolk, og samme tilgang gjelder her "
    "som på sidene."
)
PROBLEMS = {
    "401": _("Du må logge inn i Byfolk først"),
    "404": _("Det finnes ikke, eller du har ikke tilgang til det"),
    "405": _("Her kan en bare lese"),
    "422": _("Et felt ble ikke forstått; svaret sier hvilket og hvorfor"),
}


def description() -> dict[str, Any]:
    """The whole description as plain data."""
    found: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(path_prefix=START), cls=DjangoJSONEncoder))
    found["info"]["description"] = ABOUT
    schemas = found["components"].setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for schema in schemas.values():
        schema.pop("description", None)  # the code's own words, in English
    found["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
    }
    for address, methods in found["paths"].items():
        for operation in methods.values():
            _complete(operation, public=address.startswith(f"{START}public/"))
    translated: dict[str, Any] = _translated(found)
    return translated


def _complete(operation: dict[str, Any], *, public: bool) -> None:
    operation["security"] = [] if public else [{"session": []}]
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    for status, said in PROBLEMS.items():
        if status == "401" and public:
            continue
        operation["responses"][status] = {"description": said, "content": {CONTENT_TYPE: schema}}
    if public:
        operation["responses"]["304"] = {"description": _("Uendret siden sist")}


def _translated(part: Any, *, whole: bool = False) -> Any:
    """What is written for people, in the reader's language: texts under `TEXTS`, and the names of groups."""
    if isinstance(part, str):
        return gettext(part) if whole and part else part
    if isinstance(part, list):
        return [_translated(one, whole=whole) for one in part]
    if isinstance(part, dict):
        return {
            key: _translated(value, whole=key in TEXTS and not isinstance(value, dict)) for key, value in part.items()
        }
    return part


TEXTS = {"summary", "description", "tags"}
