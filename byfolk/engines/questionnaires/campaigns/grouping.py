"""Which groups answers are counted in: each of at least k people, smaller ones merged upwards. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def heads(parents: Mapping[Node, Node | None], counts: Mapping[Node, int], k: int) -> dict[Node, Node | None]:
    """For every node of a tree, the node whose group it is counted in: itself, or one above.

    `parents` names the node above each, None for the one top; `counts` how many there are in the node itself. Every
    group has at least `k`. What is too few goes upwards. What is too few at the top takes with it the smallest group
    right below, since a group is never divided. None: nowhere, because there are too few in all, or nobody there.
    Raises `ValueError` where `parents` is no tree with one top.
    """
    depths = _depths(parents)
    waiting: dict[Node, list[Node]] = defaultdict(list)
    size = {node: counts.get(node, 0) for node in parents}
    members: dict[Node, list[Node]] = {}
    top = next(node for node, above in parents.items() if above is None)
    for node in sorted(parents, key=lambda one: -depths[one]):
        above, waits = parents[node], [*waiting.pop(node, []), node]
        if size[node] >= k:
            members[node] = waits
        elif above is None:
            waiting[node] = waits
        else:
            waiting[above] += waits
            size[above] += size[node]
    if top in waiting and size[top]:
        _take_smallest_along(top, waiting, members, size, parents)
    return _by_node(parents, members)


def _take_smallest_along(
    top: Node,
    waiting: dict[Node, list[Node]],
    members: dict[Node, list[Node]],
    size: Mapping[Node, int],
    parents: Mapping[Node, Node | None],
) -> None:
    right_below = [node for node in members if not _has_group_above(node, members, parents)]
    if not right_below:
        return
    smallest = min(right_below, key=lambda node: (size[node], str(node)))
    members[top] = [*waiting.pop(top), *members.pop(smallest)]


def _has_group_above(node: Node, members: Mapping[Node, list[Node]], parents: Mapping[Node, Node | None]) -> bool:
    above = parents[node]
    while above is not None:
        if above in members:
            return True
        above = parents[above]
    return False


def _by_node(parents: Mapping[Node, Node | None], members: Mapping[Node, list[Node]]) -> dict[Node, Node | None]:
    found: dict[Node, Node | None] = dict.fromkeys(parents)
    for head, group in members.items():
        found |= dict.fromkeys(group, head)
    return found


def _depths(parents: Mapping[Node, Node | None]) -> dict[Node, int]:
    if sum(above is None for above in parents.values()) != 1:
        raise ValueError("a tree has one top")
    depths: dict[Node, int] = {}
    for node in parents:
        path = []
        walker: Node | None = node
        while walker is not None and walker not in depths:
            if walker in path or walker not in parents:
                raise ValueError("a tree has no ring and no loose end")
            path.append(walker)
            walker = parents[walker]
        start = depths[walker] + 1 if walker is not None else 0
        for number, passed in enumerate(reversed(path)):
            depths[passed] = start + number
    return depths


def place_of_leader(led: set[Node], parents: Mapping[Node, Node | None], works_in: Node) -> Node:
    """Where somebody's answer is counted: one level above the highest unit that they lead, so that a leader's answer
    never stands in the result that the leader is measured by. At the top, in the top itself.
    """
    place = works_in
    walker: Node | None = works_in
    while walker is not None:
        if walker in led:
            place = parents.get(walker) or walker
        walker = parents.get(walker)
    return place


def parents_of_groups(parents: Mapping[int, int | None], groups: set[int]) -> dict[int, int | None]:
    """Each group's nearest group above, and the top of the tree above them all, whether it has a group or not.

    `parents` names the unit above each; `groups` are units.
    """
    top = next(unit for unit, parent in parents.items() if parent is None)
    found: dict[int, int | None] = {top: None}
    for unit in groups - {top}:
        walker = parents[unit]
        while walker is not None and walker not in groups and walker != top:
            walker = parents[walker]
        found[unit] = walker
    return found
