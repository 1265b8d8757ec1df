"""The Frictionless descriptor: what stands in each file, by name and type, and how the files hang together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from byfolk.accounts.open_data.datasets import Column, Dataset, Resource, datasets
from byfolk.accounts.open_data.ground import Ground
from byfolk.kernel.time import day_of

LICENCE = {
    "name": "NLOD-2.0",
    "title": "Norsk lisens for offentlige data (NLOD) 2.0",
    "path": "https://data.norge.no/nlod/no/2.0",
}


def package(made_of: Ground) -> dict[str, Any]:
    """All files as one data package, described in bokmål."""
    with translation.override("nb"):
        found = datasets(made_of)
        return {
            "profile": "tabular-data-package",
            "name": "byfolk-apne-data",
            "title": _("Åpne personaldata fra %(municipality)s") % {"municipality": made_of.municipality},
            "description": " ".join(str(one.about) for one in found),
            "version": _version(made_of, found),
            "licenses": [LICENCE],
            "resources": [_resource(one) for each in found for one in each.resources],
        }


def _version(made_of: Ground, found: list[Dataset]) -> str:
    """Of the publication and of the policy: either may change without the other."""
    changed = max((_day(one.changed) for one in found if one.changed), default=None)
    return f"{changed:%Y.%m.%d}-{made_of.publication}" if changed else "0"


def _day(moment: dt.date) -> dt.date:
    return day_of(moment) if isinstance(moment, dt.datetime) else moment


def _resource(one: Resource) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in one.columns],
        "primaryKey": list(one.key),
        "missingValues": [""],
    }
    if one.refers:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": its}} for column, other, its in one.refers
        ]
    return {
        "profile": "tabular-data-resource",
        "name": one.name,
        "title": str(one.title),
        "description": str(one.about),
        "path": one.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    found = {"name": column.name, "type": column.type, "description": str(column.about)}
    return found | ({"constraints": constraints} if constraints else {})
