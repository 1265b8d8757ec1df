"""The API's description as a page: what can be asked for, with what, and what is answered."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _


def sections_of(description: dict[str, Any]) -> dict[str, Any]:
    """The operations of the two faces, by what they are about; contents first."""
    faces: list[dict[str, Any]] = [
        {"title": _("Åpent for alle"), "anchor": "apent", "groups": []},
        {"title": _("For dem som arbeider her"), "anchor": "innlogget", "groups": []},
    ]
    schemas = description["components"]["schemas"]
    for address, methods in description["paths"].items():
        operation = methods["get"]
        face = faces[1 if operation["security"] else 0]
        tag = operation["tags"][0]
        group = next((one for one in face["groups"] if one["title"] == tag), None)
        if group is None:
            group = {"title": tag, "anchor": f"{face['anchor']}-{slugify(tag)}", "operations": []}
            face["groups"].append(group)
        group["operations"].append(_operation(address, operation, schemas))
    fields = [{"label": _("Felt")}, {"label": _("Slag")}, {"label": _("Betydning")}]
    return {
        "faces": faces,
        "field_columns": fields,
        "parameter_columns": [fields[0], {"label": _("Hvor")}, *fields[1:]],
    }


def _operation(address: str, operation: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    answer = _resolved(operation["responses"]["200"]["content"]["application/json"]["schema"], schemas)
    items = answer.get("properties", {}).get("items")
    row = _resolved(items["items"], schemas) if items else answer
    return {
        "address": address,
        "anchor": operation["operationId"],
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "link": "" if "{" in address else address,
        "list": items is not None,
        "parameters": [_parameter(one, schemas) for one in operation.get("parameters", [])],
        "fields": [
            {"cells": [{"value": name}, {"value": _kind(about, schemas)}, {"value": about.get("description", "")}]}
            for name, about in row.get("properties", {}).items()
        ],
    }


def _parameter(one: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    place = _("i adressen") if one["in"] == "path" else _("etter spørsmålstegnet")
    schema = one["schema"]
    said = one.get("description") or schema.get("description", "")
    return {
        "cells": [{"value": one["name"]}, {"value": place}, {"value": _kind(schema, schemas)}, {"value": said}],
    }


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _kind(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """A field's kind in words: "heltall, 1–1000", "en av month, year"."""
    options = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if options:
        return _kind(options[0], schemas)
    if "allOf" in schema:
        return _kind(schema["allOf"][0], schemas)
    if schema.get("$ref", "").endswith("/Texts"):
        return _("tekst på tre språk")
    found = _resolved(schema, schemas)
    if "enum" in found:
        return _("en av: %(words)s") % {"words": ", ".join(map(str, found["enum"]))}
    if found.get("type") == "array":
        return _("liste: %(kind)s") % {"kind": _kind(found["items"], schemas)}
    if found.get("format") in {"date", "date-time"}:
        return _("dato") if found["format"] == "date" else _("tidspunkt")
    words = {
        "integer": _("heltall"), "number": _("tall"), "boolean": _("ja eller nei"), "object": _("felt"),
        "string": _("tekst"),
    }  # fmt: skip
    kind = words.get(found.get("type", ""), "")
    if "minimum" in found and "maximum" in found:
        return f"{kind}, {found['minimum']}–{found['maximum']}"
    return kind
