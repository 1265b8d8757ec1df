"""The addresses of guides, and who may see what there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from byfolk.engines.library.models import Document, State, Version
from byfolk.kernel.organisation.models import Unit
from tests.access.world import World

EMPLOYED = ("kari", "amir", "solveig", "jonas", "ingrid", "mette", "tor", "lise", "per", "nora", "anne")
HR = ("kari",)
OWNERS = ("kari", "amir", "mette")
OF_THE_CITY = "folg-opp-den-som-er-syk"
OF_CARE = "heltid-og-deltid"
DAYS = {"since": "2999-01-01", "review_on": "2020-01-01"}


def drafted(world: World) -> list[Any]:
    """The care agency's guide, with a draft of a new version."""
    guide = Document.objects.get(code=OF_CARE)
    if not Version.objects.filter(document=guide, state=State.DRAFT).exists():
        old = Version.objects.get(document=guide)
        Version.objects.create(document=guide, unit=guide.unit, number=2, title=old.title, text=old.text)
    return [OF_CARE]


def unpublished(world: World) -> list[Any]:
    """A guide of the care agency's that is nothing but a draft."""
    unit = Unit.objects.get(code=world.care)
    made, new = Document.objects.get_or_create(
        code="bare-utkast", defaults={"kind": "guide", "unit": unit, "made_on": dt.date(2026, 11, 22)}
    )
    if new:
        Version.objects.create(document=made, unit=unit, number=1, title={"nb": "Bare et utkast"})
    return [made.code]


def asking(world: World) -> list[Any]:
    """A guide of the care agency's that asks its leaders."""
    unit = Unit.objects.get(code=world.care)
    made, new = Document.objects.get_or_create(
        code="som-sporr", defaults={"kind": "guide", "unit": unit, "made_on": dt.date(2026, 11, 22)}
    )
    if new:
        Version.objects.create(
            document=made, unit=unit, number=1, title={"nb": "Som spør"}, text={"nb": "Les dette."}, asks="leaders",
            asked_unit=unit, state=State.PUBLISHED, valid=(dt.date(2020, 1, 1), None),
        )  # fmt: skip
    return [made.code]


def cases(Case: Any) -> dict[str, list[Any]]:
    """The cases of the guides' routes, made with the table's own class."""
    return {
        "guides": [Case(EMPLOYED), Case(EMPLOYED, query=lambda w: {"q": "syk", "mal": "like-muligheter", "page": 2})],
        "guide": [
            Case(EMPLOYED, lambda w: [OF_CARE]),
            Case(OWNERS, unpublished, about="nothing but a draft"),
            Case((), lambda w: ["no-such-guide"], about="no such guide"),
        ],
        "guide_edition": [
            Case(EMPLOYED, lambda w: [OF_THE_CITY, 1], about="one that is over"),
            Case(OWNERS, lambda w: [*drafted(w), 2], about="a draft"),
            Case((), lambda w: [OF_THE_CITY, 99], about="no such version"),
        ],
        "guide_file": [
            Case(EMPLOYED, lambda w: [OF_THE_CITY, 1]),
            Case(OWNERS, lambda w: [*drafted(w), 2], about="a draft"),
        ],
        "guide_compare": [
            Case(EMPLOYED, lambda w: [OF_THE_CITY]),
            Case(OWNERS, drafted, query=lambda w: {"fra": 1, "til": 2}, about="with a draft"),
            Case((), lambda w: ["medarbeidersamtalen"], about="only one version"),
        ],
        "guide_confirm": [
            Case(("amir", "solveig"), asking, post={}, answers=302, about="asks leaders of the care agency"),
            Case((), lambda w: [OF_CARE], post={}, about="asks nobody"),
        ],
        "guide_new": [
            Case(OWNERS),
            Case(OWNERS, post={"title": ""}, about="asks for a title"),
            Case(OWNERS, post={"title": "Ny veileder", "unit": "210"}, answers=302),
        ],
        "guide_start": [
            Case(OWNERS, lambda w: [OF_CARE], post={}, answers=302),
            Case(HR, lambda w: [OF_THE_CITY], post={}, answers=302, about="the city's"),
        ],
        "guide_draft": [Case(OWNERS, drafted), Case((), lambda w: [OF_THE_CITY], about="no draft")],
        "guide_write": [
            Case(OWNERS, drafted),
            Case(OWNERS, drafted, post={"title_nb": ""}, about="asks for a title"),
            Case((), lambda w: [OF_THE_CITY], post={"title_nb": "Ny"}, about="no draft"),
        ],
        "guide_publish": [
            Case(OWNERS, drafted),
            Case(OWNERS, drafted, post=DAYS, about="asks for days to come"),
            Case((), lambda w: [OF_THE_CITY], post=DAYS, about="no draft"),
        ],
        "guide_discard": [Case(OWNERS, drafted), Case(OWNERS, drafted, post={}, answers=302)],
        "guide_review": [
            Case(OWNERS, lambda w: [OF_CARE]),
            Case(HR, lambda w: [OF_THE_CITY], post={"review_on": "2020-01-01"}, about="asks for a day to come"),
        ],
        "guide_retire": [
            Case(OWNERS, lambda w: [OF_CARE]),
            Case(HR, lambda w: [OF_THE_CITY], post={"last": "2020-01-01"}, about="asks for a day to come"),
        ],
        "guide_receipts": [
            Case(OWNERS, asking),
            Case(HR, lambda w: [OF_THE_CITY], about="the city's"),
            Case((), lambda w: [OF_CARE], about="asks nobody"),
        ],
    }  # fmt: skip
