"""An instrument with an item of every kind, and one that is asked only of some; and one as long as a survey may be."""

from __future__ import annotations

from byfolk.engines.questionnaires.instruments.content import (
    Condition,
    Content,
    Item,
    Kind,
    Option,
    Scale,
    Section,
    Step,
)
from tests.engines.questionnaires.rounds import LABELS, said

SCALE = Scale("enig", tuple(Step(n + 1, said(label)) for n, label in enumerate(LABELS)))
EVERY_KIND = Content(
    title=said("Alt vi spør om"),
    scales=(SCALE,),
    sections=(
        Section(
            "hverdagen",
            said("Hverdagen på jobb"),
            items=(
                Item("rekker", Kind.SCALE, said("Jeg rekker det jeg skal"), scale="enig"),
                Item(
                    "vakt",
                    Kind.SINGLE,
                    said("Når jobber du mest?"),
                    options=(Option("dag", said("Om dagen")), Option("natt", said("Om natten"))),
                ),
                Item("uro", Kind.NUMBER, said("Hvor mange netter på rad?"), shown_if=Condition("vakt", ("natt",))),
            ),
        ),
        Section(
            "utstyret",
            said("Utstyret"),
            items=(
                Item(
                    "mangler",
                    Kind.MULTIPLE,
                    said("Hva mangler dere?"),
                    options=(Option("lift", said("Lift")), Option("seng", said("Senger")), Option("bil", said("Bil"))),
                ),
                Item(
                    "om",
                    Kind.MATRIX,
                    said("Hva mener du om dette?"),
                    scale="enig",
                    rows=(Option("plass", said("Vi har plass nok")), Option("ro", said("Vi har ro nok"))),
                ),
                Item("ord", Kind.TEXT, said("Er det noe mer du vil si?"), longest=300),
            ),
        ),
    ),
)
FORTY = Content(
    title=said("Førti påstander"),
    scales=(SCALE,),
    sections=tuple(
        Section(
            f"del{part}",
            said(f"Del {part}"),
            items=tuple(
                Item(f"p{part}x{n}", Kind.SCALE, said(f"Påstand {n} i del {part} om hverdagen på jobb"), scale="enig")
                for n in range(1, 11)
            ),
        )
        for part in range(1, 5)
    ),
)
