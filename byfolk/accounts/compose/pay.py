"""Women's pay as a share of men's: in total, and in each group of work with enough women and men. Never in kroner."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.accounts.compose.numbering import Numbering
from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.compose.wording import language, year_value
from byfolk.accounts.content import Cell, Column, Gap, Passage, Table
from byfolk.accounts.parameters import EqualityDuty
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import JOB_FAMILIES
from byfolk.engines.indicators.states import State
from byfolk.lib import norwegian

TOTAL, MIDDLE, GROUPS = "pay_ratio", "pay_ratio_middle", "pay_ratio_equal_work"


def pay_total(unit: UnitYear) -> Passage | None:
    """The total in words; None where there is no row for it."""
    figure = unit.figure(TOTAL)
    if figure is None:
        return None
    title = _("Lønn i alt")
    if figure.value is None:
        return Passage(
            title, (_("Lønnen til kvinner og menn i alt kan ikke vises. Det er for få kvinner eller for få menn."),)
        )
    text = _("I alt tjener kvinner %(value)s av det menn gjør.") % {
        "value": norwegian.percent(figure.value, 1, language())
    }
    before = unit.figure(TOTAL, unit.year - 1)
    if before is not None and before.value is not None:
        text += " " + _("Året før var det %(value)s.") % {"value": norwegian.percent(before.value, 1, language())}
    middle = unit.figure(MIDDLE)
    if middle is not None and middle.value is not None:
        text += " " + _("For den midterste halvparten av hver er det %(value)s.") % {
            "value": norwegian.percent(middle.value, 1, language())
        }
    why = _(
        "Tallet i alt påvirkes av hvilke yrker kvinner og menn har. Tabellen under sammenligner innenfor hver "
        "yrkesgruppe."
    )
    return Passage(title, (text, why))


def pay_finding(unit: UnitYear) -> str:
    """The chapter's finding: pay in the same group of work, else in total, else nothing."""
    within = adjusted(_rows(unit))
    if within is not None:
        return _("Kvinner tjener %(value)s av det menn gjør i samme yrkesgruppe") % {
            "value": norwegian.percent(within, 1, language())
        }
    figure = unit.figure(TOTAL)
    if figure is not None and figure.value is not None:
        return _("Kvinner tjener %(value)s av det menn gjør i alt") % {
            "value": norwegian.percent(figure.value, 1, language())
        }
    return ""


def pay_groups(unit: UnitYear, duty: EqualityDuty, numbering: Numbering) -> Table | None:
    """A row for each group of work that has people; hidden ones say why. The last row is made of the groups shown and
    of nothing else.

    None where the unit has no such groups.
    """
    found = _rows(unit)
    if not found:
        return None
    shown = [(title, figure) for title, figure in found if figure.value is not None]
    values = [figure.value or 0 for _title, figure in shown]
    low, high = min([94.0, *values]), max([102.0, *values])
    low, high = low // 2 * 2, -(-high // 2) * 2
    rows = tuple(_row(unit, title, figure, duty, low, high) for title, figure in found)
    within = adjusted(found)
    foot: tuple[Cell, ...] = ()
    if within is not None:
        people = sum(figure.n or 0 for _title, figure in shown)
        exact = norwegian.percent(within, 1, language())
        foot = (
            Cell(_("Gruppene som vises")),
            Cell(norwegian.number(people, 0, language()), people),
            Cell(exact, round(within, 1)),
            Cell(picture=Gap(within, low, high)),
        )
    hidden = len(found) - len(shown)
    columns = (
        Column(_("Yrkesgruppe")),
        Column(_("Ansatte med lønn"), "number", wide_only=True),
        Column(_("Kvinners lønn av menns"), "number"),
        Column(
            f"{norwegian.number(low, 0, language())}{norwegian.EN_DASH}{norwegian.number(high, 0, language())}",
            "picture",
            wide_only=True,
        ),
    )
    return Table(
        numbering.table(),
        _title(found, within),
        _how(unit),
        columns,
        rows,
        foot,
        note=_note(duty, hidden, bool(foot)),
        sheet=_("Lønn i yrkesgrupper"),
    )


def adjusted(rows: list[tuple[str, FigureValue]]) -> float | None:
    """Women's pay against what men earn in the same groups, each group counted by the people in it; only groups that
    are shown.

    Sum of (people x women's mean) / sum of (people x men's mean): how many of them are women is told nowhere. None
    without at least two groups.
    """
    shown = [figure for _title, figure in rows if figure.value is not None]
    above = below = 0.0
    for figure in shown:
        if figure.n is None or figure.numerator is None or figure.denominator is None:
            return None
        above += figure.n * figure.numerator
        below += figure.n * figure.denominator
    return 100 * above / below if len(shown) > 1 and below else None


def _rows(unit: UnitYear) -> list[tuple[str, FigureValue]]:
    """The groups that have a row, those shown and those hidden, in the order of occupations."""
    found = []
    for group in JOB_FAMILIES:
        figure = unit.figure(GROUPS, group=group.code)
        if figure is not None and not figure.empty:
            found.append((str(group.title), figure))
    return found


def _row(
    unit: UnitYear, title: str, figure: FigureValue, duty: EqualityDuty, low: float, high: float
) -> tuple[Cell, ...]:
    if figure.value is None:
        return (Cell(title), Cell(), Cell(_reason(figure, duty), hidden=True), Cell())
    value = year_value(figure.indicator, figure, unit.year, unit.place.level)
    people = Cell(norwegian.number(figure.n, 0, language()), float(figure.n)) if figure.n is not None else Cell()
    return (
        Cell(title),
        people,
        Cell(value.text, value.number, strong=True),
        Cell(picture=Gap(figure.value, low, high)),
    )


def _reason(figure: FigureValue, duty: EqualityDuty) -> str:
    if figure.state is State.HIDDEN_SMALL and duty.women_at_least == duty.men_at_least:
        return _("Skjult: færre enn %(n)d av ett kjønn") % {"n": duty.women_at_least}
    if figure.state is State.HIDDEN_SMALL:
        return _("Skjult: færre enn %(women)d kvinner eller %(men)d menn") % {
            "women": duty.women_at_least,
            "men": duty.men_at_least,
        }
    return str(figure.reason)


def _title(rows: list[tuple[str, FigureValue]], within: float | None) -> str:
    if within is not None:
        return _("Kvinner tjener %(value)s av det menn gjør i samme yrkesgruppe") % {
            "value": norwegian.percent(within, 1, language())
        }
    if any(figure.value is not None for _title, figure in rows):
        return _("Kvinners lønn i prosent av menns i hver yrkesgruppe")
    return _("Ingen yrkesgruppe har nok kvinner og menn til å vises")


def _how(unit: UnitYear) -> str:
    return _("Årslønn for full stilling, uten tillegg, 31. desember %(year)d. 100 betyr lik lønn.") % {
        "year": unit.year
    }


def _note(duty: EqualityDuty, hidden: int, with_foot: bool) -> str:
    parts = [
        _("Lønn vises når det er minst %(women)d kvinner og %(men)d menn i gruppen.")
        % {"women": duty.women_at_least, "men": duty.men_at_least}
    ]
    if hidden:
        parts.append(ngettext("%(n)d gruppe er skjult.", "%(n)d grupper er skjult.", hidden) % {"n": hidden})
    if with_foot:
        parts.append(_("Nederste linje er bare gruppene som vises, så ingen kan regne seg fram til resten."))
        parts.append(_("Der teller hver gruppe etter hvor mange som jobber i den."))
    return " ".join(parts)
