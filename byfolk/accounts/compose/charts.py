"""A chapter's charts: a figure over the years, and the unit beside others. Only published figures are drawn; the rest
is said."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.accounts.compose.unit_year import UnitYear, figure_path
from byfolk.accounts.compose.wording import (
    better_word,
    distance_text,
    measure_word,
    subject,
    target_side,
    target_text,
    value_text,
    with_unit,
)
from byfolk.accounts.content import Chart, DotRow, Dots, Link, Panels, YearLines
from byfolk.accounts.queries import Place
from byfolk.engines.goals.rules import rounded
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.definition import Direction, Indicator, UnitOfMeasure
from byfolk.kernel.organisation.models import Level
from byfolk.lib import norwegian

#: More rows than this make a dot plot a list.
ROWS_AT_MOST = 14


def history_chart(unit: UnitYear, code: str, number: Callable[[], str]) -> Chart | None:
    """The figure over the years with the targets, beside the city's for an agency; None with less than two years to
    show."""
    indicator = registry.indicator(code)
    own = [unit.figure(code, year) for year in unit.years]
    now = own[-1]
    if now is None or now.value is None or sum(_known(figure) for figure in own) < 2:
        return None
    root = unit.basis.root.id
    # A number of people says nothing beside the whole city's: shares and means are set beside it.
    alone = unit.is_city or indicator.unit in (UnitOfMeasure.COUNT, UnitOfMeasure.FTE)
    city = [] if alone else [unit.figure(code, year, unit=root) for year in unit.years]
    targets = [unit.goalpost(code, year) for year in unit.years]
    target_values = tuple(float(goalpost.value) if goalpost else None for goalpost in targets)
    last_target = targets[-1]
    columns = [_("År"), unit.place.name, *([_("Hele kommunen")] if city else []), _("Mål")]
    rows = tuple(
        (
            str(year),
            _cell(own[index]),
            *([_cell(city[index])] if city else []),
            target_text(indicator, goalpost.value) if (goalpost := targets[index]) else _("Uten mål"),
        )
        for index, year in enumerate(unit.years)
    )
    title = _history_title(unit, now, own)
    return Chart(
        number=number(),
        title=title,
        how=_how(indicator, with_city=bool(city), with_target=any(targets)),
        picture=YearLines(
            years=unit.years,
            own=tuple(_value(figure) for figure in own),
            own_label=_("Virksomheten") if city else "",
            other=tuple(_value(figure) for figure in city),
            other_label=_("Hele kommunen") if city else "",
            targets=target_values,
            target_label=_("Mål %(target)s") % {"target": target_text(indicator, last_target.value)}
            if last_target
            else "",
            decimals=indicator.decimals,
        ),
        label=_("Linje over årene %(first)d til %(last)d. %(title)s.")
        % {"first": unit.years[0], "last": unit.year, "title": title},
        columns=tuple(columns),
        rows=rows,
        source=_source(indicator),
        link=Link(_("Tall, regnemåte og grunnlag"), figure_path(code, unit.place.code, unit.year)),
    )


def _history_title(unit: UnitYear, now: FigureValue, own: Sequence[FigureValue | None]) -> str:
    """Where the figure stands against the target, else how far it has come since the first year that is shown."""
    indicator, goalpost = now.indicator, unit.goalpost(now.indicator.code)
    assert now.value is not None
    if goalpost is not None:
        return _("%(subject)s er %(side)s") % {
            "subject": subject(indicator),
            "side": target_side(indicator, now.value, goalpost),
        }
    first_year, first = next(
        (year, figure) for year, figure in zip(unit.years, own, strict=True) if figure and figure.value is not None
    )
    step = rounded(now.value, indicator.decimals) - rounded(first.value or 0, indicator.decimals)
    words = {"subject": subject(indicator), "year": first_year, "step": distance_text(indicator, abs(step))}
    if step == 0:
        return _("%(subject)s er det samme som i %(year)d") % words
    return (
        _("%(subject)s har økt med %(step)s siden %(year)d")
        if step > 0
        else _("%(subject)s har gått ned med %(step)s siden %(year)d")
    ) % words


def panels_chart(unit: UnitYear, code: str, number: Callable[[], str]) -> Chart | None:
    """The city government departments over the years, each beside the city; None where fewer than two can be shown
    whole."""
    indicator = registry.indicator(code)
    years = [year for year in unit.years if _known(unit.figure(code, year))]
    if len(years) < 2 or years[-1] != unit.year:
        return None
    departments = unit.basis.level(Level.DEPARTMENT)
    found = [(place, [unit.figure(code, year, unit=place.id) for year in years]) for place in departments]
    shown = [(place, figures) for place, figures in found if all(_known(figure) for figure in figures)]
    if len(shown) < 2:
        return None
    names = short_names([place.name for place, _figures in shown])
    values = [tuple(float(figure.value or 0) for figure in figures if figure) for _place, figures in shown]
    ends = [value_text(indicator, series[-1]) for series in values]
    highest = max(range(len(shown)), key=lambda index: values[index][-1])
    lowest = min(range(len(shown)), key=lambda index: values[index][-1])
    title = _("%(subject)s er høyest i %(place)s") % {"subject": subject(indicator), "place": names[highest]}
    label = _("%(title)s, med %(high)s. Lavest er %(low_place)s, med %(low)s.") % {
        "title": title,
        "high": with_unit(indicator, values[highest][-1]),
        "low_place": names[lowest],
        "low": with_unit(indicator, values[lowest][-1]),
    }
    whole = tuple(float(figure.value or 0) for year in years if (figure := unit.figure(code, year)))
    rows = [(place.name, *(_cell(figure) for figure in figures)) for place, figures in found]
    return Chart(
        number=number(),
        title=title,
        how=_("Blå: byrådsavdelingen med virksomhetene under. Grå: hele kommunen. %(measure)s.")
        % {"measure": norwegian.sentence(measure_word(indicator))},
        picture=Panels(tuple(zip(names, values, ends, strict=True)), whole, str(years[0]), str(years[-1])),
        label=label,
        columns=(_("Byrådsavdeling"), *(str(year) for year in years)),
        rows=(*rows, (unit.place.name, *(value_text(indicator, value) for value in whole))),
        source=_source(indicator),
        link=Link(_("Tall, regnemåte og grunnlag"), figure_path(code, unit.place.code, unit.year)),
        note=_missing(len(found) - len(shown)),
    )


def beside_chart(unit: UnitYear, code: str, number: Callable[[], str]) -> Chart | None:
    """The unit beside others: departments for the city, agencies of its department or of its kind for an agency."""
    indicator = registry.indicator(code)
    peers, peer_words = _peers(unit)
    rows, hidden = [], 0
    names = short_names([place.name for place in peers])
    for place, name in zip(peers, names, strict=True):
        now, before = unit.figure(code, unit=place.id), unit.figure(code, unit.year - 1, unit=place.id)
        if now is None or now.value is None:
            hidden += 1
            continue
        known_before = before.value if before is not None and before.published else None
        own = place.id == unit.place.id
        rows.append(DotRow(name, now.value, value_text(indicator, now.value), known_before, own))
    own_row = next((row for row in rows if row.own), None)
    if len(rows) < 3 or (not unit.is_city and own_row is None):
        return None
    rows.sort(key=lambda row: (row.end, row.name), reverse=indicator.direction is Direction.UP)
    goalpost = unit.goalpost(code) if unit.is_city else None
    title = _beside_title(unit, indicator, rows, own_row)
    texts = tuple(
        (row.name, row.text, value_text(indicator, row.start) if row.start is not None else _("Ingen tall"))
        for row in rows
    )
    return Chart(
        number=number(),
        title=title,
        how=_("%(who)s. Åpen prikk er %(before)d, fylt er %(now)d. %(measure)s.")
        % {
            "who": peer_words,
            "before": unit.year - 1,
            "now": unit.year,
            "measure": norwegian.sentence(measure_word(indicator)),
        },
        picture=Dots(
            tuple(rows),
            float(goalpost.value) if goalpost else None,
            _("Mål %(target)s") % {"target": target_text(indicator, goalpost.value)} if goalpost else "",
        ),
        label=_("%(title)s. %(first)s har %(value)s, %(last)s har %(last_value)s.")
        % {
            "title": title,
            "first": rows[0].name,
            "value": rows[0].text,
            "last": rows[-1].name,
            "last_value": rows[-1].text,
        },
        columns=(_("Enhet"), str(unit.year), str(unit.year - 1)),
        rows=texts,
        source=_source(indicator),
        link=Link(_("Tall, regnemåte og grunnlag"), figure_path(code, unit.place.code, unit.year)),
        note=_missing(hidden),
    )


def _peers(unit: UnitYear) -> tuple[list[Place], str]:
    """Whom a unit is set beside, at most as many as a dot plot holds, and what they are called."""
    if unit.is_city:
        return unit.basis.level(Level.DEPARTMENT), _("Byrådsavdelingene med virksomhetene under")
    agencies = unit.basis.level(Level.AGENCY)
    kind = [place for place in agencies if place.sector == unit.place.sector]
    if 3 <= len(kind) <= ROWS_AT_MOST:
        return kind, _("Virksomheter av samme slag")
    department = unit.basis.department(unit.place)
    near = [place for place in agencies if place.parent == unit.place.parent]
    words = _("Virksomhetene under %(name)s") % {"name": department.name} if department else _("Virksomhetene")
    return near[:ROWS_AT_MOST] if unit.place in near[:ROWS_AT_MOST] else [*near[: ROWS_AT_MOST - 1], unit.place], words


def _beside_title(unit: UnitYear, indicator: Indicator, rows: Sequence[DotRow], own: DotRow | None) -> str:
    if own is None:
        highest, lowest = max(rows, key=lambda row: row.end), min(rows, key=lambda row: row.end)
        return _("Høyest i %(high)s, lavest i %(low)s") % {"high": highest.name, "low": lowest.name}
    decimals = indicator.decimals
    mine = rounded(own.end, decimals)
    upwards = indicator.direction is Direction.UP
    count = sum((rounded(row.end, decimals) > mine) if upwards else (rounded(row.end, decimals) < mine) for row in rows)
    words = {"n": count, "total": len(rows) - 1, "word": better_word(indicator.direction), "title": indicator.title}
    if not count:
        return _("%(title)s: ingen av de %(total)d andre har et %(word)s tall") % words
    return (
        ngettext(
            "%(title)s: %(n)d av %(total)d andre har et %(word)s tall",
            "%(title)s: %(n)d av %(total)d andre har et %(word)s tall",
            count,
        )
        % words
    )


def short_names(names: Sequence[str]) -> list[str]:
    """Names without the words that all of them begin with: "Byrådsavdeling for by og bolig" -> "By og bolig"."""
    words = [name.split() for name in names]
    common = 0
    while len(words) > 1 and all(len(each) > common + 1 and each[common] == words[0][common] for each in words):
        common += 1
    # One shared word is a name's own ("Bydel"); two or more are the same title before each ("Byrådsavdeling for").
    return [norwegian.sentence(" ".join(each[common:])) for each in words] if common > 1 else list(names)


def _known(figure: FigureValue | None) -> bool:
    return figure is not None and figure.published


def _value(figure: FigureValue | None) -> float | None:
    return figure.value if figure is not None and figure.published else None


def _cell(figure: FigureValue | None) -> str:
    if figure is None or figure.empty:
        return _("Ingen tall")
    return value_text(figure.indicator, figure.value) if figure.value is not None else _("Skjult")


def _how(indicator: Indicator, *, with_city: bool, with_target: bool) -> str:
    parts = [norwegian.sentence(measure_word(indicator)) + "."]
    if with_city:
        parts.append(_("Blå: virksomheten. Grå: hele kommunen."))
    if with_target:
        parts.append(_("Stiplet: målet for året."))
    return " ".join(parts)


def _source(indicator: Indicator) -> str:
    return _("Kilde: %(source)s.") % {"source": indicator.source}


def _missing(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)d enhet har ikke tall som kan vises.", "%(n)d enheter har ikke tall som kan vises.", count) % {
        "n": count
    }
