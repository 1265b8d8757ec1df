"""The adopted policy's paragraphs in the one search."""

from __future__ import annotations

from collections.abc import Sequence

from byfolk.areas.policy.document.words import here, name_of, url
from byfolk.engines.goals import versions
from byfolk.engines.goals.document import Placed, walk
from byfolk.kernel.registry import SearchHit
from byfolk.kernel.rights import Actor


def find_paragraphs(actor: Actor, query: str, limit: int) -> Sequence[SearchHit]:
    """Paragraphs of the policy in force that hold every word, in the reader's language; those whose own line does
    before those that say it in the text beneath. Two queries.
    """
    asked = query.lower().split()
    current = versions.adopted(actor) if asked and actor.may("policy.see") else None
    if current is None:
        return []
    found = []
    for placed in walk(versions.document(actor, current)):
        title, text = here(placed.paragraph.title), here(placed.paragraph.text)
        if all(word in title.lower() for word in asked):
            found.append((0, placed))
        elif all(word in f"{title} {text}".lower() for word in asked):
            found.append((1, placed))
    found.sort(key=lambda one: one[0])
    return [SearchHit(here(one.paragraph.title), _address(one), name_of(one)) for _rank, one in found[:limit]]


def _address(placed: Placed) -> str:
    """The page on which a paragraph stands: a goal's own, its goal's or its area's, else the policy's front."""
    for one in (placed.paragraph, placed.above):
        if one is not None and one.kind == "goal":
            return url("policy_goal", one.key)
        if one is not None and one.kind == "area":
            return url("policy_area_now", one.key)
    return url("policy")
