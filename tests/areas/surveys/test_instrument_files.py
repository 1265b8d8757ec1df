"""Instruments from files: shown first, told line by line what is wrong, read again when they come back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.engines.questionnaires.instruments.writing import as_yaml
from tests.areas.surveys.instruments import TOP, AsPersona, at, content_of, draft_of_everything, item_form, text_of
from tests.engines.questionnaires.instruments.instruments import EVERYTHING

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> InstrumentVersion:
    return draft_of_everything()


def upload(client: Client, content: str | bytes) -> Any:
    file = SimpleUploadedFile("skjema.yaml", content.encode() if isinstance(content, str) else content)
    unit = client.get(f"{TOP}les-inn/").context["form"].fields["unit"].choices[0][0]
    return client.post(f"{TOP}les-inn/", {"file": file, "unit": unit})


def agree_to(client: Client, shown: Any) -> Any:
    given = {name: shown.context[name] for name in ("unit", "edition") if shown.context.get(name)}
    return client.post(f"{TOP}les-inn/lag/", given | {"content": shown.context["file"]})


def test_a_file_is_shown_before_it_becomes_an_instrument(as_persona: AsPersona):
    mette = as_persona("mette")
    shown = upload(mette, as_yaml("from-a-file", "users", EVERYTHING))

    words = text_of(shown)
    assert "Det blir et nytt skjema, som et utkast." in words
    assert "Jeg har ro til å gjøre det" in words
    assert not InstrumentVersion.objects.filter(instrument__code="from-a-file").exists()

    assert agree_to(mette, shown).status_code == 302
    made = InstrumentVersion.objects.get(instrument__code="from-a-file")
    assert made.parsed == EVERYTHING
    exported = mette.get(f"{TOP}from-a-file/1/fil/").content.decode()
    assert exported == as_yaml("from-a-file", "users", EVERYTHING)
    assert "Det er ingenting å lese inn" in text_of(upload(mette, exported))


def test_a_file_takes_the_place_of_the_draft_unless_somebody_changed_it_meanwhile(as_persona: AsPersona, draft):
    mette = as_persona("mette")
    file = as_yaml("theirs", "pulse", EVERYTHING).replace("Alt på ett sted", "Alt på nytt")
    shown = upload(mette, file)
    assert "Utkastet til versjon 1 blir byttet ut" in text_of(shown)

    mette.post(at(draft, "sporsmal", "clear"), item_form(draft, "clear", text_nb="Nytt"))
    again = agree_to(mette, shown)
    assert again.status_code == 200
    assert content_of(draft).title.nb == "Alt på ett sted"
    assert agree_to(mette, again).status_code == 302
    assert content_of(draft).title.nb == "Alt på nytt"


def test_a_file_with_the_code_of_what_is_in_use_becomes_its_next_draft_for_those_who_build_it(as_persona: AsPersona):
    file = as_yaml("pulse", "pulse", EVERYTHING)

    assert "som du ikke kan endre" in text_of(upload(as_persona("mette"), file))
    kari = as_persona("kari")
    shown = upload(kari, file)
    assert "Det blir et utkast til versjon 2." in text_of(shown)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("code: a\nkind: pulse\ntitle: {nb: A}\nsections:\n- {code: x}\n- {code: x, title: {nb: X}}\n", "Linje 6"),
        ("a: &a [x, x]\nb: [*a, *a]\n", "Linje 1: Henvisninger med & og *"),
        ("x" * 1_000_000, "over 500 kB"),
        ("code: [", "Linje 1"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("code: a\nkind: pulse\ntitle: 7\n", "Linje 3, title: Skriv teksten under nb, nn og en."),
    ],
)
def test_a_file_that_is_wrong_is_told_line_by_line_and_nothing_is_made(as_persona: AsPersona, file, told):
    before = InstrumentVersion.objects.count()

    answer = upload(as_persona("mette"), file)

    assert told in text_of(answer)
    assert InstrumentVersion.objects.count() == before


def test_a_file_that_was_changed_on_its_way_through_the_form_is_read_again(as_persona: AsPersona):
    mette = as_persona("mette")

    answer = mette.post(f"{TOP}les-inn/lag/", {"content": "code: a\nkind: nothing", "unit": "1"})

    assert "Linje 2, kind" in text_of(answer)
