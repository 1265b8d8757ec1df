"""A city of 3,000 units: what is kept, beside simpler methods, and how long all of a month's questions take."""

from __future__ import annotations

import time

import numpy as np
import pytest

from byfolk.engines.indicators.disclosure import (
    Level,
    State,
    Tree,
    decide,
    decide_gender,
    decide_split,
    decide_table,
    health,
    health_split,
    internal,
    mean,
    structure,
)
from byfolk.engines.indicators.disclosure.check import unsafe_units


@pytest.fixture(scope="module")
def city() -> tuple[Tree, np.ndarray, np.random.Generator]:
    """Eight departments, 55 agencies of very different size, 48,000 people; leaders and a few staff in the units
    between."""
    generator = np.random.default_rng(1)
    parent, level = [-1], [0]
    shares = generator.dirichlet(np.full(55, 0.7))
    for size, depth, above in ((8, 1, (0, 1)), (55, 2, (1, 9)), (186, 3, (9, 64)), (750, 4, (64, 250))):
        for _ in range(size):
            among = shares if depth == 3 else None
            parent.append(int(generator.choice(np.arange(*above), p=among)))
            level.append(depth)
    while len(parent) < 3000:
        parent.append(
            int(generator.integers(250, 1000)) if generator.random() < 0.97 else int(generator.integers(9, 64))
        )
        level.append(5)
    tree = Tree(np.array(parent), np.array(level, dtype=np.int8))
    few = np.where(generator.random(3000) < 0.6, 1, generator.integers(0, 9, 3000))
    return tree, np.where(tree.level == 5, generator.gamma(1.6, 15, 3000).astype(int), few), generator


def greedy(tree: Tree, own: np.ndarray, k: int = 5) -> int:
    """From the bottom up: publish what has k, then hide the smallest until the rest has k or nobody."""
    whole = tree.subtree_sums(own)
    shown = whole >= k
    for unit in range(len(tree) - 1, -1, -1):
        while shown[unit]:
            nearest = _nearest(tree, shown, unit)
            left = int(whole[unit] - whole[nearest].sum())
            if left == 0 or left >= k:
                break
            if not len(nearest):
                shown[unit] = False
                break
            shown[nearest[np.argmin(whole[nearest])]] = False
    return int(shown.sum())


def _nearest(tree: Tree, shown: np.ndarray, unit: int) -> np.ndarray:
    found, todo = [], list(np.flatnonzero(tree.parent == unit))
    while todo:
        at = todo.pop()
        if shown[at]:
            found.append(at)
        else:
            todo += list(np.flatnonzero(tree.parent == at))
    return np.array(found, dtype=int)


def whole_subtrees(tree: Tree, own: np.ndarray, k: int = 5) -> int:
    """All units directly below a published one, or none of them: each with k or nobody, its own staff, too."""
    whole = tree.subtree_sums(own)
    shown = np.zeros(len(tree), dtype=bool)
    shown[0] = whole[0] >= k
    for unit in range(len(tree)):
        below = np.flatnonzero(tree.parent == unit)
        groups = np.append(whole[below], own[unit])
        if shown[unit] and len(below) and ((groups == 0) | (groups >= k)).all():
            shown[below[whole[below] > 0]] = True
    return int(shown.sum())


def test_more_units_are_kept_than_by_a_greedy_method_or_by_whole_subtrees(
    city: tuple[Tree, np.ndarray, np.random.Generator],
):
    tree, n, _ = city
    question = mean(n, weights=np.ones(3000, dtype=np.int64))
    kept = int((decide(tree, question) == State.PUBLISHED).sum())
    assert unsafe_units(tree, question, decide(tree, question)) == []
    assert kept > greedy(tree, n) > whole_subtrees(tree, n)


def test_the_city_and_nearly_all_agencies_are_published(city: tuple[Tree, np.ndarray, np.random.Generator]):
    tree, n, generator = city
    states = decide(tree, internal(n, generator.binomial(n, 0.3)))
    assert states[0] == State.PUBLISHED
    agencies = tree.level == Level.AGENCY
    large = tree.subtree_sums(n) >= 100
    assert (states[agencies & large] == State.PUBLISHED).mean() > 0.95


def test_all_the_questions_of_a_year_end_take_less_than_ten_seconds(
    city: tuple[Tree, np.ndarray, np.random.Generator],
):
    tree, n, generator = city
    upper = tree.level <= Level.AGENCY
    women = generator.binomial(n, 0.66)
    began = time.process_time()
    for share in (0.05, 0.1, 0.3, 0.1, 0.5, 0.02):
        holders = generator.binomial(n, share)
        inside = generator.hypergeometric(holders, n - holders, women)
        total = decide(tree, internal(n, holders))
        decide_gender(tree, total, internal(women, inside), internal(n - women, holders - inside))
        cells = generator.multinomial(n, [0.1, 0.2, 0.3, 0.25, 0.15])
        having = generator.binomial(cells, share)
        total = decide(tree, internal(n, having.sum(axis=1)))
        decide_table(tree, total, np.stack([cells, having, cells - having], axis=2), may=upper)
    absent = generator.binomial(n, 0.5)
    total = decide(tree, health(n * 12, absent, months=12))
    kinds = [generator.binomial(absent, share) for share in (0.7, 0.4, 0.3)]
    decide_split(tree, total, health_split(n * 12, *kinds))
    decide(tree, structure(n, *generator.multinomial(n, [0.1, 0.2, 0.3, 0.25, 0.15]).T))
    assert time.process_time() - began < 10
