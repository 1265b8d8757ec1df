"""The page of what goes together as its template takes it: words first, then dots, then a table."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from byfolk.areas.policy.addresses import FigureLinks, board_url, crumbs, relations_url, unit_tabs, unit_url
from byfolk.areas.policy.board.page import published_text
from byfolk.areas.policy.choices import period_field
from byfolk.areas.policy.places import kind_of_level
from byfolk.areas.policy.relations.queries import QUALITY, Among, Group, Pair, Relations
from byfolk.areas.policy.relations.rules import Finding
from byfolk.areas.policy.wording import language, value_text
from byfolk.engines.goals.sentences import joined
from byfolk.engines.indicators.answers import PublicationAbout
from byfolk.engines.indicators.definition import Indicator
from byfolk.lib import charts, norwegian
from byfolk.lib.ranks import LEAST

WIDTH = 340
#: How a unit with more, and with less, of a figure is spoken of.
_MORE: dict[str, tuple[Promise, Promise]] = {
    "sick_leave": (gettext_lazy("høyere sykefravær"), gettext_lazy("lavere sykefravær")),
    "full_time": (gettext_lazy("flere i heltid"), gettext_lazy("færre i heltid")),
    "turnover_external": (gettext_lazy("flere som slutter"), gettext_lazy("færre som slutter")),
    "user_satisfaction": (gettext_lazy("mer fornøyde brukere"), gettext_lazy("mindre fornøyde brukere")),
    "cost_deviation": (
        gettext_lazy("høyere kostnad mot budsjettet"),
        gettext_lazy("lavere kostnad mot budsjettet"),
    ),
    QUALITY: (gettext_lazy("høyere kvalitet"), gettext_lazy("lavere kvalitet")),
}
Texts = dict[tuple[int, str], str]
_ORDER = (Finding.CLEAR, Finding.MAYBE, Finding.NONE, Finding.ALIKE, Finding.TOO_FEW)


def context_of(found: Relations, *, publication: PublicationAbout | None, actions: bool) -> dict[str, Any]:
    """Everything that `policy/relations.html` needs. `actions`: the reader sees the unit's actions."""
    place = found.place
    texts = _texts(found)
    looked_at = [pair for pair in found.pairs if pair.relation is not None]
    ordered = sorted(
        found.pairs, key=lambda pair: (_ORDER.index(pair.finding), -abs(pair.relation.rho if pair.relation else 0))
    )
    return {
        "title": _("Hva henger sammen i %(unit)s") % {"unit": place.unit.name},
        "unit": place.unit,
        "crumbs": crumbs(place, _("Hva henger sammen")),
        "tabs": unit_tabs(place, "relations", actions=actions),
        "fields": [_group_field(found), period_field(found.choice)],
        "published": published_text(publication),
        "verdict": _verdict(found, looked_at),
        "lead": _lead(found),
        "charts": [_chart(found, pair, len(looked_at), texts) for pair in ordered if pair.relation is not None],
        "unsaid": [_unsaid(pair) for pair in ordered if pair.relation is None],
        "numbers": _numbers(ordered) if looked_at else None,
        "table": _table(found, texts) if found.shown else None,
        "board_url": board_url(place.unit.code, found.choice),
        "form_url": relations_url(place.unit.code),
    }


def _group_field(found: Relations) -> dict[str, Any]:
    options = [{"value": one.key, "label": _group_name(one), "chosen": one is found.group} for one in found.groups]
    return {
        "name": "enheter",
        "wide": True,
        "label": _("Hvilke enheter?"),
        "options": options or [{"value": "", "label": "–"}],
    }


def _group_name(group: Group) -> str:
    kind = norwegian.sentence(kind_of_level(group.level).many)
    sector = SECTORS.get(group.sector)
    name = f"{kind}, {sector}" if sector else kind
    return f"{name} ({norwegian.number(group.measured, 0, language())})"


#: What the sectors of the organisation are called; one that is not known here is left out of the name.
SECTORS: dict[str, Promise] = {
    "school": gettext_lazy("skole"),
    "kindergarten": gettext_lazy("barnehage"),
    "nursing_home": gettext_lazy("sykehjem"),
    "home_care": gettext_lazy("hjemmetjeneste"),
    "health": gettext_lazy("helse"),
    "welfare": gettext_lazy("velferd"),
    "child_welfare": gettext_lazy("barnevern"),
    "culture": gettext_lazy("kultur"),
    "technical": gettext_lazy("teknisk"),
    "district": gettext_lazy("bydel"),
    "administration": gettext_lazy("administrasjon"),
}


def _verdict(found: Relations, looked_at: list[Pair]) -> str:
    """The first line: what can be said at all."""
    if found.group is None and not found.below:
        return _("Her er det ingen enheter å sammenligne.")
    if found.group is None:
        return _("Det er ingen tall å sammenligne for %(year)d.") % {"year": found.year}
    if not looked_at:
        return _("Det er for få enheter til å si hva som henger sammen.")
    clear = [pair for pair in looked_at if pair.finding is Finding.CLEAR]
    words = {"all": norwegian.in_words(len(looked_at), language()), "n": norwegian.in_words(len(clear), language())}
    if not clear:
        return (
            ngettext(
                "Vi ser ingen tydelig sammenheng mellom de to tallene.",
                "Ingen av de %(all)s parene av tall henger tydelig sammen.",
                len(looked_at),
            )
            % words
        )
    sentence = ngettext(
        "Ett av %(all)s par av tall henger tydelig sammen.",
        "%(n)s av %(all)s par av tall henger tydelig sammen.",
        len(clear),
    )
    return norwegian.sentence(sentence % words)


def _lead(found: Relations) -> str:
    if found.group is None and found.below:
        return _("Enhetene må ha tall både for de ansatte og for tjenesten. Velg en annen tid, eller en annen enhet.")
    if found.group is None:
        return _("Velg en virksomhet eller en avdeling med flere enheter under seg.")
    sentences = [_("Publiserte tall for %(year)d, én prikk for hver enhet.") % {"year": found.year}]
    if found.pairs and all(pair.relation is None for pair in found.pairs):
        sentences.append(_("Vi trenger minst %(n)d enheter med begge tallene.") % {"n": LEAST})
    sentences.append(_("Dette viser ikke hva som er årsak."))
    return " ".join(sentences)


def _more(indicator: Indicator) -> tuple[str, str]:
    code = QUALITY if indicator.code.startswith(QUALITY) else indicator.code
    more, less = _MORE[code]
    return str(more), str(less)


def finding_text(pair: Pair, among: int) -> str:
    """What may be said of a pair, in plain words. `among`: how many pairs were looked at."""
    relation = pair.relation
    if relation is None:
        return _unsaid(pair)["text"]
    more, less = _more(pair.y)
    words = {"x": _more(pair.x)[0], "y": more if relation.rho > 0 else less}
    if pair.finding is Finding.CLEAR:
        return _("Enheter med %(x)s har oftere %(y)s. Det er neppe tilfeldig.") % words
    if pair.finding is Finding.MAYBE:
        text = _("Enheter med %(x)s har litt oftere %(y)s. Det kan være tilfeldig: vi har sett på %(n)s par.")
        return text % (words | {"n": norwegian.in_words(among, language())})
    if relation.low < 0 < relation.high:
        return _("Vi ser ingen sikker sammenheng. Den kan gå begge veier.")
    return _("Vi ser ingen sikker sammenheng.")


def _unsaid(pair: Pair) -> dict[str, str]:
    name = pair_name(pair)
    if pair.finding is Finding.ALIKE:
        return {"name": name, "text": _("Alle enhetene har samme tall.")}
    text = ngettext(
        "Bare %(n)d enhet har begge tallene. Vi trenger minst %(least)d.",
        "Bare %(n)d enheter har begge tallene. Vi trenger minst %(least)d.",
        len(pair.units),
    )
    return {"name": name, "text": text % {"n": len(pair.units), "least": LEAST}}


def pair_name(pair: Pair) -> str:
    """The two figures by name."""
    return joined([str(pair.x.title), norwegian.inside(str(pair.y.title))])


def _texts(found: Relations) -> Texts:
    """Every figure as it is written, and the unit's address under "": each stands in several charts and in the
    table."""
    addresses = {(unit.pk, ""): unit_url(unit.code) for unit in found.shown}
    return addresses | {
        (unit.pk, one.code): value_text(one, value)
        for unit in found.shown
        for one in found.indicators
        if (value := found.value(unit, one)) is not None
    }


def _chart(found: Relations, pair: Pair, among: int, texts: Texts) -> dict[str, Any]:
    dots = [_dot(found, pair, unit, texts) for unit in pair.units]
    drawing = charts.scatter(
        dots,
        width=WIDTH,
        x_title=str(pair.x.title),
        y_title=str(pair.y.title),
        format_x=lambda value: _tick(pair.x, value),
        format_y=lambda value: _tick(pair.y, value),
    )
    return {
        "title": pair_name(pair),
        "text": finding_text(pair, among),
        "svg": drawing,
        "note": _strength(pair),
        "clear": pair.finding is Finding.CLEAR,
    }


def _dot(found: Relations, pair: Pair, unit: Among, texts: Texts) -> charts.Dot:
    x, y = found.value(unit, pair.x) or 0.0, found.value(unit, pair.y) or 0.0
    said = f"{unit.name}: {texts[unit.pk, pair.x.code]}, {texts[unit.pk, pair.y.code]}"
    return charts.Dot(x, y, texts[unit.pk, ""], said)


def _tick(indicator: Indicator, value: float) -> str:
    decimals = 0 if float(value).is_integer() else 1
    return norwegian.number(value, decimals, language())


def _strength(pair: Pair) -> str:
    relation = pair.relation
    assert relation is not None
    text = _("Samvariasjon %(rho)s, trolig mellom %(low)s og %(high)s. %(n)s enheter.")
    said = text % _in_numbers(pair)
    if pair.hidden:
        said += " " + ngettext("%(n)d til har skjulte tall.", "%(n)d til har skjulte tall.", pair.hidden) % {
            "n": pair.hidden
        }
    return said


def _in_numbers(pair: Pair) -> dict[str, str]:
    relation = pair.relation
    assert relation is not None
    return {
        "rho": norwegian.signed(relation.rho, 2, language()),
        "low": norwegian.signed(relation.low, 2, language()),
        "high": norwegian.signed(relation.high, 2, language()),
        "n": norwegian.number(relation.n, 0, language()),
    }


def _numbers(pairs: list[Pair]) -> dict[str, Any]:
    """The method's own numbers, for who wants them."""
    rows = []
    for pair in pairs:
        if pair.relation is None:
            continue
        numbers = _in_numbers(pair)
        cells = [
            {"value": pair_name(pair)},
            {"value": numbers["n"], "numeric": True},
            {"value": numbers["rho"], "numeric": True},
            {"value": _("%(low)s til %(high)s") % numbers, "numeric": True},
            {"value": norwegian.number(pair.relation.p_among, 3, language()), "numeric": True},
        ]
        rows.append({"cells": cells})
    return {
        "caption": _("Alle parene med tall"),
        "columns": [
            {"label": _("Par")},
            {"label": _("Enheter"), "numeric": True},
            {"label": _("Samvariasjon"), "numeric": True},
            {"label": _("Trolig mellom"), "numeric": True},
            {"label": _("Tilfeldig"), "numeric": True},
        ],
        "rows": rows,
    }


def _table(found: Relations, texts: Texts) -> dict[str, Any]:
    """The same dots as rows, each unit linked."""
    columns = [{"label": _("Enhet")}, *({"label": str(one.title), "numeric": True} for one in found.indicators)]
    rows, links = [], FigureLinks(found.choice)
    for unit in found.shown:
        cells: list[dict[str, Any]] = [{"value": unit.name, "url": texts[unit.pk, ""]}]
        for indicator in found.indicators:
            value = found.value(unit, indicator)
            if value is None:
                cells.append({"value": _none(found, unit, indicator), "numeric": True})
            else:
                url = links.of(indicator.code, unit.code)
                cells.append({"value": texts[unit.pk, indicator.code], "numeric": True, "url": url})
        rows.append({"cells": cells})
    return {"caption": _("Tallene for hver enhet, %(year)d") % {"year": found.year}, "columns": columns, "rows": rows}


def _none(found: Relations, unit: Among, indicator: Indicator) -> str:
    figure = found.values.get(unit.pk, {}).get(indicator.code)
    return _("Ingen tall") if figure is None or figure.empty else _("Skjult")
