"""What happens to the tree on the way: renames, a merger, a split, a move, workplaces that close and that open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from byfolk.demo.cast import NURSING_HOME_CODE
from byfolk.demo.city.organisation import Organisation
from byfolk.demo.city.sources import rows

REORGANISED = date(2025, 1, 1)
MERGED_FROM = ("725", "720")
MERGED_INTO = "730"
SPLIT_DISTRICT = "301"
MOVED_FROM, MOVED_TO = "510", "420"


@dataclass(frozen=True)
class Transfer:
    """From `on` everybody in `source` is in `target`. `leads`: the leader of the one becomes leader of the other."""

    source: int
    target: int
    on: date
    leads: bool


@dataclass
class Changes:
    """New names and parents by date, transfers of staff, and successions (main successor first)."""

    renames: list[tuple[int, date, str]] = field(default_factory=list)
    moves: list[tuple[int, date, int]] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    successions: list[tuple[int, int, date]] = field(default_factory=list)


def reorganise(tree: Organisation, rng: np.random.Generator) -> Changes:
    """Plan the changes, and add the units that they make."""
    changes = Changes()
    for row in rows("agencies"):
        if row["renamed_from"] and row["code"] in tree.by_code:
            changes.renames.append((tree.by_code[row["code"]], date.fromisoformat(row["renamed_on"]), row["name"]))
    _merge_agencies(tree, changes)
    _split_home_care(tree, changes)
    _move_division(tree, changes)
    _close_and_open(tree, changes, rng)
    return changes


def _succeed(tree: Organisation, changes: Changes, source: int, target: int, on: date, leads: bool) -> None:
    tree.units[source].closes = on
    changes.successions.append((source, target, on))
    changes.transfers.append(Transfer(source, target, on, leads))


def _merge_agencies(tree: Organisation, changes: Changes) -> None:
    """Two agencies become a new one; their divisions keep their codes, and the two staffs become one."""
    old = [tree.by_code[code] for code in MERGED_FROM]
    department = tree.units[old[0]].parent
    new = tree.add(
        "agency", "Teknologietaten", "administration", department, "agency_head", MERGED_INTO, opens=REORGANISED
    )
    staffs = []
    for position, agency in enumerate(old):
        for child in tree.children.get(agency, ()):
            unit = tree.units[child]
            if unit.name.startswith("Stab"):
                staffs.append(child)
                if len(staffs) == 2:
                    _succeed(tree, changes, child, staffs[0], REORGANISED, leads=False)
                    continue
            changes.moves.append((child, REORGANISED, new))
        _succeed(tree, changes, agency, new, REORGANISED, leads=position == 0)


def _split_home_care(tree: Organisation, changes: Changes) -> None:
    """One district's home care becomes two; its sections go to the one and the other."""
    district = tree.by_code[SPLIT_DISTRICT]
    division = next(child for child in tree.children[district] if tree.units[child].sector == "home_care")
    below = list(tree.children.get(division, ()))
    place = tree.units[district].name.removeprefix("Bydel ")
    halves = [
        tree.add(
            "division", f"Hjemmetjenesten i {place} {side}", "home_care", district, "division_head", opens=REORGANISED
        )
        for side in ("nord", "sør")
    ]
    for position, child in enumerate(below):
        changes.moves.append((child, REORGANISED, halves[position % 2]))
    _succeed(tree, changes, division, halves[0], REORGANISED, leads=True)
    changes.successions.append((division, halves[1], REORGANISED))


def _move_division(tree: Organisation, changes: Changes) -> None:
    """Street lights move to the agency that keeps the buildings, in another department."""
    division = next(
        child for child in tree.children[tree.by_code[MOVED_FROM]] if tree.units[child].name == "Gatelys og skilt"
    )
    changes.moves.append((division, REORGANISED, tree.by_code[MOVED_TO]))


def _close_and_open(tree: Organisation, changes: Changes, rng: np.random.Generator) -> None:
    """Workplaces that merge into a new one or a sibling, some that are renamed, some that open from nothing."""
    touched = {change.source for change in changes.transfers} | {move[0] for move in changes.moves}
    home = tree.by_code[NURSING_HOME_CODE]
    groups = []
    for parent, below in tree.children.items():
        leaves = [
            c for c in below if tree.units[c].kind == "workplace" and c not in touched and not tree.children.get(c)
        ]
        if len(leaves) >= 2 and parent != home:
            groups.append((parent, leaves))
    rng.shuffle(groups)
    number = max(1, len(groups) // 60)
    days = (date(2023, 8, 1), date(2024, 1, 1), date(2024, 8, 1), REORGANISED, date(2025, 8, 1), date(2026, 1, 1))
    merging, opening, closing, renaming = (groups[turn::4][:number] for turn in range(4))
    for turn, (parent, leaves) in enumerate(merging):
        one, two, on = leaves[-1], leaves[-2], days[turn % len(days)]
        unit = tree.units[one]
        name = _joined(tree.units[two].name, unit.name)
        new = tree.add("workplace", name, unit.sector, parent, unit.head, opens=on)
        _succeed(tree, changes, one, new, on, leads=True)
        _succeed(tree, changes, two, new, on, leads=False)
    for turn, (_parent, leaves) in enumerate(closing):
        _succeed(tree, changes, leaves[-1], leaves[0], days[(turn + 3) % len(days)], leads=False)
    for turn, (_parent, leaves) in enumerate(renaming):
        renewed = _renewed(tree.units[leaves[0]].name)
        if renewed:
            changes.renames.append((leaves[0], days[(turn + 2) % len(days)], renewed))
    for turn, (parent, leaves) in enumerate(opening):
        on, like = days[(turn + 4) % len(days)], tree.units[leaves[0]]
        new = tree.add("workplace", f"Ny enhet ved {like.name}", like.sector, parent, like.head, opens=on)
        mix = next((fill.mix for fill in tree.fills if fill.unit == leaves[0]), "office")
        tree.fill(new, mix, 8, on)


_NEW_WORDS = {
    "barnehage": "friluftsbarnehage",
    "bofellesskap": "bosenter",
    "Barnetrinnet": "Småskolen",
    "Helsestasjon": "Helsehuset",
    "Oppfølgingsteam": "Veiledningsteam",
    "Rådgivningsteam": "Veiledningsteam",
    "Stabsteam": "Fellesteam",
    "Fagteam": "Fagmiljø",
    "Driftslag": "Driftsgruppe",
    "gravlund": "gravplass",
    "Studieforberedende": "Studiespesialisering",
    "Team": "Fagteam",
    "idrettsanlegg": "idrettspark",
    "gruppe": "team",
    "Skift": "Vaktlag",
}


def _renewed(name: str) -> str | None:
    """A new name for a workplace, where its sort has one."""
    return next((name.replace(old, new) for old, new in _NEW_WORDS.items() if old in name), None)


def _joined(one: str, two: str) -> str:
    """The name of two workplaces that became one: what is the same in both is said once."""
    first, second = one.split(), two.split()
    if len(first) > 1 and len(second) > 1 and first[-1] == second[-1]:
        return " ".join([*first[:-1], "og", *second])
    if first[:-1] == second[:-1]:
        return " ".join([*first, "og", second[-1]])
    return f"{one} og {two}"
