"""What people have written, put in its chapters; and what the figures have become since they wrote."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from byfolk.accounts import marks
from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.compose.wording import lower, target_with_unit, with_unit, year_value
from byfolk.accounts.content import Chapter, Passage, Written
from byfolk.accounts.drafted import shown_key
from byfolk.engines.goals.sentences import joined
from byfolk.engines.indicators import registry


def with_text(unit: UnitYear, chapter: Chapter) -> Chapter:
    """The chapter with what is written in it, before its figures."""
    text = unit.draft.texts.get(chapter.anchor) if unit.draft else None
    if text is None or not text.says_something:
        return chapter

    def said(code: str, year: int | None) -> str:
        return figure_words(unit, code, year)

    parts = marks.parts(marks.with_figures(text.text, said), [marks.with_figures(point, said) for point in text.points])
    lead = _("%(unit)s skriver:") % {"unit": unit.place.name}
    return replace(chapter, blocks=(Written(lead, parts), *chapter.blocks))


def figure_words(unit: UnitYear, code: str, year: int | None = None) -> str:
    """What stands in a text where a figure is named: its value, or why there is none."""
    try:
        indicator = registry.indicator(code)
    except LookupError:
        return _("(tallet finnes ikke lenger)")
    wanted = year or unit.year
    figure = unit.figure(code, wanted)
    if figure is not None and figure.value is not None:
        return with_unit(indicator, figure.value)
    return f"({lower(year_value(indicator, figure, wanted, unit.place.level).text)})"


def hidden_since(unit: UnitYear) -> list[tuple[str, int]]:
    """The figures that had a value when the draft was begun and are hidden now: (code, year)."""
    found = []
    for key in sorted(unit.draft.shown) if unit.draft else ():
        code, _slash, year = key.partition("/")
        figure = unit.basis.figures.of(unit.place.id, code, int(year))
        if figure is not None and not figure.published and not figure.empty:
            found.append((code, int(year)))
    return found


def hidden_passage(unit: UnitYear) -> Passage | None:
    """That figures were hidden while the accounts were written; None where none was."""
    names = [figure_name(code, year) for code, year in hidden_since(unit)]
    if not names:
        return None
    texts = [_("Disse tallene ble vist da utkastet ble begynt, og er skjult nå:"), f"{joined(names)}."]
    return Passage(_("Skjult mens regnskapet ble skrevet"), tuple(texts))


def figure_name(code: str, year: int) -> str:
    """ "sykefravær 2025" """
    return f"{lower(str(registry.indicator(code).title))} {year}"


def lacks_figure(unit: UnitYear, code: str) -> bool:
    """Whether there is a target for the year and no figure, not even a hidden one."""
    figure = unit.basis.figures.of(unit.place.id, code, unit.year)
    return unit.goalpost(code) is not None and (figure is None or figure.empty)


def without_figure(unit: UnitYear, code: str) -> str:
    """That there is a target and no figure: "Sykefravær: målet er 8,2 %, men det finnes ikke tall for 2025." """
    indicator, goalpost = registry.indicator(code), unit.goalpost(code)
    assert goalpost is not None
    return _("%(title)s: målet er %(target)s, men det finnes ikke tall for %(year)d.") % {
        "title": indicator.title,
        "target": target_with_unit(indicator, goalpost),
        "year": unit.year,
    }


def shown_keys(unit: UnitYear, codes: list[str]) -> list[str]:
    """The figures of these that have a value in any year of the history, as a draft notes them."""
    found = []
    for code in codes:
        for year in unit.years:
            figure = unit.basis.figures.of(unit.place.id, code, year)
            if figure is not None and figure.value is not None:
                found.append(shown_key(code, year))
    return sorted(found)
