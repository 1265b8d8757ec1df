"""A small instrument that has every kind of item, and generated ones: any that the engine could keep."""

from __future__ import annotations

from hypothesis import strategies as st

from byfolk.engines.questionnaires.instruments.content import (
    Condition,
    Content,
    Factor,
    Item,
    Kind,
    Option,
    Scale,
    Section,
    Step,
    Texts,
)
from byfolk.lib.texts import lines, one_line


def said(text: str) -> Texts:
    """A text that is written in bokmål only."""
    return Texts(nb=text)


AGREE = Scale("agree", tuple(Step(value, said(f"Trinn {value}")) for value in range(1, 6)))
LIKELY = Scale("likely", tuple(Step(value, said(f"Trinn {value}")) for value in range(1, 4)))
YES_NO = (Option("yes", said("Ja")), Option("no", said("Nei")))
DAYS = (Option("mon", said("Mandag")), Option("tue", said("Tirsdag")), Option("wed", said("Onsdag")))
EVERYTHING = Content(
    title=said("Alt på ett sted"),
    scales=(AGREE, LIKELY),
    sections=(
        Section(
            "work",
            said("Arbeidet"),
            items=(
                Item("clear", Kind.SCALE, said("Jeg vet hva jeg skal gjøre"), scale="agree"),
                Item("unclear", Kind.SCALE, said("Jeg lurer ofte på hva jeg skal gjøre"), scale="agree"),
                Item("calm", Kind.SCALE, said("Jeg har ro til å gjøre det"), scale="agree"),
                Item("had-talk", Kind.SINGLE, said("Har dere snakket sammen?"), options=YES_NO, required=True),
                Item(
                    "which-days", Kind.MULTIPLE, said("Hvilke dager?"), options=DAYS,
                    shown_if=Condition("had-talk", ("yes",)),
                ),
                Item("hours", Kind.NUMBER, said("Hvor mange timer?"), smallest=0, largest=40),
                Item("long-hours", Kind.TEXT, said("Hvorfor så mange?"), shown_if=Condition("hours", at_least=10)),
                Item(
                    "parts", Kind.MATRIX, said("Hvordan er dette?"), scale="agree",
                    rows=(Option("room", said("Rommene")), Option("tools", said("Utstyret"))),
                ),
                Item("more", Kind.TEXT, said("Noe mer?"), longest=100),
            ),
        ),
    ),
    factors=(
        Factor("clarity", said("Klarhet"), items=("clear", "unclear", "calm"), reversed=("unclear",)),
        Factor("surroundings", said("Omgivelser"), items=("parts.room", "parts.tools")),
    ),
)  # fmt: skip

CHARACTERS = st.characters(exclude_categories=("Cs",))
# What YAML itself is made of, so that no text can be taken for it.
SIGNS = st.sampled_from(
    ["- ", "# ", ": ", "&a", "*a", "!!int", "%YAML", "---", "...", "yes", "no", "null", "~", "1", "1e3", "0x1", "'",
     '"', "|", ">", "@", "`", "{", "[", "\\", "æøå", " ", "\n", "\u00a0", "\u2028", "\ufeff", "\x85", "=", "<<",
     "2026-11-22"]
)  # fmt: skip
WRITTEN = st.lists(st.one_of(st.text(CHARACTERS, max_size=12), SIGNS), max_size=6).map("".join)
LINE = WRITTEN.map(one_line)
STATED = LINE.filter(bool)
SEVERAL = WRITTEN.map(lines)
stated_texts = st.builds(Texts, STATED, LINE, LINE)
line_texts = st.builds(Texts, LINE, LINE, LINE)
several_texts = st.builds(Texts, SEVERAL, SEVERAL, SEVERAL)


@st.composite
def contents(draw) -> Content:
    """A whole instrument."""
    used = iter(range(10_000))

    def code() -> str:
        return f"{draw(st.sampled_from(['a', 'no', 'e2', 'x-1']))}-{next(used)}"

    def scale() -> Scale:
        values = sorted(draw(st.sets(st.integers(-10, 10), min_size=2, max_size=6)))
        return Scale(code(), tuple(Step(value, draw(stated_texts)) for value in values))

    scales = tuple(scale() for _ in range(draw(st.integers(1, 2))))

    def options(at_least: int = 1) -> tuple[Option, ...]:
        return tuple(Option(code(), draw(stated_texts)) for _ in range(draw(st.integers(at_least, 3))))

    earlier: list[Item] = []

    def condition() -> Condition | None:
        asked = [item for item in earlier if item.kind not in (Kind.TEXT, Kind.MATRIX)]
        if not asked or not draw(st.booleans()):
            return None
        about = draw(st.sampled_from(asked))
        if about.kind is Kind.NUMBER:
            return Condition(about.code, at_least=draw(st.integers(-5, 5)))
        known = [str(step.value) for one in scales if one.code == about.scale for step in one.steps]
        known += [option.code for option in about.options]
        if about.kind is Kind.SCALE and draw(st.booleans()):
            return Condition(about.code, at_least=int(draw(st.sampled_from(known))))
        return Condition(about.code, tuple(draw(st.lists(st.sampled_from(known), min_size=1, unique=True))))

    def item() -> Item:
        kind = draw(st.sampled_from(Kind))
        own: dict = {}
        if kind in (Kind.SCALE, Kind.MATRIX):
            own["scale"] = draw(st.sampled_from(scales)).code
        if kind in (Kind.SINGLE, Kind.MULTIPLE):
            own["options"] = options()
        if kind is Kind.MATRIX:
            own["rows"] = options()
        if kind is Kind.NUMBER:
            own |= {"smallest": draw(st.none() | st.integers(-9, 0)), "largest": draw(st.none() | st.integers(1, 9))}
        if kind is Kind.TEXT:
            own["longest"] = draw(st.none() | st.integers(1, 4000))
        made = Item(code(), kind, draw(stated_texts), draw(several_texts), draw(st.booleans()), condition(), **own)
        earlier.append(made)
        return made

    def section() -> Section:
        items = tuple(item() for _ in range(draw(st.integers(0, 3))))
        return Section(code(), draw(stated_texts), draw(several_texts), items)

    sections = tuple(section() for _ in range(draw(st.integers(0, 3))))
    content = Content(draw(stated_texts), draw(several_texts), scales, sections)

    def factor() -> Factor:
        on = draw(st.sampled_from(scales)).code
        like = [found for found, its in content.scored().items() if its == on]
        items = tuple(draw(st.lists(st.sampled_from(like), unique=True))) if like else ()
        turned = tuple(draw(st.lists(st.sampled_from(items), unique=True))) if items else ()
        goals = tuple(draw(st.lists(st.sampled_from(["like-muligheter", "redelighet"]), unique=True)))
        return Factor(code(), draw(stated_texts), draw(several_texts), items, turned, goals, draw(st.booleans()))

    factors = tuple(factor() for _ in range(draw(st.integers(0, 2))))
    return Content(content.title, content.intro, scales, sections, factors)
