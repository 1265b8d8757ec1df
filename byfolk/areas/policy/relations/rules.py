"""Which pairs of figures are looked at, and what may be said of one. Pure: the same figures give the same words."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from byfolk.lib.ranks import Relation

#: Below this a pair is told as a relation at all, and, among all that were looked at, as a clear one.
SURE = 0.05


class Finding(enum.StrEnum):
    """What may be said of a pair of figures."""

    CLEAR = "clear"  # hardly chance, even among so many pairs
    MAYBE = "maybe"  # would be, had it been the only pair
    NONE = "none"  # nothing to be seen
    TOO_FEW = "too_few"
    ALIKE = "alike"  # one of the two is the same everywhere


def finding_of(relation: Relation | None, units: int, least: int) -> Finding:
    """What may be said. `units`: how many have both figures; `least`: how many are needed."""
    if relation is None:
        return Finding.TOO_FEW if units < least else Finding.ALIKE
    if relation.p_among < SURE:
        return Finding.CLEAR
    return Finding.MAYBE if relation.p < SURE else Finding.NONE


def pairs_of(people: Sequence[str], services: Sequence[str]) -> list[tuple[str, str]]:
    """Each figure of the people with each of the services, and the first two of the people with each other.

    The fewer pairs, the more each can say: services are not held against each other.
    """
    found = [(person, service) for service in services for person in people]
    return [*found, (people[1], people[0])] if len(people) > 1 else found
