"""The page of a figure as its template takes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from byfolk.areas.policy.action.beside import Beside, figure_context
from byfolk.areas.policy.addresses import board_url, crumbs, figure_url, targets_url
from byfolk.areas.policy.board.page import closed_note, published_text
from byfolk.areas.policy.board.rows import status_word
from byfolk.areas.policy.choices import period_field, tree_field
from byfolk.areas.policy.explaining.beside import Explained
from byfolk.areas.policy.explaining.beside import figure_context as explained_context
from byfolk.areas.policy.figure import groups, history, peers
from byfolk.areas.policy.figure.queries import FigurePage
from byfolk.areas.policy.hiding import group_rule, long_reason, part_rule
from byfolk.areas.policy.wording import (
    band_text,
    bare_text,
    change_text,
    distance_text,
    figure_text,
    language,
    period_text,
    rounded,
    span_text,
    target_side,
    target_text,
    unit_word,
)
from byfolk.engines.goals.rules import Change, Status, change_since
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.definition import UnitOfMeasure
from byfolk.kernel.organisation.models import Unit
from byfolk.lib import norwegian


def context_of(
    page: FigurePage,
    *,
    moved: bool,
    on: dt.date,
    doing: Beside,
    explained: Explained,
    guides: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Everything that `policy/figure.html` needs."""
    place, indicator = page.place, page.indicator
    fields = [period_field(page.choice)]
    if moved:
        fields.append(tree_field(page.choice))
    suffix = _("ved %(unit)s") if place.above else _("i %(unit)s")
    return {
        "place": place,
        "name": indicator.title,
        "suffix": suffix % {"unit": place.unit.name},
        "title": f"{indicator.title} {suffix % {'unit': place.unit.name}}",
        "crumbs": crumbs(place, str(indicator.title)),
        "fields": fields,
        "published": published_text(page.sight.publication),
        "closed": closed_note(place, on),
        "value": _value(page),
        "state": _state(page),
        "facts": _facts(page),
        "history": history.history_of(page, doing, explained),
        "peers": peers.peers_of(page),
        "parts": groups.parts_of(page),
        "groups": groups.groups_of(page),
        "group_tabs": groups.tabs_of(page),
        "definition": indicator.definition,
        "formula": _formula(page.shown),
        "rules": _rules(page),
        "sight": _sight(page),
        "related": [
            {"label": one.title, "url": figure_url(one.code, place.unit.code, page.choice)} for one in page.related
        ],
        "guides": [{"label": title, "url": url} for title, url in guides],
        **figure_context(doing, indicator),
        **explained_context(explained, page.shown),
        "board_url": board_url(place.unit.code, page.choice),
        "rules_url": reverse("figures"),
        "csv_url": figure_url(indicator.code, place.unit.code, page.choice, last="csv"),
        "xlsx_url": figure_url(indicator.code, place.unit.code, page.choice, last="xlsx"),
    }


def _value(page: FigurePage) -> dict[str, Any] | None:
    """The big value with its sentence; None where there is none to show."""
    figure = page.shown
    if figure is None or not figure.published or figure.value is None:
        return None
    word = unit_word(page.indicator)
    return {
        "number": bare_text(page.indicator, figure.value),
        "unit": word,
        "status": page.measured.status if page.measured.goalpost else "",
        "word": status_word(page.measured),
        "sentence": sentence(page, figure),
        "withheld": _withheld(page, figure),
    }


def _withheld(page: FigurePage, figure: FigureValue) -> str:
    if page.about.current is None or page.about.current is figure:
        return ""
    return _("Tall %(span)s. Det nye tallet er holdt tilbake, fordi endringen kunne pekt på enkeltpersoner.") % {
        "span": span_text(figure)
    }


def sentence(page: FigurePage, figure: FigureValue) -> str:
    """How the figure stands to its target and to last year, in one or two short sentences."""
    assert figure.value is not None
    indicator, goalpost = page.indicator, page.measured.goalpost
    before = page.about.last_year
    change, moved = None, rounded(0, 0)
    if before is not None and before.published and before.value is not None:
        change = change_since(figure.value, before.value, indicator.direction, indicator.decimals)
        moved = rounded(figure.value, indicator.decimals) - rounded(before.value, indicator.decimals)
    if goalpost is None:
        return _change_alone(page, before, moved)
    side = target_side(indicator, figure.value, goalpost)
    reached = page.measured.status is Status.REACHED
    words = {"side": side}
    if change is Change.BETTER:
        return (
            _("Det er %(side)s, og bedre enn for ett år siden.")
            if reached
            else _("Det er %(side)s, men bedre enn for ett år siden.")
        ) % words
    if change is Change.WORSE:
        return (
            _("Det er %(side)s, men svakere enn for ett år siden.")
            if reached
            else _("Det er %(side)s, og svakere enn for ett år siden.")
        ) % words
    if change is Change.SAME:
        return _("Det er %(side)s, og det samme som for ett år siden.") % words
    return _("Det er %(side)s.") % words


def _change_alone(page: FigurePage, before: FigureValue | None, moved: Any) -> str:
    if before is None or not before.published:
        return ""
    if moved == 0:
        return _("Det er det samme som for ett år siden.")
    words = {"distance": distance_text(page.indicator, moved)}
    return (
        _("Det er %(distance)s mer enn for ett år siden.")
        if moved > 0
        else _("Det er %(distance)s mindre enn for ett år siden.")
    ) % words


def _state(page: FigurePage) -> dict[str, Any] | None:
    """What stands in the place of the value: a band, a hidden figure, or none yet."""
    figure = page.shown
    if figure is not None and figure.published:
        return None
    unit, above = page.place.unit, page.place.above
    if figure is not None and figure.empty:
        return {
            "kind": "unmeasured",
            "title": _("Ingen å regne på"),
            "note": _("I perioden var det ingen som tallet kunne gjelde."),
        }
    if figure is None and page.indicator.cadences(unit.level):
        return {"kind": "unmeasured", "title": "", "note": _next(page)}
    counted = _first_that_shows(page) or above
    reason = long_reason(
        page.indicator,
        figure,
        name=unit.name,
        people=page.people,
        above=counted.name if counted else "",
        level=unit.level,
    )
    band = band_text(figure) if figure else ""
    if band:
        return {
            "kind": "band",
            "title": norwegian.sentence(band),
            "reason": reason,
            "span": span_text(figure) if figure else "",
        }
    title = _("%(figure)s for %(unit)s er skjult") % {"figure": page.indicator.title, "unit": unit.name}
    url, link = _level_that_shows(page)
    return {"kind": "hidden", "title": title, "reason": reason, "url": url, "link": link}


def _next(page: FigurePage) -> str:
    publication = page.sight.publication
    if publication is None:
        return ""
    return _("Neste tall kommer %(day)s.") % {"day": norwegian.day(publication.next_on, language())}


def _level_that_shows(page: FigurePage) -> tuple[str, str]:
    unit = _first_that_shows(page)
    if unit is None:
        return "", ""
    return figure_url(page.indicator.code, unit.code, page.choice), _("Se tallet for %(unit)s") % {"unit": unit.name}


def _first_that_shows(page: FigurePage) -> Unit | None:
    """The nearest unit above whose figure is published."""
    above = reversed(page.place.path[:-1])
    return next((unit for unit in above if (found := page.above.get(unit.pk)) and found.published), None)


def _facts(page: FigurePage) -> list[dict[str, Any]]:
    figure, indicator = page.shown, page.indicator
    facts: list[dict[str, Any]] = []
    goalpost = page.measured.goalpost
    url = targets_url(indicator.code, page.place.unit.code)
    if goalpost:
        facts.append({
            "url": url,
            "label": _("Mål for %(year)d") % {"year": (figure.period if figure else page.choice.period).year},
            "value": target_text(indicator, goalpost.value),
            "note": _set_by(page, goalpost.unit_id),
        })  # fmt: skip
    elif indicator.direction.value != "neither":
        facts.append({"label": _("Mål"), "value": _("Ikke satt"), "url": url})
    before = page.about.last_year
    if before is not None and figure is not None:
        change, word = change_text(figure, before.value)
        facts.append(
            {
                "label": _("Samme tid i fjor"),
                "value": figure_text(before) or _("Skjult"),
                "note": f"{change} {word}".strip(),
            }
        )
    for unit in _compared_units(page):
        found = page.above[unit.pk]
        text = figure_text(found)
        facts.append(
            {
                "label": unit.name,
                "value": text or _("Skjult"),
                "url": figure_url(indicator.code, unit.code, page.choice),
            }
        )
    if figure is not None and figure.n is not None and indicator.code != "headcount":
        facts.append({"label": _people_label(page), "value": norwegian.number(figure.n, 0, language())})
    if figure is not None:
        facts.append({"label": _("Periode"), "value": period_text(figure)})
    return facts


def _set_by(page: FigurePage, unit_id: int) -> str:
    if unit_id == page.place.unit.pk:
        return ""
    name = next((unit.name for unit in page.place.path if unit.pk == unit_id), "")
    return _("satt for %(unit)s") % {"unit": name} if name else ""


def _people_label(page: FigurePage) -> str:
    if page.indicator.group.code in {"heads", "mean_heads"}:
        return _("Ansatte bak tallet")
    return norwegian.sentence(str(page.indicator.group.title))


def _compared_units(page: FigurePage) -> list[Any]:
    """The unit right above, the agency and the municipality, where they have the figure: each once, nearest first."""
    place = page.place
    wanted = [place.above, place.agency, place.root]
    found = []
    for unit in wanted:
        if unit is not None and unit.pk != place.unit.pk and unit.pk in page.above and unit not in found:
            found.append(unit)
    return found


def _formula(figure: FigureValue | None) -> list[dict[str, Any]]:
    """The arithmetic, only where the figure is published: numerator divided by denominator."""
    if figure is None or not figure.published or figure.numerator is None or figure.denominator is None:
        return []
    indicator = figure.indicator
    if indicator.denominator is None or indicator.unit is UnitOfMeasure.KRONER:
        return []
    return [
        {"value": _sum_text(figure.numerator), "label": str(indicator.numerator.title)},
        {"sign": "÷", "value": _sum_text(figure.denominator), "label": str(indicator.denominator.title)},
        {"sign": "=", "value": figure_text(figure), "label": str(indicator.title).lower()},
    ]


def _sum_text(value: float) -> str:
    decimals = 0 if float(value).is_integer() or abs(value) >= 100 else 1
    return norwegian.number(value, decimals, language())


def _rules(page: FigurePage) -> list[str]:
    indicator = page.indicator
    rules = []
    if indicator.standard:
        rules.append(_("Følger %(standard)s.") % {"standard": indicator.standard})
    rule = group_rule(indicator) if indicator.minimum_group > 1 else part_rule(indicator)
    return [*rules, rule] if rule else rules


def _sight(page: FigurePage) -> list[dict[str, Any]]:
    place, choice = page.place, page.choice
    board = board_url(place.unit.code, choice)
    steps: list[dict[str, Any]] = []
    for area, goal in page.goals:
        kind = _("Område %(number)d") % {"number": area.number} if area.number else _("Overordnet mål")
        steps.append({"kind": kind, "label": area.title, "url": f"{board}#omrade-{area.number}"})
        goal_page = reverse("policy_goal", args=[goal.key]) + f"?enhet={place.unit.code}"
        label = _("Mål %(number)s") % {"number": goal.number} if area.number else pgettext("goal", "Mål")
        steps.append({"kind": label, "label": goal.title, "url": goal_page})
    if not page.goals:
        steps.append(
            {
                "kind": pgettext("goal", "Mål"),
                "label": _("Tjener ikke et mål direkte"),
                "current": False,
                "note": _("Tallet er til å vite, ikke til å styre etter."),
            }
        )
    definition = _("Definisjon versjon %(n)d, gjelder fra %(month)s") % {
        "n": page.indicator.version, "month": norwegian.month(page.indicator.valid_from, language()),
    }  # fmt: skip
    figure = page.shown
    label = str(page.indicator.title) + (f", {span_text(figure)}" if figure else "")
    steps.append({"kind": _("Tall"), "label": label, "current": True, "note": definition})
    return steps + _inputs(page)


def _inputs(page: FigurePage) -> list[dict[str, Any]]:
    inputs = page.sight.inputs
    steps: list[dict[str, Any]] = []
    if inputs:
        counts = [_rows_text(one.rows, one.rounded, str(one.source)) for one in inputs]
        steps.append(
            {
                "kind": _("Grunnlag"),
                "label": "; ".join(dict.fromkeys(counts)),
                "note": _("Du ser antallet, ikke radene"),
            }
        )
    batches = sorted({one.batch_id for one in inputs if one.batch_id})
    note = (
        ngettext("Import nr. %(all)s", "Importer nr. %(all)s", len(batches)) % {"all": ", ".join(map(str, batches))}
        if batches
        else ""
    )
    steps.append({"kind": _("Kilde"), "label": str(page.indicator.source), "note": note})
    return steps


def _rows_text(rows: int, about: bool, source: str) -> str:
    number = norwegian.number(rows, 0, language())
    if about:
        return _("omtrent %(n)s rader: %(source)s") % {"n": number, "source": source.lower()}
    return ngettext("%(n)s rad: %(source)s", "%(n)s rader: %(source)s", rows) % {"n": number, "source": source.lower()}
