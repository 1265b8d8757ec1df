"""The sentences that say how it stands, in the reader's language. Rules only: the same figures give the same words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.engines.goals.rules import Status, count

#: More names than this do not fit in a sentence.
NAMES_AT_MOST = 4


def joined(words: Sequence[str]) -> str:
    """Words with commas and "og" before the last: "a, b og c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s og %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def verdict(goals: Sequence[tuple[str, Status]]) -> str:
    """The first line of a board from (short name, status) of each goal.

    "5 av 14 mål er nådd, og 5 er nær. 3 er langt unna: etterfølgere, arbeidsmiljø og kompetanse."
    """
    counts = count(status for _name, status in goals)
    measured = counts[Status.REACHED] + counts[Status.NEAR] + counts[Status.FAR]
    if not measured:
        return _("Ingen av målene har tall som kan vises.")
    sentences = [_reached(counts, len(goals))]
    far = [_lower(name) for name, status in goals if status is Status.FAR]
    if far and len(far) <= NAMES_AT_MOST:
        text = ngettext("%(n)d er langt unna: %(names)s", "%(n)d er langt unna: %(names)s", len(far))
        sentences.append(text % {"n": len(far), "names": joined(far)})
    elif far:
        sentences.append(ngettext("%(n)d er langt unna", "%(n)d er langt unna", len(far)) % {"n": len(far)})
    return ". ".join(sentences) + "."


def _reached(counts: dict[Status, int], total: int) -> str:
    reached, near = counts[Status.REACHED], counts[Status.NEAR]
    numbers = {"reached": reached, "total": total, "near": near}
    if not reached and not near:
        return _("Ingen av %(total)d mål er nådd") % numbers
    if not reached:
        text = ngettext(
            "Ingen av %(total)d mål er nådd, men %(near)d er nær",
            "Ingen av %(total)d mål er nådd, men %(near)d er nær",
            near,
        )
        return text % numbers
    text = ngettext("%(reached)d av %(total)d mål er nådd", "%(reached)d av %(total)d mål er nådd", reached) % numbers
    return _("%(sentence)s, og %(near)d er nær") % {"sentence": text, "near": near} if near else text


def without_figures(statuses: Sequence[Status]) -> str:
    """What the verdict leaves out: "7 mål kan ikke måles ennå. ..." Empty where all goals are known."""
    counts = count(statuses)
    unmeasured, hidden = counts[Status.NOT_MEASURED], counts[Status.HIDDEN]
    sentences = []
    if unmeasured:
        sentences.append(
            ngettext("%(n)d mål kan ikke måles ennå.", "%(n)d mål kan ikke måles ennå.", unmeasured) % {"n": unmeasured}
        )
    if hidden:
        sentences.append(
            ngettext(
                "%(n)d mål kan vi ikke vise, for å verne enkeltpersoner.",
                "%(n)d mål kan vi ikke vise, for å verne enkeltpersoner.",
                hidden,
            )
            % {"n": hidden}
        )
    return " ".join(sentences)


def area_summary(statuses: Sequence[Status]) -> str:
    """One line for an area: "1 mål nådd, 1 nær, 1 uten tall"."""
    words = {
        Status.REACHED: (_("%(n)d mål nådd"), _("%(n)d nådd")),
        Status.NEAR: (_("%(n)d mål nær"), _("%(n)d nær")),
        Status.FAR: (_("%(n)d mål langt unna"), _("%(n)d langt unna")),
        Status.NOT_MEASURED: (_("%(n)d mål uten tall"), _("%(n)d uten tall")),
        Status.HIDDEN: (_("%(n)d mål skjult"), _("%(n)d skjult")),
    }
    parts: list[str] = []
    for status, n in count(statuses).items():
        if n:
            parts.append(words[status][1 if parts else 0] % {"n": n})
    return ", ".join(parts)


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
