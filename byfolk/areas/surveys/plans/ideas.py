"""The library of ideas: what a unit may try, for each factor of the instruments that ship. None is said to work."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from byfolk.areas.surveys.indicators import CONTENTS
from byfolk.areas.surveys.shipped import FILES
from byfolk.engines.actions.models import LONGEST_TITLE
from byfolk.engines.questionnaires.instruments.content import LANGUAGES, Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentKind
from byfolk.engines.questionnaires.instruments.reading import read

FILE = Path(__file__).parent.parent / "data" / "ideas" / "ideas.yaml"
#: What stands on a button has room for so many characters.
LONGEST_BUTTON = 45


@dataclass(frozen=True)
class Idea:
    """Something to try: `title` stands on a button, `text` says what is done."""

    code: str
    title: Texts
    text: Texts


Library = Mapping[tuple[str, str], tuple[Idea, ...]]


class IdeasWrong(ValueError):
    """A fault in the file, with its line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")
        self.line = line


@lru_cache(maxsize=1)
def library() -> Library:
    """The ideas by instrument and factor. Raises `IdeasWrong` for a faulty file."""
    known = {code: {one.code for one in content.factors} for code, content in CONTENTS.items()}
    for file in FILES:
        if file.stem not in known:
            content = read(file.read_bytes(), kinds=InstrumentKind.values).content
            known[file.stem] = {one.code for one in content.factors}
    return parsed(FILE.read_text(encoding="utf-8"), known)


def ideas_for(instrument: str, factor: str) -> tuple[Idea, ...]:
    """The ideas for a factor; none for an instrument of the municipality's own."""
    return library().get((instrument, factor), ())


def parsed(text: str, factors: Mapping[str, Collection[str]]) -> Library:
    """The ideas in a file, by instrument and factor. `factors`: the factors that there are, by instrument.

    Raises `IdeasWrong` for an unknown instrument or factor, a code used twice, and a text that is missing or too long.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found: dict[tuple[str, str], tuple[Idea, ...]] = {}
    for instrument, by_factor in _pairs(root):
        if instrument.value not in factors:
            raise IdeasWrong(_line(instrument), f"there is no instrument {instrument.value!r}")
        for factor, ideas in _pairs(by_factor):
            if factor.value not in factors[instrument.value]:
                raise IdeasWrong(_line(factor), f"{instrument.value} has no factor {factor.value!r}")
            if not isinstance(ideas, yaml.SequenceNode):
                raise IdeasWrong(_line(ideas), "a factor has a list of ideas")
            found[instrument.value, factor.value] = tuple(_idea(one) for one in ideas.value)
            codes = [one.code for one in found[instrument.value, factor.value]]
            if len(codes) != len(set(codes)):
                raise IdeasWrong(_line(factor), f"two ideas of {factor.value!r} have the same code")
    return found


def _idea(node: yaml.Node) -> Idea:
    parts = {key.value: value for key, value in _pairs(node)}
    if set(parts) != {"code", "title", "text"}:
        raise IdeasWrong(_line(node), "an idea has code, title and text")
    title, text = _texts(parts["title"], LONGEST_BUTTON), _texts(parts["text"], LONGEST_TITLE)
    return Idea(str(parts["code"].value), title, text)


def _texts(node: yaml.Node, longest: int) -> Texts:
    said = {key.value: " ".join(str(value.value).split()) for key, value in _pairs(node)}
    if set(said) != set(LANGUAGES):
        raise IdeasWrong(_line(node), "a text is written in nb, nn and en")
    for language, text in said.items():
        if not 0 < len(text) <= longest:
            raise IdeasWrong(_line(node), f"the text in {language} has from 1 to {longest} characters")
    return Texts(**said)


def _pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise IdeasWrong(_line(node) if node else 1, "names and what belongs to them are expected here")
    yield from node.value


def _line(node: yaml.Node) -> int:
    line: int = node.start_mark.line + 1
    return line
