"""A policy as Markdown: nothing is lost either way, and a bad file is refused whole, with the line and the reason."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from byfolk.demo.policy import DATA
from byfolk.engines.goals import markdown
from byfolk.engines.goals.document import Document, count, unknown_figures, untranslated
from byfolk.engines.goals.markdown import NotAPolicy, read, write
from byfolk.engines.indicators import registry
from tests.engines.goals.policies import FIGURES, documents

HEAD = "# En plan\n## Område: Kultur {#kultur}\n"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_export_import_export_is_the_same_to_the_last_sign(document: Document) -> None:
    written = write(document)

    back = read(written.encode(), figures=FIGURES)

    assert back == document
    assert write(back) == written


def test_the_demo_policy_is_written_as_export_writes_it() -> None:
    content = (DATA / "policy.md").read_bytes()

    document = read(content, figures={one.code for one in registry.indicators()})

    assert write(document).encode() == content
    assert [count(document, kind) for kind in ("area", "goal")] == [6, 14]
    assert count(document, "measure") >= 85
    assert untranslated(document) == []
    assert unknown_figures(document, FIGURES)


def test_a_file_from_another_machine_reads_the_same() -> None:
    plain = HEAD + "### Mål: Åpen {#apen}\n- Et tiltak {#ett}\n"

    assert read(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode(), figures=()) == read(plain.encode(), figures=())


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (HEAD + "## Område: Ledelse {#kultur}\n", 3, "brukt før, i linje 2"),
        (HEAD + "### Mål: Et mål {#m}\ntall: no_such_figure\n", 4, "no_such_figure"),
        (HEAD + "### Mål: Et mål {#m}\ntall: sick_leave, sick_leave\n", 4, "to ganger"),
        (HEAD + "tall: sick_leave\n", 3, "bare til mål"),
        ("# En plan\n### Mål: Et mål {#m}\n", 2, "under et område"),
        ("# En plan\n- Et tiltak {#t}\n", 2, "ikke under noe mål"),
        (HEAD + "- Et tiltak uten mål {#t}\n", 3, "ikke under noe mål"),
        (HEAD + "### Mål: Et mål {#m}\n- Et tiltak uten id\n", 4, "mangler tekst eller id"),
        (HEAD + "### Mål: Et mål {#Stor Id}\n", 3, "ikke kjent"),
        (HEAD + "### Mål: Et mål {#Stor}\n", 3, "små bokstaver"),
        (HEAD + "## Noe annet\n", 3, "ikke kjent"),
        (HEAD + "Bare en setning.\n", 3, "ikke forstått"),
        (HEAD + "nn: A\nnn: B\n", 4, "to ganger"),
        (HEAD + "\n| en linje til\n", 4, "ingen tekst går foran"),
        ("# En plan\nkort: Plan\n", 2, "bare til områder og mål"),
        ("# En plan\n# Enda en\n", 2, "én tittel"),
        ("## Verdier\n", 1, "ingen tittel"),
        ("", 1, "ingen tittel"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(content: str, line: int, reason: str) -> None:
    with pytest.raises(NotAPolicy) as refused:
        read(content.encode(), figures=("sick_leave",))

    assert refused.value.faults[0].line == line
    assert reason in refused.value.faults[0].reason


def test_a_file_of_ten_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(NotAPolicy, match="over 2 MB"):
        read(b"x" * 10_000_000, figures=())


def test_a_line_that_is_not_utf_8_is_named() -> None:
    with pytest.raises(NotAPolicy) as refused:
        read("# En plan\n\n## Område: ".encode() + b"\xf8\n", figures=())

    assert refused.value.faults[0].line == 3


def test_no_more_faults_are_told_of_than_anyone_would_read() -> None:
    with pytest.raises(NotAPolicy) as refused:
        read(("# En plan\n" + "tull\n" * 500).encode(), figures=())

    assert len(refused.value.faults) == markdown.TOLD_AT_MOST
