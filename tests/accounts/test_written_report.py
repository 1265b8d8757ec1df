"""What people write in the accounts, and what the accounts say when a figure is gone. Of the invented city."""

from __future__ import annotations

import pytest

from byfolk.accounts.compose.lacks import What, lacks
from byfolk.accounts.compose.report import report
from byfolk.accounts.content import Aside, Passage, Report, Table, Written
from byfolk.accounts.drafted import Draft, Text
from byfolk.accounts.queries import Basis, YearFigures
from byfolk.accounts.work import GoalWork
from tests.accounts import building
from tests.accounts.building import basis
from tests.accounts.reading import chapter, texts

AREA = "omrade-3"


def drafted(code: str, draft: Draft, on: Basis | None = None) -> tuple[Report, list[tuple[str, str]]]:
    """A draft of a unit of the invented city, and what it lacks."""
    ground = on or basis()
    place = next(place for place in building.PLACES if place.code == code)
    made = report(ground, place, "nb", sectors=building.SECTORS, draft=draft)
    return made, [(str(one.what), one.text) for one in lacks(ground, place, made, draft)]


def _words(made: Report, anchor: str) -> str:
    block = chapter(made, anchor).blocks[0]
    assert isinstance(block, Written)
    return " ".join(span.text for part in block.parts for line in part.lines for span in line)


def test_the_text_stands_first_in_its_chapter_in_the_units_name() -> None:
    made, _lacking = drafted("120", Draft({AREA: Text("Vi har jobbet med nærvær.")}))
    block = chapter(made, AREA).blocks[0]
    assert isinstance(block, Written)
    assert block.lead == "Sykehjemsetaten skriver:"
    assert made.draft_note


def test_a_named_figure_is_its_published_value() -> None:
    made, _lacking = drafted("120", Draft({AREA: Text("Fra [tall:sick_leave:2023] til [tall:sick_leave].")}))
    assert _words(made, AREA) == "Fra 8,8\u00a0% til 8,7\u00a0%."


def test_a_named_figure_that_is_hidden_has_no_number_and_is_warned_of() -> None:
    made, lacking = drafted("515", Draft({AREA: Text("Fraværet er [tall:sick_leave].")}))
    assert _words(made, AREA) == "Fraværet er (skjult: færre enn 10)."
    assert (
        "hidden",
        "Teksten i «Medarbeidere og arbeidsmiljø» nevner et tall uten verdi. "
        "Der kommer det til å stå (skjult: færre enn 10).",
    ) in lacking


def test_a_named_figure_that_is_retired_is_said_to_be_gone() -> None:
    made, lacking = drafted("120", Draft({AREA: Text("Se [tall:avviklet_tall].")}))
    assert _words(made, AREA) == "Se (tallet finnes ikke lenger)."
    assert any(what == What.RETIRED for what, _text in lacking)


def test_a_figure_that_was_hidden_while_the_accounts_were_written_is_told_in_them_and_to_whoever_signs() -> None:
    draft = Draft({AREA: Text("Fraværet er lavt.")}, frozenset({"sick_leave/2025", "full_time/2025"}))
    made, lacking = drafted("515", draft)
    about = chapter(made, "slik-er-det-laget").blocks
    told = next(block for block in about if isinstance(block, Passage) and block.title.startswith("Skjult mens"))
    assert told.paragraphs[-1] == "sykefravær 2025."
    assert (
        "hidden",
        "Sykefravær 2025 er skjult nå, men ble vist da utkastet ble begynt. "
        "Les teksten i «Medarbeidere og arbeidsmiljø» på nytt.",
    ) in lacking


def test_a_target_without_a_figure_is_told_in_the_text_and_to_whoever_signs() -> None:
    ground = basis()
    rows = [
        row
        for year in building.YEARS
        for row in building._rows(year)
        if not (row.unit_id == 120 and row.indicator.code == "retained_62" and year == 2025)
    ]
    without = Basis(**{**ground.__dict__, "figures": YearFigures(rows)})
    made, lacking = drafted("120", Draft(), without)
    (aside,) = [b for b in chapter(made, AREA).blocks if isinstance(b, Aside) and b.lead == "Måltall uten tall."]
    assert "men det finnes ikke tall for 2025." in aside.text
    assert any(what == "no_figure" and "finnes ikke tall for 2025" in text for what, text in lacking)


def test_every_chapter_without_text_is_listed_but_the_one_that_byfolk_writes() -> None:
    made, lacking = drafted("120", Draft({"ansatte": Text("Vi er flere.")}))
    missing = [text for what, text in lacking if what == "text"]
    assert len(missing) == len(made.chapters) - 2
    assert not any("Slik er regnskapet laget" in text for text in missing)


def test_a_text_whose_chapter_is_gone_is_told_of() -> None:
    _made, lacking = drafted("120", Draft({"omrade-99": Text("Borte.")}))
    assert any(what == What.CHAPTER_GONE for what, _text in lacking)


def test_next_years_plan_is_text_list_and_targets() -> None:
    ground = basis()
    from decimal import Decimal

    from byfolk.engines.goals.queries import Targets

    rows = [*building._targets(), ("sick_leave", 2026, 1, Decimal("8.0"), Decimal("0.5"))]
    made, _lacking = drafted(
        "120",
        Draft({"neste-ar": Text("Planen.", ("Fast samtale",))}),
        Basis(**{**ground.__dict__, "targets": Targets(rows)}),
    )
    plan = chapter(made, "neste-ar")
    assert plan.title == "Neste år: 2026"
    assert plan.finding == "1 tall har mål for 2026"
    table = next(block for block in plan.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.rows[0]] == ["Sykefravær", "8,7\u00a0%", "8,2\u00a0%", "8,0\u00a0%"]
    assert _words(made, "neste-ar") == "Planen. Fast samtale"


WORK = (
    GoalWork("3.1", "Godt og inkluderende arbeidsmiljø", ("Følge opp tidlig", "Spørre alle"),
             ((120, ("Fast samtale",)),), ((1, (1, 4, 2, 1)), (120, (0, 2, 1, 0)))),
    GoalWork("3.2", "Like muligheter", ("Lyse ut hele stillinger",), (), ((1, (0, 1, 0, 0)),)),
)  # fmt: skip


def test_the_measures_have_a_chapter_with_how_far_the_actions_have_come() -> None:
    ground = Basis(**{**basis().__dict__, "work": WORK})
    city, agency = (report(ground, ground.places[unit], "nb", sectors=building.SECTORS) for unit in (1, 120))
    one = chapter(city, "tiltak")
    assert one.finding == "5 tiltak pågår, og 2 er ferdige"
    assert one.lead.startswith("Personalpolitikken har 3 tiltak under 2 mål.")
    states, listed = (block for block in one.blocks if isinstance(block, Table))
    assert [cell.text for cell in states.rows[0]] == ["3.1 Godt og inkluderende arbeidsmiljø", "1", "4", "2", "1"]
    assert [row[0].text for row in listed.rows] == [
        "Følge opp tidlig", "Spørre alle", "Fast samtale", "Lyse ut hele stillinger",
    ]  # fmt: skip
    own = chapter(agency, "tiltak").blocks[-1]
    assert isinstance(own, Table)
    assert [row[0].text for row in own.rows] == ["Fast samtale"]


def test_an_agency_stands_beside_those_of_like_size_or_kind() -> None:
    made = building.made("120")
    table = next(
        b for b in chapter(made, "ansatte").blocks if isinstance(b, Table) and b.sheet == "Lignende virksomheter"
    )
    assert [row[0].text for row in table.rows] == ["Læringsetaten", "Sykehjemsetaten", "Bydel Granli"]
    assert table.how.startswith("Virksomheter av lignende størrelse")
    assert table.rows[1][0].strong


def test_an_agency_without_its_like_says_so() -> None:
    asides = [b.lead for b in chapter(building.made("515"), "ansatte").blocks if isinstance(b, Aside)]
    assert asides == ["Ingen å sammenligne med."]


def test_the_words_of_the_new_chapters_are_short() -> None:
    import re

    ground = Basis(**{**basis().__dict__, "work": WORK})
    made = report(ground, ground.places[120], "nb", draft=Draft({}, frozenset({"sick_leave/2025"})))
    for part in (chapter(made, "tiltak"), chapter(made, "neste-ar")):
        for text in texts(part):
            for sentence in re.split(r"(?<=[.:])\s", text):
                assert len(sentence.replace("\u00a0", "_").split()) <= 20, sentence


def test_accounts_that_nobody_writes_in_have_no_plan_without_targets() -> None:
    assert "neste-ar" not in [one.anchor for one in building.made("120").chapters]


@pytest.mark.parametrize(
    ("text", "said"), [("Vi har kartlagt.", "Den står først i dette kapitlet."), ("", "står ikke i")]
)
def test_the_equality_chapter_says_whether_the_account_of_the_work_is_in_it(text: str, said: str) -> None:
    made, _lacking = drafted("120", Draft({"likestilling": Text(text)}))
    assert said in " ".join(texts(chapter(made, "likestilling")))
