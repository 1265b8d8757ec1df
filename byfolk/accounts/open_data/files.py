"""What stands in the files of the open data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from byfolk.accounts.frozen import frozen
from byfolk.accounts.open_data.as_csv import as_csv
from byfolk.accounts.open_data.datasets import INDICATORS, POLICY, UNITS, Resource, goals_of
from byfolk.accounts.open_data.editions import csv_of, data_name
from byfolk.accounts.open_data.ground import Ground
from byfolk.engines.goals.document import walk
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Measure
from byfolk.engines.indicators.export import open_year
from byfolk.engines.indicators.sources import SOURCES
from byfolk.kernel.api import in_all_languages
from byfolk.kernel.organisation.models import Level

LANGUAGES = ("nb", "nn", "en")


def definitions() -> str:
    """The address of an indicator's definition, but for its code."""
    return f"{settings.ADDRESS}{reverse('open_definitions')}#"


def content(made_of: Ground, resource: Resource) -> bytes:
    """A file's content."""
    if resource.name == UNITS.name:
        return _csv(resource, _units(made_of))
    if resource.name == INDICATORS.name:
        return _csv(resource, _indicators(made_of))
    if resource.name == POLICY.name:
        return _csv(resource, _policy(made_of))
    for one in made_of.editions:
        if resource.name == data_name(one.year, one.unit_code, one.version):
            edition = frozen(one.unit_code, one.year, one.version)
            return csv_of(edition) if edition else b""
    return open_year(int(resource.name.removeprefix("tall-")), definitions())


def _csv(resource: Resource, rows: Iterable[Mapping[str, Any]]) -> bytes:
    return as_csv([column.name for column in resource.columns], rows)


def _units(made_of: Ground) -> Iterable[dict[str, Any]]:
    for one in made_of.units:
        yield {
            "code": one.code, "name_nb": one.name_nb, "name_nn": one.name_nn, "level": Level(one.level).name.lower(),
            "parent": one.parent, "opened": one.opened, "closed": one.closed,
        }  # fmt: skip


def _indicators(made_of: Ground) -> Iterable[dict[str, Any]]:
    goals = goals_of(made_of)
    for one in registry.indicators():
        yield {
            "code": one.code, "number": one.number, "version": one.version,
            **{f"title_{language}": text for language, text in in_all_languages(one.title).items()},
            **{f"definition_{language}": text for language, text in in_all_languages(one.definition).items()},
            "unit_of_measure": one.unit.value, "decimals": one.decimals, "better": one.direction.value,
            **_measure("numerator", one.numerator), **_measure("denominator", one.denominator),
            "smallest_group": one.minimum_group,
            "inputs_nb": "; ".join(in_all_languages(SOURCES[code].title)["nb"] for code in one.sources),
            "source_nb": in_all_languages(one.source)["nb"], "standard_nb": in_all_languages(one.standard)["nb"],
            "iso_30414": one.iso, "goals": "; ".join(key for _number, key in goals[one.code]),
        }  # fmt: skip


def _measure(part: str, measure: Measure | None) -> dict[str, Any]:
    if measure is None:
        return {}
    return {f"{part}_nb": in_all_languages(measure.title)["nb"], f"{part}_per": measure.per}


def _policy(made_of: Ground) -> Iterable[dict[str, Any]]:
    for placed in walk(made_of.document) if made_of.document else ():
        one = placed.paragraph
        yield {
            "key": one.key, "kind": one.kind, "number": placed.number, "under": placed.above and placed.above.key,
            **{f"title_{language}": one.title.get(language) for language in LANGUAGES},
            **{f"text_{language}": one.text.get(language) for language in LANGUAGES},
            "indicators": "; ".join(one.indicators),
        }  # fmt: skip
