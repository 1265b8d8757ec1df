"""What differs between two versions of the policy: new, gone, moved and changed, with the changed words. Pure."""

from __future__ import annotations

import difflib
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from byfolk.engines.goals.document import Document, Paragraph, Placed, by_key, walk
from byfolk.lib.differences import Piece, words


class What(enum.StrEnum):
    """What became of a paragraph."""

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


FIELDS = ("title", "short", "text", "planned")


@dataclass(frozen=True)
class Difference:
    """A paragraph that is not the same in both versions. `moved`: it lies under another paragraph than before, or in
    another order among those that both versions have. `fields`: which texts differ in bokmål, as (name, pieces);
    `translations`: the languages in which a text differs. `figures`: (before, after) where they differ.
    """

    what: What
    before: Placed | None
    after: Placed | None
    moved: bool = False
    fields: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    translations: tuple[str, ...] = ()
    figures: tuple[tuple[str, ...], tuple[str, ...]] | None = None

    @property
    def placed(self) -> Placed:
        """Where it stands in the newer version, else where it stood."""
        found = self.after or self.before
        assert found is not None
        return found


def compare(before: Document, after: Document) -> list[Difference]:
    """Every paragraph that differs, in the order of the newer version; those that are gone stand where they stood."""
    old, new = by_key(before), by_key(after)
    moved = _moved(old, new)
    found = []
    for placed in _in_order(before, after):
        key = placed.paragraph.key
        was, now = old.get(key), new.get(key)
        if was is None:
            found.append(Difference(What.NEW, None, now))
        elif now is None:
            found.append(Difference(What.GONE, was, None))
        else:
            changed = _changed(was, now, key in moved)
            found += [changed] if changed else []
    return found


def _in_order(before: Document, after: Document) -> list[Placed]:
    """All paragraphs of the newer version, with those that are gone after the one that went before them."""
    new = {placed.paragraph.key for placed in walk(after)}
    gone: dict[str | None, list[Placed]] = {}
    last: str | None = None
    for placed in walk(before):
        if placed.paragraph.key in new:
            last = placed.paragraph.key
        else:
            gone.setdefault(last, []).append(placed)
    order = list(gone.get(None, []))
    for placed in walk(after):
        order += [placed, *gone.get(placed.paragraph.key, [])]
    return order


def _changed(was: Placed, now: Placed, moved: bool) -> Difference | None:
    one, two = was.paragraph, now.paragraph
    fields, languages = [], set()
    for name in FIELDS:
        before, after = getattr(one, name), getattr(two, name)
        if before.get("nb", "") != after.get("nb", ""):
            fields.append((name, words(before.get("nb", ""), after.get("nb", ""))))
        languages |= {code for code in ("nn", "en") if before.get(code) != after.get(code)}
    figures = (one.indicators, two.indicators) if one.indicators != two.indicators else None
    if not (fields or languages or figures or moved):
        return None
    return Difference(What.CHANGED, was, now, moved, tuple(fields), tuple(sorted(languages)), figures)


def _moved(old: dict[str, Placed], new: dict[str, Placed]) -> set[str]:
    """Those that lie under another, or are another kind, or in another order among those that stayed."""
    both = [key for key in new if key in old]
    moved = {key for key in both if _home(old[key]) != _home(new[key])}
    homes: dict[tuple[str | None, str], list[str]] = {}
    for key in both:
        if key not in moved:
            homes.setdefault(_home(new[key]), []).append(key)
    for keys in homes.values():
        earlier = sorted(keys, key=lambda key: old[key].order)
        moved |= _out_of_order(earlier, keys)
    return moved


def _home(placed: Placed) -> tuple[str | None, str]:
    above: Paragraph | None = placed.above
    return (above.key if above else None, placed.paragraph.kind)


def _out_of_order(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Those that must be taken out and put in again to come from one order to the other: as few as can be found."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    kept = {key for block in matcher.get_matching_blocks() for key in before[block.a : block.a + block.size]}
    return set(after) - kept
