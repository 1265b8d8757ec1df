"""The cover: one dot for every so many employees, by service for the city and by unit for an agency. Published head
counts only."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.accounts.compose.unit_year import UnitYear
from byfolk.accounts.content import Cover
from byfolk.accounts.queries import HEADCOUNT
from byfolk.areas.policy.wording import language
from byfolk.engines.goals.sentences import joined
from byfolk.lib import norwegian

#: The cover has seven colours: this many groups, and the rest together.
GROUPS = 6
DOTS_AT_MOST = 600
STEPS = (5, 10, 20, 50, 100, 200, 500, 1000)

#: The services that the sectors of units make up, in the order of the dots.
SERVICES: tuple[tuple[tuple[str, ...], Promise], ...] = (
    (("kindergarten",), gettext_lazy("Barnehage")),
    (("school",), gettext_lazy("Skole")),
    (("nursing_home", "home_care", "health"), gettext_lazy("Helse og omsorg")),
    (("welfare", "child_welfare"), gettext_lazy("Velferd og barnevern")),
    (("technical",), gettext_lazy("By, vann og miljø")),
    (("culture",), gettext_lazy("Kultur og bibliotek")),
)


def cover(unit: UnitYear, sectors: Mapping[str, int]) -> Cover:
    """The cover. `sectors`: employees in the city's workplaces by sector, for the city's accounts."""
    heads = unit.figure(HEADCOUNT)
    people = int(heads.value) if heads and heads.value is not None else 0
    groups = _services(sectors, people) if unit.is_city else _units(unit, people)
    per_dot = next((step for step in STEPS if people / step <= DOTS_AT_MOST), STEPS[-1])
    spoken = [f"{name} {norwegian.number(count, 0, language())}" for name, count in groups]
    note = _("Hver prikk er %(n)s ansatte.") % {"n": norwegian.number(per_dot, 0, language())}
    return Cover(
        over=f"{unit.place.name}, {unit.year}",
        lead=_lead(unit, people),
        groups=groups,
        people_per_dot=per_dot,
        dot_note=note,
        label=f"{note} {joined(spoken)}." if spoken else note,
    )


def _lead(unit: UnitYear, people: int) -> str:
    goals = sum(len(area.goals) for area in unit.basis.areas)
    words = {"people": norwegian.number(people, 0, language()), "goals": norwegian.number(goals, 0, language())}
    if unit.is_city:
        return (
            _("%(people)s ansatte, %(goals)s mål, ett regnskap. Hva kommunen lovet de ansatte, og hva som skjedde.")
            % words
        )
    return (
        _("%(people)s ansatte, %(goals)s mål, ett regnskap. Hvordan det gikk i virksomheten, og i hele kommunen.")
        % words
    )


def _services(sectors: Mapping[str, int], people: int) -> tuple[tuple[str, int], ...]:
    """Employees by service; those outside the workplaces of a service lead and serve the others.

    A city with sectors of its own names gets its largest ones by name.
    """
    known = {sector for codes, _title in SERVICES for sector in codes}
    found = [(str(title), sum(sectors.get(code, 0) for code in codes)) for codes, title in SERVICES]
    own_names = {
        sector: count for sector, count in sectors.items() if sector and sector not in known | {"administration"}
    }
    found += sorted(own_names.items(), key=lambda item: -item[1])
    shown = [(name, count) for name, count in found if count]
    if len(shown) > GROUPS:
        largest = {name for name, _count in sorted(shown, key=lambda item: -item[1])[:GROUPS]}
        shown = [item for item in shown if item[0] in largest]
    rest = people - sum(count for _name, count in shown)
    return (*shown, (_("Ledelse og fellestjenester"), rest)) if rest > 0 else tuple(shown)


def _units(unit: UnitYear, people: int) -> tuple[tuple[str, int], ...]:
    counted = []
    for place in unit.basis.below.get(unit.place.id, ()):
        heads = unit.basis.figures.of(place.id, HEADCOUNT, unit.year)
        if heads is not None and heads.value:
            counted.append((place.name, int(heads.value)))
    counted.sort(key=lambda item: -item[1])
    if len(counted) == GROUPS + 1 and sum(count for _name, count in counted) == people:
        return tuple(counted)
    shown = counted[:GROUPS]
    rest = people - sum(count for _name, count in shown)
    if rest <= 0:
        return tuple(shown)
    return (*shown, (_("Resten av virksomheten") if shown else unit.place.name, rest))
