"""Where everybody of an audience is counted: the tree that is frozen, and the groups. Reads nothing; see `freezing`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from byfolk.engines.questionnaires.campaigns.grouping import heads, place_of_leader


@dataclass(frozen=True)
class Asked:
    """So many people who work in a unit and lead the same units; one person, when they are frozen."""

    unit: int
    leads: frozenset[int] = frozenset()
    number: int = 1
    person: int | None = None


@dataclass(frozen=True)
class Placing:
    """The part of the tree that a campaign concerns (`parents`), where each is counted, and every unit's group."""

    parents: Mapping[int, int | None]
    counted_in: tuple[tuple[Asked, int], ...]
    invited: Mapping[int, int]
    group: Mapping[int, int | None]

    @property
    def total(self) -> int:
        """Everybody who is asked."""
        return sum(self.invited.values())

    @property
    def groups(self) -> dict[int, int]:
        """Each group's unit, and how many are in it."""
        found: Counter[int] = Counter()
        for unit, head in self.group.items():
            if head is not None:
                found[head] += self.invited.get(unit, 0)
        return dict(found)

    @property
    def too_small(self) -> list[int]:
        """The units with people of their own who are counted in a unit above, because they are too few."""
        return [unit for unit, number in self.invited.items() if number and self.group[unit] != unit]


def placed(asked: Iterable[Asked], tree: Mapping[int, int | None], units: Iterable[int], k: int) -> Placing:
    """Where each is counted, `k` or more together. `tree`: every unit's parent today; `units`: the audience's."""
    parents = concerned(tree, units)
    tops = set(units)
    inside = {unit: None if unit in tops and _top(unit, tree, tops) else above for unit, above in parents.items()}
    counted = tuple((one, place_of_leader(set(one.leads), inside, one.unit)) for one in asked)
    invited: Counter[int] = Counter()
    for one, place in counted:
        invited[place] += one.number
    return Placing(parents, counted, dict(invited), heads(parents, invited, k))


def concerned(tree: Mapping[int, int | None], units: Iterable[int]) -> dict[int, int | None]:
    """The part of a tree below the lowest unit that is above all of these, with that one as its top."""
    wanted = set(units)
    paths = [_path(unit, tree) for unit in wanted]
    shared = 0
    while all(len(path) > shared for path in paths) and len({path[shared] for path in paths}) == 1:
        shared += 1
    top = paths[0][shared - 1]
    above = {node for path in paths for node in path[shared - 1 :]}
    found: dict[int, int | None] = {}
    for unit in tree:
        path = _path(unit, tree)
        if unit in above or wanted.intersection(path):
            found[unit] = None if unit == top else tree[unit]
    return found


def _path(unit: int, tree: Mapping[int, int | None]) -> list[int]:
    path: list[int] = []
    walker: int | None = unit
    while walker is not None:
        path.append(walker)
        walker = tree.get(walker)
    return path[::-1]


def _top(unit: int, tree: Mapping[int, int | None], tops: set[int]) -> bool:
    return not tops.intersection(_path(unit, tree)[:-1])
