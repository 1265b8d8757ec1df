"""The library of ideas: every factor that ships has some, and a faulty file says where."""

from __future__ import annotations

import pytest

from byfolk.areas.surveys.plans.ideas import IdeasWrong, library, parsed
from byfolk.areas.surveys.shipped import FILES
from byfolk.engines.questionnaires.instruments.models import InstrumentKind
from byfolk.engines.questionnaires.instruments.reading import read

KNOWN = {"pulse": ["pulse"]}
GOOD = """pulse:
  pulse:
  - code: try
    title: {nb: Prøv, nn: Prøv, en: Try}
    text: {nb: Vi prøver, nn: Vi prøver, en: We try}
"""


def test_every_factor_of_what_ships_has_from_three_to_five_ideas():
    found = library()
    for file in FILES:
        for factor in read(file.read_bytes(), kinds=InstrumentKind.values).content.factors:
            assert 3 <= len(found[file.stem, factor.code]) <= 5, factor.code


def test_a_good_file_is_read():
    (idea,) = parsed(GOOD, KNOWN)["pulse", "pulse"]
    assert (idea.code, idea.title.en, idea.text.nn) == ("try", "Try", "Vi prøver")


@pytest.mark.parametrize(
    ("wrong", "line", "says"),
    [
        (GOOD.replace("  pulse:", "  pulses:"), 2, "no factor 'pulses'"),
        (GOOD.replace("pulse:\n  pulse", "puls:\n  pulse"), 1, "no instrument 'puls'"),
        (GOOD.replace(", en: We try", ""), 5, "nb, nn and en"),
        (GOOD.replace("Vi prøver, nn", "x" * 201 + ", nn"), 5, "200 characters"),
        (GOOD.replace("    text: {nb: Vi prøver, nn: Vi prøver, en: We try}\n", ""), 3, "code, title and text"),
        (GOOD + GOOD.split("\n", 2)[2], 2, "same code"),
        ("pulse:\n  pulse: no\n", 2, "list of ideas"),
        ("", 1, "expected"),
    ],
)
def test_a_faulty_file_says_what_is_wrong_and_on_which_line(wrong, line, says):
    with pytest.raises(IdeasWrong, match=says) as found:
        parsed(wrong, KNOWN)
    assert found.value.line == line
