"""The unit tree of Fjordby: departments, agencies and all below, grown to a head count."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from byfolk.demo.cast import CARE_AGENCY_CODE, NURSING_HOME_CODE, ROOT_CODE
from byfolk.demo.city.sources import rows
from byfolk.demo.city.templates import TEMPLATES, WARDS, Branch, Leaf

OLDEST = date(1975, 1, 1)
"""When the units that were there from the start began: before anybody's first day at work."""

_NYNORSK = (
    ("videregående skole", "vidaregåande skule"),
    ("sykehjem", "sjukeheim"),
    ("Sykehjem", "Sjukeheim"),
    ("skole", "skule"),
    ("Skole", "Skule"),
    ("Barnehagene i", "Barnehagane i"),
    ("Hjemmetjenesten", "Heimetenesta"),
    ("Hjemmetjeneste", "Heimeteneste"),
    ("område øst", "område aust"),
    ("kjøkken og renhold", "kjøken og reinhald"),
    ("nattjeneste", "natteneste"),
    ("skjermet", "skjerma"),
    ("Sosiale tjenester", "Sosiale tenester"),
    ("bofellesskap", "bufellesskap"),
    ("Botilbud", "Butilbod"),
    ("Bo- og dagtilbud", "Bu- og dagtilbod"),
    ("virksomhetsstyring", "verksemdsstyring"),
    ("Rådgivning", "Rådgjeving"),
    ("Videregående", "Vidaregåande"),
    ("Enhet", "Eining"),
    ("enhet", "eining"),
    ("Fosterhjem", "Fosterheim"),
    ("ungdomshjem", "ungdomsheim"),
    ("Botiltak", "Butiltak"),
    ("bosenter", "busenter"),
    ("trinnet", "steget"),
    ("Studieforberedende", "Studieførebuande"),
    ("Institusjoner", "Institusjonar"),
    ("Samlinger", "Samlingar"),
    ("Gravlunder", "Gravlundar"),
    ("Haller", "Hallar"),
    ("Klubber", "Klubbar"),
    ("Vannforsyning", "Vassforsyning"),
    ("Regnskapsrevisjon", "Rekneskapsrevisjon"),
    ("forebygging", "førebygging"),
    ("veiledning", "rettleiing"),
    ("innhold", "innhald"),
)


def nynorsk(name: str) -> str | None:
    """The name in nynorsk where it differs, else None."""
    result = name
    for bokmaal, nynorsk_form in _NYNORSK:
        result = result.replace(bokmaal, nynorsk_form)
    return result if result != name else None


@dataclass
class Unit:
    """A unit as it was when it opened. `head`: the role of its leader, whose post is in the unit."""

    code: str
    kind: str
    name: str
    sector: str
    parent: int | None
    agency: int
    head: str
    name_nn: str | None = None
    opens: date = OLDEST
    closes: date | None = None


@dataclass(frozen=True)
class Fill:
    """`number` posts of a mix in a unit, from `opens` on (None: always there)."""

    unit: int
    mix: str
    number: int
    opens: date | None = None


@dataclass
class Organisation:
    """The units by index, and the posts to be filled in them."""

    units: list[Unit] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    children: dict[int, list[int]] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    running: dict[str, int] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        name: str,
        sector: str,
        parent: int | None,
        head: str,
        code: str | None = None,
        opens: date = OLDEST,
        name_nn: str | None = None,
    ) -> int:
        """Add a unit and return its index. Below an agency the code is the agency's and a running number."""
        index = len(self.units)
        agency = index if kind == "agency" or parent is None else self.units[parent].agency
        if kind == "department":
            agency = index
        if code is None:
            prefix = self.units[agency].code
            self.running[prefix] = self.running.get(prefix, 0) + 1
            code = f"{prefix}{self.running[prefix]:04d}"
        self.units.append(Unit(code, kind, name, sector, parent, agency, head, name_nn or nynorsk(name), opens))
        self.by_code[code] = index
        if parent is not None:
            self.children.setdefault(parent, []).append(index)
        return index

    def fill(self, unit: int, mix: str, number: int, opens: date | None = None) -> None:
        """Ask for posts in a unit."""
        if number > 0:
            self.fills.append(Fill(unit, mix, number, opens))

    def leaves(self) -> list[int]:
        """The units with nothing below them."""
        return [index for index in range(len(self.units)) if not self.children.get(index)]


class Grower:
    """Grows the tree to a head count. Sizes vary, and about one workplace in seven is small (3 to 8 people)."""

    def __init__(self, employees: int, rng: np.random.Generator) -> None:
        self.employees = employees
        # A small city has small workplaces, so that it has the same shape.
        self.grain = min(1.0, max(0.3, employees / 8000))
        self.rng = rng
        self.tree = Organisation()
        first = [row["text"] for row in rows("place_names") if row["part"] == "first"]
        last = [row["text"] for row in rows("place_names") if row["part"] == "last"]
        self.places = [a + b for a in first for b in last]
        rng.shuffle(self.places)
        # How many units of an agency have had a name so far: their numbers run through the agency.
        self.numbers: dict[tuple[int, str], int] = {}

    def grow(self) -> Organisation:
        """The whole city."""
        tree, factor = (
            self.tree,
            self.employees / (sum(int(row["staff"]) for row in (*rows("agencies"), *rows("departments")))),
        )
        root = tree.add("municipality", "Fjordby kommune", "administration", None, "city_head", ROOT_CODE)
        departments = {}
        left = self.employees - 1
        for row in rows("departments"):
            staff = max(3, round(int(row["staff"]) * factor))
            departments[row["code"]] = unit = tree.add(
                "department",
                row["name"],
                "administration",
                root,
                "department_head",
                row["code"],
                name_nn=row["name_nn"],
            )
            tree.fill(unit, "office", staff - 1)
            left -= staff
        chosen = []
        for row in rows("agencies"):
            staff = round(int(row["staff"]) * factor)
            if row["essential"] == "1" or staff >= 5:
                staff = max(staff, self._floor(row["code"]))
                chosen.append((row, staff))
                left -= staff
        # What rounding and left-out agencies leave over goes to the largest agency, which comes first.
        chosen[0] = (chosen[0][0], chosen[0][1] + left)
        for row, staff in chosen:
            self._agency(row, staff, departments[row["department"]])
        return tree

    def _floor(self, code: str) -> int:
        if code == CARE_AGENCY_CODE:
            return self._nursing_home_size() + 12
        return {"301": 30, "510": 16}.get(code, 8)

    def _nursing_home_size(self) -> int:
        """Bjerkelia has 140 people in a city that is large enough."""
        return min(140, max(42, self.employees // 7))

    def _agency(self, row: dict[str, str], staff: int, department: int) -> None:
        tree, template = self.tree, TEMPLATES[row["template"]]
        name = row["renamed_from"] or row["name"]
        agency = tree.add(
            "agency", name, template.sector, department, template.head, row["code"], name_nn=row["name_nn"]
        )
        place = row["name"].removeprefix("Bydel ")
        rest = staff - 1
        if row["code"] == CARE_AGENCY_CODE:
            rest -= 2 + self._bjerkelia(agency)
        if staff >= 400:
            # A large agency has an office of its own around its head.
            desk = int(np.clip(staff // 50, 14, 40))
            tree.fill(agency, "office", desk)
            rest -= desk
        total = rest
        for branch in template.branches:
            number = min(rest, max(branch.least, round(total * branch.share)))
            if number < (branch.least or 4):
                tree.fill(agency, branch.mix, number)
            else:
                self._branch(agency, branch, number, place)
            rest -= number
        tree.fill(agency, template.branches[-1].mix, rest)

    def _bjerkelia(self, agency: int) -> int:
        """The nursing home of the cast comes first, so that its codes are the same in any city. Answers its size."""
        tree, size = self.tree, self._nursing_home_size()
        home = tree.add("section", "Bjerkelia sykehjem", "nursing_home", agency, "nursing_home_head")
        assert tree.units[home].code == NURSING_HOME_CODE
        weights = np.array([leaf.weight for leaf in WARDS])
        # Reception, day activities and coordinators work for the whole home.
        desk = 16 if size >= 100 else 1
        tree.fill(home, "staff", desk)
        shares = np.floor((size - 1 - desk) * weights / weights.sum()).astype(int)
        shares[0] += size - 1 - desk - shares.sum()
        for leaf, number in zip(WARDS, shares.tolist(), strict=True):
            ward = tree.add("workplace", leaf.name.format(place="Bjerkelia"), "nursing_home", home, leaf.head)
            # Jonas and Lise are placed apart.
            placed = 1 if leaf in WARDS[:2] else 0
            tree.fill(ward, leaf.mix, number - 1 - placed)
        return size

    def _branch(self, agency: int, branch: Branch, number: int, place: str) -> None:
        count = int(np.clip(round(number / branch.division_size), 1, len(branch.divisions)))
        for name, size in zip(branch.divisions, self._split(number, count), strict=False):
            division = self.tree.add("division", name.format(place=place), branch.sector, agency, branch.head)
            self._division(division, branch, size - 1, place)

    def _division(self, division: int, branch: Branch, rest: int, place: str) -> None:
        if rest > 60:
            desk = min(8, rest // 60)
            self.tree.fill(division, branch.desk if branch.desk != "school_office" else "office", desk)
            rest -= desk
        count = round(rest / branch.section_size) if branch.section_size else 0
        if not count and branch.least and branch.section_size and rest >= 8:
            count = 2
        if not count:
            self._workplaces(division, branch, rest, place)
            return
        for number, size in enumerate(self._split(rest, count), start=1):
            pattern = branch.sections[0]
            here = self._place() if "{new}" in pattern else place
            name = pattern.format(new=here, place=place, n=number)
            section = self.tree.add("section", name, branch.sector, division, branch.section_head)
            self._workplaces(section, branch, size - 1, here)

    def _workplaces(self, unit: int, branch: Branch, number: int, place: str) -> None:
        tree = self.tree
        leaf_size = branch.leaf_size * self.grain
        count = round(number / leaf_size)
        if number < 1.7 * leaf_size and "{new}" not in branch.leaves[0].name:
            count = 0
        if count < 1:
            tree.fill(unit, branch.mix, number)
            return
        desk = min(4, number // 30)
        tree.fill(unit, branch.desk, desk)
        number -= desk
        agency = tree.units[unit].agency
        for leaf, size in self._leaf_sizes(branch.leaves, number, count):
            here = self._place() if "{new}" in leaf.name else place
            name = leaf.name.format(new=here, place=place, n="{n}")
            self.numbers[agency, name] = turn = self.numbers.get((agency, name), 0) + 1
            name = name.format(n=turn) if "{n}" in name else f"{name} {turn}" if turn > 1 else name
            workplace = tree.add("workplace", name, branch.sector, unit, leaf.head)
            tree.fill(workplace, leaf.mix, size - 1)

    def _leaf_sizes(self, leaves: tuple[Leaf, ...], number: int, count: int) -> list[tuple[Leaf, int]]:
        kinds = [leaves[position % len(leaves)] for position in range(count)]
        small = self.rng.random(count) < 0.16
        # The first takes what is over, and at most every third is small, so that none grows out of hand.
        small[0] = False
        small[np.flatnonzero(small)[count // 3 :]] = False
        sizes = np.where(small, self.rng.integers(3, 9, count), 0)
        weights = np.where(small, 0.0, np.array([leaf.weight for leaf in kinds]) * self.rng.gamma(12, 1 / 12, count))
        left = max(number - int(sizes.sum()), 0)
        sizes = sizes + np.floor(left * weights / weights.sum()).astype(int)
        sizes[0] += number - int(sizes.sum())
        return [(leaf, int(size)) for leaf, size in zip(kinds, sizes, strict=True) if size >= 2]

    def _split(self, number: int, count: int) -> list[int]:
        """A number in `count` uneven parts."""
        weights = self.rng.gamma(9, 1 / 9, count)
        parts = np.maximum(np.floor(number * weights / weights.sum()).astype(int), 1)
        parts[int(np.argmax(parts))] += number - int(parts.sum())
        return parts.tolist()

    def _place(self) -> str:
        return self.places.pop()
