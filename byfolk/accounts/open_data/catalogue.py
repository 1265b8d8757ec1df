"""The catalogue as DCAT-AP-NO 3, in JSON-LD: written by hand, since it is one page of plain statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from byfolk.accounts.open_data.datasets import Dataset, Resource, datasets
from byfolk.accounts.open_data.ground import Ground
from byfolk.kernel.api import in_all_languages

CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority/"
LICENCE = f"{EU}licence/NLOD_2_0"
_TITLE = _("Åpne personaldata fra %(municipality)s")
_ABOUT = _("Tall og personalpolitikk som kommunen publiserer, under vern av enkeltpersoner.")
_DESK = _("Personaldata")


def catalogue(made_of: Ground) -> dict[str, Any]:
    """The catalogue with every dataset and file. Addresses are those of this installation (`BYFOLK_ADDRESS`)."""
    found = datasets(made_of)
    home = _address("open_data")
    publisher, contact = _publisher(made_of), _contact(made_of)
    top = {
        "@id": home,
        "@type": "dcat:Catalog",
        "dct:title": [
            {"@language": language, "@value": text % {"municipality": made_of.municipality}}
            for language, text in in_all_languages(_TITLE).items()
        ],
        "dct:description": _texts(_ABOUT),
        "dct:publisher": {"@id": publisher["@id"]},
        "dcat:contactPoint": {"@id": contact["@id"]},
        "dct:language": [{"@id": f"{EU}language/{code}"} for code in ("NOB", "NNO", "ENG")],
        "dct:license": {"@id": LICENCE},
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [{"@id": _id(one.code)} for one in found],
    }
    more = [part for one in found for part in _dataset(one, publisher, contact)]
    return {"@context": CONTEXT, "@graph": [top, publisher, contact, *more]}


def _dataset(one: Dataset, publisher: dict[str, Any], contact: dict[str, Any]) -> list[dict[str, Any]]:
    said: dict[str, Any] = {
        "@id": _id(one.code),
        "@type": "dcat:Dataset",
        "dct:identifier": one.code,
        "dct:title": _texts(one.title),
        "dct:description": _texts(one.about),
        "dct:publisher": {"@id": publisher["@id"]},
        "dcat:contactPoint": {"@id": contact["@id"]},
        "dcat:theme": [{"@id": f"{EU}data-theme/{theme}"} for theme in one.themes],
        "dct:accessRights": {"@id": f"{EU}access-right/PUBLIC"},
        "dct:accrualPeriodicity": {"@id": f"{EU}frequency/{one.often}"},
        "dct:language": {"@id": f"{EU}language/NOB"},
        "dcat:landingPage": {"@id": _address("open_data")},
        "dcat:keyword": [text for word in one.keywords for text in _texts(word)],
        "dcat:distribution": [{"@id": _file(part)} for part in one.resources],
    }
    if one.law:
        said["dcatap:applicableLegislation"] = [{"@id": law} for law in one.law]
    if one.changed:
        said["dct:modified"] = _moment(one.changed)
    if one.first:
        span = {"@type": "dct:PeriodOfTime", "dcat:startDate": _moment(one.first)}
        said["dct:temporal"] = span | ({"dcat:endDate": _moment(one.last)} if one.last else {})
    return [said, *(_distribution(part) for part in one.resources)]


def _distribution(one: Resource) -> dict[str, Any]:
    return {
        "@id": _file(one),
        "@type": "dcat:Distribution",
        "dct:title": _texts(one.title),
        "dct:description": _texts(one.about),
        "dcat:accessURL": {"@id": _address("open_data")},
        "dcat:downloadURL": {"@id": _file(one)},
        "dct:format": {"@id": f"{EU}file-type/CSV"},
        "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
        "dct:license": {"@id": LICENCE},
        "dct:conformsTo": {"@id": _address("open_package")},
    }


def _publisher(made_of: Ground) -> dict[str, Any]:
    number = settings.ORGANISATION_NUMBER
    agent = {"@type": "foaf:Agent", "foaf:name": {"@language": "nb", "@value": made_of.municipality}}
    if number:
        known = f"https://data.brreg.no/enhetsregisteret/api/enheter/{number}"
        return {"@id": known, "dct:identifier": number} | agent
    return {"@id": f"{_address('open_data')}#kommunen"} | agent


def _contact(made_of: Ground) -> dict[str, Any]:
    said: dict[str, Any] = {
        "@id": f"{_address('open_data')}#kontakt",
        "@type": "vcard:Organization",
        "vcard:fn": f"{in_all_languages(_DESK)['nb']}, {made_of.municipality}",
        "vcard:hasURL": {"@id": _address("help")},
    }
    return said | ({"vcard:hasEmail": {"@id": f"mailto:{settings.CONTACT}"}} if settings.CONTACT else {})


def _texts(text: Promise | str) -> list[dict[str, str]]:
    return [{"@language": language, "@value": said} for language, said in in_all_languages(text).items()]


def _moment(moment: dt.date) -> dict[str, str]:
    kind = "dateTime" if isinstance(moment, dt.datetime) else "date"
    return {"@type": f"xsd:{kind}", "@value": moment.isoformat()}


def _id(code: str) -> str:
    return f"{_address('open_data')}#{code}"


def _file(one: Resource) -> str:
    return _address("open_file", one.name)


def _address(name: str, *arguments: str) -> str:
    return f"{settings.ADDRESS}{reverse(name, args=arguments)}"
