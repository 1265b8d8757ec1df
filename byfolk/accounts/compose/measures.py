"""The chapter on what is done: the policy's measures, the agency's own, and how far the actions have come."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.accounts.compose.numbering import Numbering
from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.content import Block, Cell, Chapter, Column, Table
from byfolk.accounts.work import STATES, GoalWork

ANCHOR = "tiltak"


def measures_chapter(unit: UnitYear, number: int) -> Chapter | None:
    """The chapter; None where the policy has no measures and nothing is done, but in a draft it is always there."""
    work = unit.basis.work
    counts = [one.actions_of(unit.place.id) for one in work]
    if unit.draft is None and not any(one.measures for one in work) and not any(map(sum, counts)):
        return None
    numbering = Numbering(number)
    blocks: list[Block] = []
    if any(map(sum, counts)):
        blocks.append(_states(unit, work, numbering))
    if listed := _measures(unit, work, numbering):
        blocks.append(listed)
    return Chapter(number, ANCHOR, _("Tiltak"), _finding(counts), _lead(unit, work, counts), (), tuple(blocks))


def _finding(counts: Sequence[Sequence[int]]) -> str:
    going, done = (sum(count[STATES.index(state)] for count in counts) for state in ("in_progress", "done"))
    if not going and not done:
        return _("Hva politikken har bestemt at vi skal gjøre")
    words = {
        "going": ngettext("%(n)d tiltak pågår", "%(n)d tiltak pågår", going) % {"n": going},
        "done": ngettext("%(n)d er ferdig", "%(n)d er ferdige", done) % {"n": done},
    }
    return _("%(going)s, og %(done)s") % words


def _lead(unit: UnitYear, work: Sequence[GoalWork], counts: Sequence[Sequence[int]]) -> str:
    stated = sum(len(one.measures) for one in work)
    words = {"measures": stated, "goals": sum(bool(one.measures) for one in work), "year": unit.year}
    texts = [_("Personalpolitikken har %(measures)d tiltak under %(goals)d mål.") % words] if stated else []
    if any(map(sum, counts)):
        texts.append(_("Enhetene har i tillegg egne tiltak. Her er de som gjaldt i %(year)d.") % words)
    else:
        texts.append(_("Ingen enheter har registrert tiltak for %(year)d.") % words)
    return " ".join(texts)


def _states(unit: UnitYear, work: Sequence[GoalWork], numbering: Numbering) -> Table:
    titles = (_("Planlagt"), _("Pågår"), _("Ferdig"), _("Droppet"))
    known = [(one, one.actions_of(unit.place.id)) for one in work]
    shown = [(one, counts) for one, counts in known if sum(counts)]
    most, largest = max(shown, key=lambda pair: sum(pair[1]))
    rows = tuple((Cell(_name(one)), *(_count(n) for n in counts)) for one, counts in shown)
    totals = [sum(counts[place] for _one, counts in shown) for place in range(len(STATES))]
    return Table(
        numbering.table(),
        _("Flest tiltak gjelder «%(goal)s»: %(n)d") % {"goal": most.title, "n": sum(largest)},
        _("Tiltak i enhetene etter målet de skal hjelpe, slik de sto da regnskapet ble laget."),
        (Column(_("Mål")), *(Column(title, "number", wide_only=title == titles[3]) for title in titles)),
        rows,
        (Cell(_("I alt")), *(_count(n) for n in totals)),
        sheet=_("Tiltak i enhetene"),
    )


def _measures(unit: UnitYear, work: Sequence[GoalWork], numbering: Numbering) -> Table | None:
    """The city's policy measures; an agency's own, or all that agencies do themselves."""
    rows = []
    for one in work:
        if unit.is_city:
            rows += [(Cell(text), Cell(_name(one)), Cell(_("Personalpolitikken"))) for text in one.measures]
        for place, texts in one.own:
            agency = unit.basis.places.get(place)
            if agency is not None and (unit.is_city or place == unit.place.id):
                rows += [(Cell(text), Cell(_name(one)), Cell(agency.name)) for text in texts]
    if not rows:
        return None
    title = _("Virksomhetens egne tiltak")
    if unit.is_city:
        title = _("Tiltakene i personalpolitikken, og virksomhetenes egne")
    columns = (Column(_("Tiltak")), Column(_("Mål"), wide_only=True), Column(_("Bestemt av"), wide_only=True))
    return Table(
        numbering.table(), title, _("Hvert tiltak står med målet det skal hjelpe."), columns, tuple(rows),
        sheet=_("Tiltakene"),
    )  # fmt: skip


def _name(one: GoalWork) -> str:
    return f"{one.number} {one.title}" if one.number not in ("", "0") else one.title


def _count(n: int) -> Cell:
    return Cell(str(n), float(n))
