"""A draft out of plain text: what is found stands in its place, nothing is invented, and what is left is told."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byfolk.engines.goals.document import count, walk
from byfolk.engines.goals.from_text import draft_from_text
from byfolk.engines.goals.markdown import NotAPolicy, read, write
from byfolk.lib.texts import one_line

HERE = Path(__file__).parent
KEY = yaml.safe_load((HERE / "data" / "source_deck_key.yaml").read_text(encoding="utf-8"))
DECK = Path(os.environ.get("BYFOLK_SOURCE_DECK", HERE.parents[3] / "shared" / "sources" / "policy-platform.txt"))
there = pytest.mark.skipif(not DECK.exists(), reason="the source deck is not here")

SLIDE = """En plan for folk

Planen for våre ansatte skal vare
TRYGGHET
• Noen er redde for å si fra
• Mange slutter

Åpne ledere Sunne arbeidsdager

• Snakke åpent om feil
• Holde døren åpen

• Sunne vaktlister for alle
• Sunn mat i kantinen

• Åpne møter hver uke
• Svare åpent

• Sunne pauser
• Gå tur

Et ark som ligger for seg selv
"""


def test_areas_goals_and_measures_are_put_in_place() -> None:
    text = SLIDE.replace("Et ark", "ANNET\n\nÅpne ledere\n\nSunne arbeidsdager\n\nEt ark")

    found = draft_from_text(text.encode())

    (area,) = found.document.of("area")
    assert area.title == {"nb": "Trygghet"}
    assert [one.title["nb"] for one in area.of("challenge")] == ["Noen er redde for å si fra", "Mange slutter"]
    assert {goal.title["nb"]: [one.title["nb"] for one in goal.children] for goal in area.of("goal")} == {
        "Åpne ledere": ["Snakke åpent om feil", "Holde døren åpen", "Åpne møter hver uke", "Svare åpent"],
        "Sunne arbeidsdager": ["Sunne vaktlister for alle", "Sunn mat i kantinen", "Sunne pauser", "Gå tur"],
    }
    assert [line for _number, line in found.left] == [
        "Planen for våre ansatte skal vare",
        "Et ark som ligger for seg selv",
    ]


def test_goals_with_their_own_lists_keep_them() -> None:
    text = "Plan\nOMSORG\n• Vi er få\n\nFlere folk\n• Lyse ut\n• Ringe\n\nBedre vakter\n• Spørre\n"

    (area,) = draft_from_text(text.encode()).document.of("area")

    assert [(one.title["nb"], len(one.children)) for one in area.of("goal")] == [("Flere folk", 2), ("Bedre vakter", 1)]


@pytest.mark.parametrize("content", [b"", b"Bare en setning.", b"\xff\xfe", b"x" * 3_000_000])
def test_what_is_no_policy_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPolicy):
        draft_from_text(content)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(["TRYGGHET", "• Et tiltak", "- To tiltak", "Et mål", "og mer", "", "Åpent hus"]), max_size=25
    )
)
def test_nothing_is_invented_and_nothing_disappears(lines: list[str]) -> None:
    text = "\n".join(["OMRÅDE", "• Noe er vanskelig", "", "Noe skal bli bedre", "", "• Gjøre noe", *lines])

    found = draft_from_text(text.encode())

    said = " ".join([*(one.paragraph.title["nb"] for one in walk(found.document)), *(line for _n, line in found.left)])
    words = set(re.findall(r"\w+", text.lower()))
    assert set(re.findall(r"\w+", said.lower())) <= words | {"personalpolitikk"}
    assert {word for word in words if word not in said.lower()} <= {"trygghet"}
    assert read(write(found.document).encode(), figures=()) == found.document


@there
def test_the_source_deck_is_found_and_put_in_place() -> None:
    lines = DECK.read_text(encoding="utf-8").split("\n")
    found = draft_from_text(DECK.read_bytes())
    areas = found.document.of("area")

    goals = right = total = 0
    for area, stated in zip(areas, KEY["areas"], strict=True):
        assert area.title["nb"].startswith(stated["starts"])
        for goal, wanted in zip(area.of("goal"), stated["goals"], strict=True):
            assert goal.title["nb"].startswith(wanted["starts"])
            goals += 1
            starts = [one_line(lines[number - 1].lstrip("• ")) for number in wanted["measures"]]
            total += len(starts)
            right += sum(any(one.title["nb"].startswith(start) for one in goal.children) for start in starts)

    print(f"source deck: {len(areas)} areas, {goals} goals, {right} of {total} measures in place")
    assert (len(areas), goals) == (6, 13)
    assert count(found.document, "measure") == total == 85
    assert right >= 0.9 * total
