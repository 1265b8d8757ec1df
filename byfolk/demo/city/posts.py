"""The posts of the city as columns: where, which occupation, how appointed, whether the post leads the unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from byfolk.demo.cast import EMPLOYED
from byfolk.demo.city.mixes import MIXES
from byfolk.demo.city.organisation import Organisation
from byfolk.demo.city.sources import roles

PERMANENT, TEMPORARY, SUBSTITUTE, APPRENTICE = range(4)
KINDS = ("permanent", "temporary", "substitute", "apprentice")
VACANCY = 0.017
"""Share of the posts that stand empty at a time: so many more posts than employees."""

_APPRENTICES = {
    "health_worker": 0.05,
    "child_worker": 0.07,
    "plumber": 0.07,
    "electrician": 0.07,
    "gardener": 0.06,
    "cook": 0.04,
    "it_technician": 0.06,
}


def day(value: date) -> int:
    """Days since 1970: how dates are reckoned inside the city."""
    return (value - date(1970, 1, 1)).days


@dataclass
class Posts:
    """Columns by post. `opens`: day from which it can be held. `cast`: index in `EMPLOYED` of its holder, or -1."""

    unit: np.ndarray
    role: np.ndarray
    kind: np.ndarray
    leads: np.ndarray
    opens: np.ndarray
    cast: np.ndarray
    agency: np.ndarray
    sector: np.ndarray
    sectors: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.unit)


def make_posts(tree: Organisation, rng: np.random.Generator) -> Posts:
    """One leading post in each unit, the posts of each mix, and the cast in theirs."""
    table = roles()
    units, role, opens, leads = [np.arange(len(tree.units))], [], [], [np.ones(len(tree.units), dtype=bool)]
    role.append(np.array([table.index[unit.head] for unit in tree.units]))
    opens.append(np.array([day(unit.opens) for unit in tree.units]))
    for mix, weights in MIXES.items():
        fills = [fill for fill in tree.fills if fill.mix == mix]
        if not fills:
            continue
        numbers = np.array([_with_vacancies(fill.number, rng) for fill in fills])
        total = int(numbers.sum())
        shares = np.array([weight for _role, weight in weights])
        chosen = rng.choice(len(weights), size=total, p=shares / shares.sum())
        role.append(np.array([table.index[key] for key, _weight in weights])[chosen])
        units.append(np.repeat([fill.unit for fill in fills], numbers))
        opens.append(np.repeat([day(fill.opens) if fill.opens else 0 for fill in fills], numbers))
        leads.append(np.zeros(total, dtype=bool))
    unit = np.concatenate(units)
    posts = Posts(
        unit,
        np.concatenate(role),
        np.zeros(len(unit), dtype=np.int8),
        np.concatenate(leads),
        np.concatenate(opens),
        np.full(len(unit), -1),
        np.zeros(0),
        np.zeros(0),
    )
    _seat_cast(posts, tree)
    posts.kind = _kinds(posts, rng)
    posts.agency = np.array([each.agency for each in tree.units])[posts.unit]
    posts.sectors = sorted({each.sector for each in tree.units})
    posts.sector = np.array([posts.sectors.index(each.sector) for each in tree.units])[posts.unit]
    return posts


def _with_vacancies(number: int, rng: np.random.Generator) -> int:
    return number + int(rng.binomial(number, VACANCY))


def _seat_cast(posts: Posts, tree: Organisation) -> None:
    """Leaders of the cast in the leading post of their unit, the others in a post of their own."""
    table = roles()
    extra = []
    for position, persona in enumerate(EMPLOYED):
        assert persona.unit_code
        unit = tree.by_code[persona.unit_code]
        if persona.leads:
            posts.cast[unit] = position
        else:
            extra.append((unit, table.index[persona.position_role or ""], position))
    number = len(extra)
    posts.unit = np.concatenate([posts.unit, [unit for unit, _role, _cast in extra]])
    posts.role = np.concatenate([posts.role, [role for _unit, role, _cast in extra]])
    posts.cast = np.concatenate([posts.cast, [cast for _unit, _role, cast in extra]])
    posts.kind = np.zeros(len(posts.unit), dtype=np.int8)
    posts.leads = np.concatenate([posts.leads, np.zeros(number, dtype=bool)])
    posts.opens = np.concatenate([posts.opens, np.zeros(number, dtype=int)])


def _kinds(posts: Posts, rng: np.random.Generator) -> np.ndarray:
    """Permanent for leaders and the cast; of the others some 13 % are not, more in care and schools."""
    table = roles()
    apprentice = np.array([_APPRENTICES.get(key, 0.0) for key in table.keys])
    shared = {"care", "child", "teach", "welfare"}
    substitute = np.array([0.075 if family in shared else 0.03 for family in table.families])
    temporary = np.array(
        [{"care": 0.06, "teach": 0.07, "child": 0.065, "admin": 0.05}.get(family, 0.04) for family in table.families]
    )
    young = table.ages == 0
    temporary = np.where(young, temporary + 0.045, temporary)
    draw = rng.random(len(posts))
    one = apprentice[posts.role]
    two = one + substitute[posts.role]
    three = two + temporary[posts.role]
    kind = np.select([draw < one, draw < two, draw < three], [APPRENTICE, SUBSTITUTE, TEMPORARY], PERMANENT).astype(
        np.int8
    )
    kind[posts.leads | (posts.cast >= 0)] = PERMANENT
    return kind
