"""The chapter on equality: the yearly items of the statement that the law asks for, what is due every second year,
and what is not measured.

Law: likestillings- og diskrimineringsloven §§ 26 and 26 a, as dated in `accounts.parameters`.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from byfolk.accounts.compose.lines import line, lines_table
from byfolk.accounts.compose.numbering import Numbering
from byfolk.accounts.compose.pay import pay_finding, pay_groups, pay_total
from byfolk.accounts.compose.unit_year import UnitYear, figure_path
from byfolk.accounts.compose.wording import language, year_value
from byfolk.accounts.content import Aside, Block, Cell, Chapter, Column, KeyFigure, Link, Pair, Passage, Table, Terms
from byfolk.accounts.parameters import EqualityDuty, equality_duty
from byfolk.engines.indicators import registry
from byfolk.engines.indicators.answers import FigureValue
from byfolk.engines.indicators.breakdowns import MEN, WOMEN, Dimension
from byfolk.engines.indicators.people import HEADS
from byfolk.lib import norwegian

ANCHOR = "likestilling"
#: The items by women and men, each an indicator.
BY_GENDER = ("temporary", "part_time", "parental_leave_weeks")
#: The figures of the chapter with a history.
LINES = (
    "women_leaders",
    "women_leaders_top",
    "women_leaders_middle",
    "women_leaders_first_line",
    "pay_ratio",
    "pay_ratio_middle",
)
ITEMS: dict[str, Promise] = {
    "gender_balance": gettext_lazy("Kjønnsbalansen blant de ansatte"),
    "temporary": gettext_lazy("Midlertidig ansatte"),
    "part_time": gettext_lazy("Ansatte i deltid"),
    "parental_leave": gettext_lazy("Foreldrepermisjon, uker i snitt"),
    "pay_total": gettext_lazy("Kvinners lønn mot menns, i alt"),
    "pay_groups": gettext_lazy("Kvinners lønn mot menns, i hver gruppe"),
    "gender_groups": gettext_lazy("Kjønnsbalansen i hver gruppe"),
    "involuntary_part_time": gettext_lazy("Ufrivillig deltid"),
}


def equality_chapter(unit: UnitYear, number: int) -> Chapter:
    """The chapter. Every item is there: with its figures, hidden with the reason, or not measured yet."""
    duty = equality_duty(unit.year)
    numbering = Numbering(number)
    women, men = women_and_men(unit)
    key_figures = _key_figures(unit, women, men, numbering)
    genders = _genders(unit, numbering)
    blocks: list[Block] = [_balance(unit, women, men), genders]
    if total := pay_total(unit):
        blocks.append(total)
    if groups := pay_groups(unit, duty, numbering):
        blocks.append(groups)
    lines = tuple(line(unit, code) for code in LINES if unit.known(code))
    if lines:
        blocks.append(lines_table(unit, lines, numbering.table()))
    blocks.append(_items(unit, duty, numbering))
    blocks.append(
        Aside(
            _("Ufrivillig deltid er ikke målt ennå."),
            _(
                "Det krever at deltidsansatte blir spurt om de vil ha større stilling, og kan ta den. Derfor "
                "står det ikke noe tall her."
            ),
        )
    )
    blocks.append(_law(duty, unit))
    return Chapter(
        number,
        ANCHOR,
        _("Likestilling"),
        pay_finding(unit) or genders.title,
        _lead(duty, unit),
        key_figures,
        tuple(blocks),
        lines,
    )


def women_and_men(unit: UnitYear) -> tuple[int | None, int | None]:
    """How many women and men are employed: the sizes of the groups behind a published figure of all employees by
    gender."""
    for indicator in registry.indicators():
        if indicator.group is HEADS and Dimension.GENDER in indicator.breakdowns:
            women, men = (
                unit.basis.figures.of(unit.place.id, indicator.code, unit.year, group.code) for group in (WOMEN, MEN)
            )
            if women and men and women.published and men.published and women.n is not None and men.n is not None:
                return women.n, men.n
    return None, None


def _lead(duty: EqualityDuty, unit: UnitYear) -> str:
    return _("Tallene for %(year)d følger %(act)s %(sections)s.") % {
        "year": unit.year,
        "act": duty.act,
        "sections": duty.sections,
    }


def _balance(unit: UnitYear, women: int | None, men: int | None) -> Passage:
    title = _("Kjønnsbalanse")
    if women is None or men is None:
        return Passage(
            title,
            (
                _(
                    "Hvor mange kvinner og menn det er, kan ikke vises. Da kunne noen regnet seg fram til "
                    "enkeltpersoner."
                ),
            ),
        )
    words = {
        "women": norwegian.number(women, 0, language()),
        "men": norwegian.number(men, 0, language()),
        "share": norwegian.percent(100 * women / (women + men), 1, language()),
        "year": unit.year,
    }
    return Passage(
        title,
        (
            _(
                "Ved utgangen av %(year)d var det %(women)s kvinner og %(men)s menn. Kvinnene er %(share)s av "
                "de ansatte."
            )
            % words,
        ),
    )


def _key_figures(unit: UnitYear, women: int | None, men: int | None, numbering: Numbering) -> tuple[KeyFigure, ...]:
    found = []
    if women is not None and men is not None:
        share = norwegian.number(100 * women / (women + men), 1, language())
        found.append(
            KeyFigure(
                share,
                "%",
                _("av de ansatte er kvinner."),
                Link(numbering.figure(), figure_path("part_time", unit.place.code, unit.year)),
            )
        )
    for code, text in (
        ("women_leaders", _("av lederne er kvinner")),
        ("pay_ratio", _("er kvinners lønn av menns, i alt")),
    ):
        figure = unit.figure(code)
        if figure is None:
            continue
        link = Link(numbering.figure(), figure_path(code, unit.place.code, unit.year))
        if figure.value is None:
            reason = year_value(figure.indicator, figure, unit.year, unit.place.level).text
            found.append(KeyFigure("", "", f"{figure.indicator.title}.", link, "hidden", reason, hidden=True))
            continue
        before = unit.figure(code, unit.year - 1)
        if before is not None and before.value is not None:
            text = _("%(text)s, mot %(before)s året før") % {
                "text": text,
                "before": norwegian.number(before.value, 1, language()),
            }
        found.append(KeyFigure(norwegian.number(figure.value, 1, language()), "%", f"{text}.", link))
    return tuple(found)


def _genders(unit: UnitYear, numbering: Numbering) -> Table:
    """Women and men side by side; involuntary part-time stands there as not measured."""
    pairs = [(code, unit.figure(code, group=WOMEN.code), unit.figure(code, group=MEN.code)) for code in BY_GENDER]
    highest = max([figure.value or 0 for _code, women, men in pairs for figure in (women, men) if figure] or [0])
    high = max(10.0, -(-highest // 10) * 10.0)
    rows = [_gender_row(unit, code, women, men, high) for code, women, men in pairs]
    not_yet = _("Måles ikke ennå")
    rows.insert(
        2, (Cell(str(ITEMS["involuntary_part_time"])), Cell(not_yet, hidden=True), Cell(not_yet, hidden=True), Cell())
    )
    scale = f"0{norwegian.EN_DASH}{norwegian.number(high, 0, language())}"
    columns = (
        Column(_("Forhold")),
        Column(str(WOMEN.title), "number"),
        Column(str(MEN.title), "number"),
        Column(scale, "picture", wide_only=True),
    )
    how = _("Fylt prikk er kvinner, åpen prikk er menn.")
    return Table(numbering.table(), _gender_title(pairs), how, columns, tuple(rows), sheet=_("Kvinner og menn"))


def _gender_row(
    unit: UnitYear, code: str, women: FigureValue | None, men: FigureValue | None, high: float
) -> tuple[Cell, ...]:
    indicator = registry.indicator(code)
    level = unit.place.level
    cells = [Cell(str(indicator.title), path=figure_path(code, unit.place.code, unit.year))]
    whole = unit.figure(code)
    for figure in (women, men):
        # Where the total is hidden there are no parts, and they are hidden for the same reason.
        told = figure or (whole if whole is not None and whole.value is None else None)
        value = year_value(indicator, told, unit.year, level)
        cells.append(Cell(value.text, value.number, value.hidden, strong=figure is women and value.number is not None))
    if women and men and women.value is not None and men.value is not None:
        cells.append(Cell(picture=Pair(women.value, men.value, 0.0, high)))
    else:
        cells.append(Cell())
    return tuple(cells)


def _gender_title(pairs: Sequence[tuple[str, FigureValue | None, FigureValue | None]]) -> str:
    """Who works part-time and who is temporary more often."""
    more: dict[str, int] = {}
    for code, women, men in pairs:
        if women and men and women.value is not None and men.value is not None:
            more[code] = (women.value > men.value) - (women.value < men.value)
    part, temporary = more.get("part_time"), more.get("temporary")
    titles = {
        (1, 1): _("Kvinner jobber oftere deltid, og er oftere midlertidig ansatt"),
        (1, -1): _("Kvinner jobber oftere deltid, menn er oftere midlertidig ansatt"),
        (-1, 1): _("Menn jobber oftere deltid, kvinner er oftere midlertidig ansatt"),
        (-1, -1): _("Menn jobber oftere deltid, og er oftere midlertidig ansatt"),
    }
    if part and temporary:
        return titles[(part, temporary)]
    if part:
        return _("Kvinner jobber oftere deltid enn menn") if part > 0 else _("Menn jobber oftere deltid enn kvinner")
    return _("Kvinner og menn side om side")


def _items(unit: UnitYear, duty: EqualityDuty, numbering: Numbering) -> Table:
    """Every item that the law names: how often it is due, and whether it is in these accounts."""
    rows = []
    for often, codes in ((_("Hvert år"), duty.yearly), (_("Minst annethvert år"), duty.every_second_year)):
        rows += [(Cell(str(ITEMS[code])), Cell(often), Cell(_state(unit, code))) for code in codes]
    states = [row[2].text for row in rows]
    inside = states.count(_("Med i regnskapet"))
    title = ngettext("%(n)d av %(total)d forhold er med i år", "%(n)d av %(total)d forhold er med i år", inside) % {
        "n": inside,
        "total": len(rows),
    }
    return Table(
        numbering.table(),
        title,
        _("Hva loven ber om, og hvor ofte."),
        (Column(_("Forhold")), Column(_("Hvor ofte")), Column(_("I dette regnskapet"))),
        tuple(rows),
        sheet=_("Krav i loven"),
    )


def _state(unit: UnitYear, code: str) -> str:
    if code == "involuntary_part_time":
        return _("Måles ikke ennå")
    if code == "gender_groups":
        return _("Publiseres ikke ennå")
    if code == "gender_balance":
        shown = [women_and_men(unit)[0] is not None]
    elif code == "pay_total":
        shown = [_published(unit.figure("pay_ratio"))]
    elif code == "pay_groups":
        groups = [unit.figure("pay_ratio_equal_work", group=g) for g in range(100, 200)]
        shown = [_published(figure) for figure in groups if figure is not None]
    else:
        indicator = "parental_leave_weeks" if code == "parental_leave" else code
        shown = [_published(unit.figure(indicator, group=group.code)) for group in (WOMEN, MEN)]
    if not shown:
        return _("Ingen tall")
    return _("Med i regnskapet") if any(shown) else _("Skjult")


def _published(figure: FigureValue | None) -> bool:
    return figure is not None and figure.published


def _law(duty: EqualityDuty, unit: UnitYear) -> Terms:
    """What the law asks for, and when; and whether the account of the work is written in this chapter."""
    text = unit.draft.texts.get(ANCHOR) if unit.draft else None
    account = (
        (
            _("Redegjørelsen"),
            _("Loven ber også om en redegjørelse for arbeidet mot diskriminering. Den står først i dette kapitlet."),
        )
        if text and text.says_something
        else (
            _("Ikke her"),
            _(
                "Loven ber også om en redegjørelse for arbeidet mot diskriminering. Den er tekst, og står ikke "
                "i dette regnskapet."
            ),
        )
    )
    when = norwegian.day(duty.due, language())
    rows = [
        (
            _("Frist"),
            _("Kommunen skal skrive om likestilling i årsberetningen. Fristen er %(day)s (%(section)s).")
            % {"day": when, "section": duty.due_section},
        ),
        (_("Hvert år"), _("Kjønnsbalanse, midlertidige, deltid og foreldrepermisjon, for kvinner og menn.")),
        (_("Annethvert år"), _("Lønn og kjønn i hver gruppe, og ufrivillig deltid. Lønnen viser vi hvert år.")),
        account,
    ]
    if not unit.is_city:
        rows.append((_("Hvem plikten gjelder"), _("Plikten er kommunens. Virksomhetens tall er et bidrag til den.")))
    return Terms(_("Dette ber loven om"), tuple(rows))
