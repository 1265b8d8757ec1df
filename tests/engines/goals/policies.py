"""Generated policies: any document that the engine could keep."""

from __future__ import annotations

from hypothesis import strategies as st

from byfolk.engines.goals.document import Document, Paragraph
from byfolk.lib.texts import LANGUAGES, lines, one_line

FIGURES = ("sick_leave", "full_time", "turnover_external")
CHARACTERS = st.characters(exclude_categories=("Cs",))
# What the format itself is made of, so that no text can be taken for it.
SIGNS = st.sampled_from(
    ["{#a}", "#", "##", "- ", "|", "nn: ", "kort: ", "tall: ", ":", "Mål: ", "\\", "æøå", " ", "\n"]
)
WRITTEN = st.lists(st.one_of(st.text(CHARACTERS, max_size=12), SIGNS), max_size=6).map("".join)
LINE = WRITTEN.map(one_line)
STATED = LINE.filter(bool)
SEVERAL = WRITTEN.map(lines)


def texts(nb=STATED, other=LINE):
    """Texts in three languages: bokmål always, the others perhaps."""
    made = st.fixed_dictionaries({"nb": nb, "nn": other, "en": other})
    return made.map(lambda given: {code: given[code] for code in LANGUAGES if given[code]})


def optional(line=LINE):
    """Texts in any of the languages."""
    made = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, line))
    return made.map(lambda given: {code: text for code, text in given.items() if text})


@st.composite
def documents(draw, at_most: int = 3) -> Document:
    """A whole policy."""
    used = iter(range(10_000))

    def key() -> str:
        return f"{draw(st.sampled_from(['a', 'mal', 'tiltak-x']))}-{next(used)}"

    def some(kind, **more):
        return tuple(one(kind, **more) for _ in range(draw(st.integers(0, at_most))))

    def one(kind, children=()):
        headed = kind in ("area", "reputation", "goal")
        return Paragraph(
            key(), kind, draw(texts()),
            draw(optional()) if headed else {}, draw(optional(SEVERAL)) if headed else {},
            draw(optional()) if headed else {},
            tuple(draw(st.lists(st.sampled_from(FIGURES), unique=True))) if kind == "goal" else (),
            children,
        )  # fmt: skip

    def goals():
        return tuple(one("goal", children=some("measure")) for _ in range(draw(st.integers(0, 2))))

    found = [*some("purpose"), *some("value"), *some("leaders"), *some("employees"), *some("employer")]
    if draw(st.booleans()):
        found.append(one("reputation", children=goals()))
    for _ in range(draw(st.integers(0, 2))):
        found.append(one("area", children=(*some("challenge"), *goals())))
    return Document(draw(texts()), tuple(found))
