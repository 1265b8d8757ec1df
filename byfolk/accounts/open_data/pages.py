"""What the pages of the open data show."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.accounts.open_data.answering import LANGUAGES, absolute
from byfolk.accounts.open_data.datasets import Dataset, datasets, goals_of
from byfolk.accounts.open_data.ground import Ground, OpenUnit
from byfolk.engines.goals.document import by_key
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.definition import Indicator
from byfolk.engines.indicators.sources import SOURCES
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.organisation.queries import every_unit
from byfolk.kernel.time import day_of
from byfolk.lib import norwegian
from byfolk.lib.charts.alone import WIDTH
from byfolk.lib.texts import in_language

FIRST = "sick_leave"
#: (indicator, unit's code, language) of the figure to put on another page; "" where nothing was chosen.
Chosen = tuple[str, str, str]


def chosen(given: QueryDict) -> Chosen:
    """What the address asks for, as far as there is such a thing. One query where a unit is named."""
    known = {one.code for one in registry.indicators()}
    indicator, unit, language = (given.get(name, "") for name in ("tall", "enhet", "spraak"))
    there_is = unit.isalnum() and every_unit().filter(level__lte=Level.AGENCY, code=unit).exists()
    return (
        indicator if indicator in known else "",
        unit if there_is else "",
        language if language in LANGUAGES else "",
    )


def front(made_of: Ground, asked: Chosen) -> dict[str, Any]:
    """The datasets, the catalogue, and a figure for other pages."""
    return {
        "municipality_name": made_of.municipality,
        "datasets": [_dataset(one, made_of) for one in datasets(made_of)],
        "embed": _embed(made_of, asked),
        "published": _day(day_of(made_of.published_at)) if made_of.published_at else "",
        "next": _day(made_of.next_on) if made_of.next_on else "",
    }


def _dataset(one: Dataset, made_of: Ground) -> dict[str, Any]:
    facts = [{"label": _("Lisens"), "value": "NLOD 2.0"}]
    if one.first and one.last:
        years = f"{one.first.year}–{one.last.year}" if one.first.year != one.last.year else str(one.first.year)
        facts.append({"label": _("Gjelder"), "value": years})
    elif one.first:
        facts.append({"label": _("Gjelder fra"), "value": _day(one.first)})
    if one.changed:
        changed = day_of(one.changed) if isinstance(one.changed, dt.datetime) else one.changed
        facts.append({"label": _("Sist endret"), "value": _day(changed)})
    return {
        "code": one.code,
        "title": one.title,
        "about": one.about,
        "facts": facts,
        "files": [
            {"label": part.file, "url": reverse("open_file", args=[part.name]), "note": str(part.title)}
            for part in one.resources
        ],
    }


def _embed(made_of: Ground, asked: Chosen) -> dict[str, Any] | None:
    """The choices, the picture, and what to put on the other page."""
    units = [one for one in made_of.units if one.closed is None]
    if not units or not made_of.years:
        return None
    unit = next((one for one in units if one.code == asked[1]), units[0])
    wanted = registry.indicator(asked[0] or FIRST)
    language = asked[2] or "nb"
    address = reverse("open_figure", args=[wanted.code, unit.code])
    if language != "nb":
        address += f"?sprak={language}"
    definition = absolute(f"{reverse('open_definitions')}#{wanted.code}")
    words = f"{wanted.title}, {_name(unit)}"
    image = f'<img src="{escape(absolute(address))}" alt="{escape(words)}" width="{WIDTH}" loading="lazy">'
    return {
        "fields": [
            _field("tall", _("Tall"), [(one.code, str(one.title)) for one in _shown()], wanted.code),
            _field("enhet", _("Enhet"), [(one.code, _name(one)) for one in units], unit.code),
            _field("spraak", _("Språk"), [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")], language),
        ],
        "url": address,
        "alt": words,
        "snippet": f'<a href="{escape(definition)}">{image}</a>',
    }


def _shown() -> list[Indicator]:
    return [one for one in registry.indicators() if one.has_total and one.upper]


def _field(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> dict[str, Any]:
    shown = [{"value": value, "label": words, "chosen": value == chosen} for value, words in options]
    return {"name": name, "label": label, "options": shown}


def definitions(made_of: Ground) -> dict[str, Any]:
    """Every indicator: what it means, how it is worked out, from what, by which law or standard, for which goals."""
    goals, placed = goals_of(made_of), by_key(made_of.document) if made_of.document else {}
    language = get_language() or "nb"
    rows = []
    for one in registry.indicators():
        serves = [
            f"{number} {in_language(placed[key].paragraph.title, language)}".strip() for number, key in goals[one.code]
        ]
        rows.append(_definition(one) | {"goals": serves})
    crumbs = [{"label": _("Åpne data"), "url": reverse("open_data")}, {"label": _("Hva hvert tall betyr")}]
    return {"rows": rows, "crumbs": crumbs}


def _definition(one: Indicator) -> dict[str, Any]:
    formula = str(one.numerator.title)
    if one.denominator:
        formula = _("%(top)s delt på %(bottom)s") % {"top": formula, "bottom": str(one.denominator.title)}
    return {
        "code": one.code,
        "title": one.title,
        "definition": one.definition,
        "formula": norwegian.sentence(formula),
        "inputs": ", ".join(str(SOURCES[code].title) for code in one.sources),
        "source": one.source,
        "standard": one.standard,
        "group": one.minimum_group,
        "each": one.of_each_gender,
        "api": reverse("api_public_indicator_figures", args=[one.code]),
    }


def _name(unit: OpenUnit) -> str:
    return unit.name_nn if get_language() == "nn" and unit.name_nn else unit.name_nb


def _day(day: dt.date) -> str:
    return norwegian.day(day, get_language() or "nb")
