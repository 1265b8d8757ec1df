"""The chapters: who works here, and one for each focus area of the policy that has figures."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.accounts.compose.charts import beside_chart, history_chart, panels_chart
from byfolk.accounts.compose.likes import likes_block
from byfolk.accounts.compose.lines import line, lines_table
from byfolk.accounts.compose.numbering import Numbering
from byfolk.accounts.compose.unit_year import UnitYear, figure_path
from byfolk.accounts.compose.wording import (
    STATUS_WORDS,
    change_sentence,
    language,
    lower,
    run_sentence,
    subject,
    target_sentence,
    target_text,
    value_text,
    with_unit,
    year_value,
)
from byfolk.accounts.compose.written import lacks_figure, without_figure
from byfolk.accounts.content import Aside, Bar, Block, Cell, Chapter, Chart, Column, KeyFigure, Link, Passage, Table
from byfolk.areas.policy.hiding import long_reason
from byfolk.engines.goals.queries import AreaAbout
from byfolk.engines.goals.rules import Status
from byfolk.engines.goals.sentences import joined
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.definition import UNIT_TITLES, UnitOfMeasure
from byfolk.lib import norwegian

KEY_FIGURES = 3
AGE_NUMBER = 19


def workforce_chapter(unit: UnitYear, codes: Sequence[str], number: int) -> Chapter:
    """Who works here: head counts, full-time equivalents, age; the figures that serve no goal of their own."""
    order = {"headcount": 0, "fte": 1, "fte_excl_long_absence": 2}
    codes = sorted((code for code in codes if unit.known(code)), key=lambda code: (order.get(code, 3),))
    numbering = Numbering(number)
    heads, before = unit.figure("headcount"), unit.figure("headcount", unit.year - 1)
    finding = change_sentence(heads, before) if heads and heads.value is not None else _("Hvor mange og hvem de er")
    keys = [code for code in codes if registry.indicator(code).number != AGE_NUMBER][:KEY_FIGURES]
    key_figures = tuple(_key_figure(unit, code, numbering) for code in keys)
    blocks: list[Block] = []
    if chart := history_chart(unit, "headcount", numbering.chart):
        blocks += [_about(unit, "headcount"), chart]
    if ages := _ages(unit, codes, numbering):
        blocks.append(ages)
    if likes := likes_block(unit, numbering):
        blocks.append(likes)
    lines = tuple(line(unit, code) for code in codes)
    blocks.append(lines_table(unit, lines, numbering.table()))
    return Chapter(
        number, "ansatte", _("Ansatte og årsverk"), finding, _workforce_lead(unit), key_figures, tuple(blocks), lines
    )


def _workforce_lead(unit: UnitYear) -> str:
    heads, fte = unit.figure("headcount"), unit.figure("fte")
    if heads is None or heads.value is None:
        return _("Tallet på ansatte kan ikke vises.")
    people = norwegian.number(heads.value, 0, language())
    if fte is None or fte.value is None:
        return _("Ved utgangen av %(year)d var det %(people)s ansatte.") % {"year": unit.year, "people": people}
    return _("Ved utgangen av %(year)d var det %(people)s ansatte i %(fte)s avtalte årsverk.") % {
        "year": unit.year,
        "people": people,
        "fte": norwegian.number(fte.value, 0, language()),
    }


def _ages(unit: UnitYear, codes: Sequence[str], numbering: Numbering) -> Table | None:
    """The age bands beside the city's."""
    bands = [code for code in codes if registry.indicator(code).number == AGE_NUMBER]
    figures = [(code, unit.figure(code), unit.figure(code, unit=unit.basis.root.id)) for code in bands]
    shown = [(code, figure) for code, figure, _city in figures if figure and figure.value is not None]
    if not shown:
        return None
    values = [figure.value or 0 for _code, figure in shown]
    values += [city.value for _code, _figure, city in figures if city and city.value is not None]
    largest = max(values)
    top_code, top = max(shown, key=lambda pair: pair[1].value or 0)
    title = _("Flest er %(band)s: %(share)s") % {
        "band": lower(str(registry.indicator(top_code).title)),
        "share": value_text(top.indicator, top.value or 0),
    }
    rows = []
    for code, figure, city in figures:
        indicator = registry.indicator(code)
        value = year_value(indicator, figure, unit.year, unit.place.level)
        picture = (
            Bar(figure.value, largest, None if unit.is_city or city is None else city.value)
            if figure and figure.value is not None
            else None
        )
        cells = [
            Cell(str(indicator.title), path=figure_path(code, unit.place.code, unit.year)),
            Cell(value.text, value.number, value.hidden),
        ]
        if not unit.is_city:
            whole = year_value(indicator, city, unit.year, unit.basis.root.level)
            cells.append(Cell(whole.text, whole.number, whole.hidden))
        rows.append((*cells, Cell(picture=picture)))
    columns = [Column(_("Alder")), Column(unit.place.name, "number")]
    how = _("Andel av de ansatte ved utgangen av %(year)d.") % {"year": unit.year}
    if not unit.is_city:
        columns.append(Column(_("Hele kommunen"), "number"))
        how += " " + _("Streken i søylen er hele kommunen.")
    return Table(numbering.table(), title, how, (*columns, Column("", "picture", wide_only=True)), tuple(rows))


def area_chapter(unit: UnitYear, area: AreaAbout, codes: Sequence[str], number: int) -> Chapter | None:
    """The chapter of a focus area; None where the unit has no row for any of its figures."""
    known = [code for code in codes if unit.known(code)]
    goal_codes = [code for goal in area.goals for code in goal.indicators if code in known]
    if not goal_codes:
        return None
    numbering = Numbering(number)
    key_figures = tuple(_key_figure(unit, code, numbering) for code in goal_codes[:KEY_FIGURES])
    blocks: list[Block] = []
    for place, code in enumerate(goal_codes[:2]):
        blocks += _theme(unit, code, numbering, first=place == 0)
    lines = tuple(line(unit, code) for code in known)
    # A chart of one figure shows its years and targets: a table of one row would say it again.
    if len(lines) > 1 or not any(isinstance(block, Chart) for block in blocks):
        blocks.append(lines_table(unit, lines, numbering.table()))
    if later := _measured_later(area):
        blocks.append(later)
    if lacking := _without_figure(unit, goal_codes):
        blocks.append(lacking)
    return Chapter(
        number,
        f"omrade-{area.number}",
        area.title,
        _finding(unit, goal_codes),
        _lead(unit, area, goal_codes),
        key_figures,
        tuple(blocks),
        lines,
    )


def _theme(unit: UnitYear, code: str, numbering: Numbering, *, first: bool) -> list[Block]:
    """What is to be told of one figure: its sentences, its history, and the unit beside others."""
    figure = unit.figure(code)
    if figure is None or figure.value is None:
        return [_about(unit, code)]
    charts = []
    if first or not unit.is_city:
        charts.append(history_chart(unit, code, numbering.chart))
    if unit.is_city and first:
        charts.append(panels_chart(unit, code, numbering.chart))
    elif first or unit.is_city:
        charts.append(beside_chart(unit, code, numbering.chart))
    return [_about(unit, code), *(chart for chart in charts if chart)]


def _about(unit: UnitYear, code: str) -> Passage:
    """The figure in a few sentences: change, run of years, target, and where it stands beside the city."""
    indicator = registry.indicator(code)
    measured = unit.measured(code)
    figure = measured.figure
    title = str(indicator.title)
    if figure is None:
        return Passage(
            title, (_("%(subject)s har ingen tall for %(year)d.") % {"subject": subject(indicator), "year": unit.year},)
        )
    if figure.value is None:
        if figure.empty:
            return Passage(
                title,
                (
                    _("%(subject)s har ikke noe å måle i %(year)d.")
                    % {"subject": subject(indicator), "year": unit.year},
                ),
            )
        return Passage(
            title, (_("%(subject)s vises ikke.") % {"subject": subject(indicator)} + " " + _why(unit, figure),)
        )
    sentences = [
        change_sentence(figure, unit.figure(code, unit.year - 1)) + ".",
        run_sentence(unit, code),
        target_sentence(measured),
    ]
    paragraphs = [" ".join(part for part in sentences if part)]
    if beside := _beside_city(unit, figure):
        paragraphs.append(beside)
    return Passage(title, tuple(paragraphs))


def _why(unit: UnitYear, figure: FigureValue) -> str:
    """Why a figure is hidden, and where it still counts."""
    heads = unit.figure("headcount")
    people = int(heads.value) if heads and heads.value is not None else None
    above = "" if unit.is_city else _("hele kommunen")
    name, level = unit.place.name, unit.place.level
    return long_reason(figure.indicator, figure, name=name, people=people, above=above, level=level)


def _beside_city(unit: UnitYear, figure: FigureValue) -> str:
    if unit.is_city or figure.indicator.unit in (UnitOfMeasure.COUNT, UnitOfMeasure.FTE):
        return ""
    city = unit.figure(figure.indicator.code, unit=unit.basis.root.id)
    if city is None or city.value is None:
        return ""
    return _("I hele kommunen var det %(value)s.") % {"value": with_unit(figure.indicator, city.value)}


def _finding(unit: UnitYear, codes: Sequence[str]) -> str:
    """The chapter in one line: the first figure that can be shown."""
    for code in codes:
        figure = unit.figure(code)
        if figure is not None and figure.value is not None:
            return change_sentence(figure, unit.figure(code, unit.year - 1))
    return _("Tallene kan ikke vises, for å verne enkeltpersoner")


def _lead(unit: UnitYear, area: AreaAbout, codes: Sequence[str]) -> str:
    """How many of the area's goals are reached, and what is furthest off."""
    statuses = {goal.number: unit.status_of_goal(goal.number) for goal in area.goals}
    known = [status for status in statuses.values() if status in (Status.REACHED, Status.NEAR, Status.FAR)]
    if not known and any((figure := unit.figure(code)) and figure.value is not None for code in codes):
        return _("Det er ikke satt måltall på dette området.")
    if not known:
        return _("Målene på dette området har ikke tall som kan vises ennå.")
    reached = known.count(Status.REACHED)
    words = {"reached": norwegian.in_words(reached, language()), "total": norwegian.in_words(len(known), language())}
    if len(known) == 1:
        only = {Status.REACHED: _("Målet med tall er nådd."), Status.NEAR: _("Målet med tall er nær.")}
        first = only.get(known[0], _("Målet med tall er ikke nådd."))
    elif reached:
        first = norwegian.sentence(
            ngettext(
                "%(reached)s av %(total)s mål med tall er nådd.",
                "%(reached)s av %(total)s mål med tall er nådd.",
                reached,
            )
            % words
        )
    else:
        first = _("Ingen av %(total)s mål med tall er nådd.") % words
    far = [goal.short for goal in area.goals if statuses[goal.number] is Status.FAR]
    return (
        f"{first} {_('Lengst unna er %(names)s.') % {'names': joined([lower(name) for name in far])}}" if far else first
    )


def _key_figure(unit: UnitYear, code: str, numbering: Numbering) -> KeyFigure:
    """ "8,7 %: sykefravær i 2025, mot 8,9 året før. Målet var 8,2." """
    indicator = registry.indicator(code)
    measured = unit.measured(code)
    figure = measured.figure
    link = Link(numbering.figure(), figure_path(code, unit.place.code, unit.year))
    title = lower(str(indicator.title))
    if figure is None or figure.value is None:
        shown = year_value(indicator, figure, unit.year, unit.place.level)
        return KeyFigure("", "", norwegian.sentence(title) + ".", link, Status.HIDDEN.value, shown.text, hidden=True)
    before = unit.figure(code, unit.year - 1)
    text = title
    if before is not None and before.value is not None:
        text = _("%(title)s, mot %(before)s året før.") % {"title": title, "before": _bare(before)}
    else:
        text = f"{title}."
    if measured.goalpost:
        text += " " + _("Målet var %(target)s.") % {"target": target_text(indicator, measured.goalpost.value)}
    has_status = measured.goalpost is not None
    return KeyFigure(
        _bare(figure),
        _unit(figure),
        text,
        link,
        measured.status.value if has_status else "",
        str(STATUS_WORDS[measured.status]) if has_status else "",
    )


def _bare(figure: FigureValue) -> str:
    return norwegian.number(figure.value or 0, figure.indicator.decimals, language())


def _unit(figure: FigureValue) -> str:
    if figure.indicator.unit is UnitOfMeasure.COUNT:
        return ""
    return str(UNIT_TITLES[figure.indicator.unit])


def _without_figure(unit: UnitYear, codes: Sequence[str]) -> Aside | None:
    """The figures that have a target and no value for the year: said, so that nobody takes it for forgotten."""
    told = [without_figure(unit, code) for code in codes if lacks_figure(unit, code)]
    return Aside(_("Måltall uten tall."), " ".join(told)) if told else None


def _measured_later(area: AreaAbout) -> Aside | None:
    """The area's goals that have no figure yet, with what they will be measured by."""
    waiting = [goal for goal in area.goals if not goal.indicators]
    if not waiting:
        return None
    parts = [f"{goal.title}: {goal.planned}" if goal.planned else goal.title for goal in waiting]
    lead = ngettext("Et mål uten tall ennå.", "Mål uten tall ennå.", len(waiting))
    return Aside(lead, ". ".join(parts) + ".")
