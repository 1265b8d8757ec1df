"""Making instruments in the browser: from nothing to in use, from a file, and what two people write at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from byfolk.demo.cast import CARE_AGENCY_CODE
from byfolk.engines.questionnaires.instruments.changing import Part, seen
from byfolk.engines.questionnaires.instruments.content import Kind, Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion, State
from byfolk.kernel.organisation.models import Unit
from tests.areas.surveys.instruments import TOP, AsPersona, at, content_of, draft_of_everything, item_form, text_of
from tests.engines.questionnaires.instruments.instruments import EVERYTHING

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> InstrumentVersion:
    return draft_of_everything()


def test_an_instrument_is_built_from_nothing_put_in_use_and_never_changed_again(as_persona: AsPersona):
    mette = as_persona("mette")
    begun = mette.post(f"{TOP}nytt/", {
        "title_nb": "Nye på jobb", "title_en": "New at work", "kind": "arrival",
        "unit": str(Unit.objects.get(code=CARE_AGENCY_CODE).pk),
    })  # fmt: skip
    version = InstrumentVersion.objects.select_related("instrument").get(instrument__code="nye-pa-jobb")
    assert begun.url.startswith(at(version))

    mette.post(at(version, "legg-til", "skala"), {"label_nb": "Nei\nLitt\nJa", "label_en": "No\nA little\nYes"})
    mette.post(at(version, "legg-til", "del"), {"title_nb": "Den første tiden"})
    under = at(version, "legg-til", "sporsmal") + "?under=den-forste-tiden&slag="
    for number, text in enumerate(("Jeg ble tatt godt imot", "Jeg fikk en fadder"), start=1):
        made = mette.post(under + "scale", {"section": "den-forste-tiden", "text_nb": text, "scale": "ja"})
        assert made.status_code == 302, f"item {number}"
    mette.post(under + "multiple", {
        "section": "den-forste-tiden", "text_nb": "Hva fikk du?", "options_nb": "Nøkler\nUtstyr",
        "options_nn": "Nøklar",
    })  # fmt: skip
    codes = [item.code for item in content_of(version).items()]
    mette.post(at(version, "legg-til", "tema"), {
        "title_nb": "Mottakelsen", "items": codes[:2], "goals": ["like-muligheter"], "published": "on",
    })  # fmt: skip
    used = mette.post(at(version, "ta-i-bruk"), {"edition": InstrumentVersion.objects.get(pk=version.pk).edition})
    assert used.url.endswith("gjort=bruk")

    found = InstrumentVersion.objects.get(pk=version.pk)
    content = found.parsed
    assert found.state == State.IN_USE
    assert [(item.kind, item.text.nb) for item in content.items()] == [
        (Kind.SCALE, "Jeg ble tatt godt imot"), (Kind.SCALE, "Jeg fikk en fadder"), (Kind.MULTIPLE, "Hva fikk du?"),
    ]  # fmt: skip
    assert content.item(codes[2]).options[0].text == Texts("Nøkler", "Nøklar", "")
    assert content.factors[0].items == tuple(codes[:2])
    assert (content.factors[0].goals, content.factors[0].published) == (("like-muligheter",), True)
    assert mette.post(at(version, "del", "den-forste-tiden"), {"title_nb": "Nei"}).status_code == 404
    assert as_persona("jonas").get(at(version)).status_code == 200


def test_the_list_says_what_stands_how_and_which_languages_lack(as_persona: AsPersona, draft):
    words = text_of(as_persona("mette").get(TOP))

    assert "Slik har vi det på jobb" in words
    assert "Alt på ett sted" in words
    assert "nynorsk og engelsk" in words
    assert "Alt på ett sted" not in text_of(as_persona("jonas").get(TOP))
    assert "Lag et nytt skjema" not in text_of(as_persona("jonas").get(TOP))


@pytest.mark.parametrize(
    "path", ["", "employee-survey/1/", "employee-survey/1/forhandsvisning/?nr=5", "nytt/", "les-inn/"]
)
def test_a_page_asks_the_database_25_times_at_most(as_persona: AsPersona, path):
    kari = as_persona("kari")
    kari.get(TOP + path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert kari.get(TOP + path).status_code == 200
    assert len(queries) <= 25


@pytest.mark.parametrize("part", ["tema/clarity", "sporsmal/clear", "skala/agree", "del/work", "forside/front"])
def test_a_form_asks_the_database_25_times_at_most(as_persona: AsPersona, draft, part):
    kari = as_persona("kari")
    kari.get(at(draft, part))
    with CaptureQueriesContext(connection) as queries:
        assert kari.get(at(draft, part)).status_code == 200
    assert len(queries) <= 25


def test_a_form_is_opened_with_what_is_there_and_saved_as_it_stands_changes_nothing(as_persona: AsPersona, draft):
    mette = as_persona("mette")
    for part in ("sporsmal/clear", "sporsmal/had-talk", "sporsmal/parts", "sporsmal/hours", "sporsmal/more",
                 "tema/clarity", "skala/agree", "del/work", "forside/front"):  # fmt: skip
        page = mette.get(at(draft, part))
        form = page.context["form"]
        posted = {bound.html_name: bound.value() for bound in form}
        posted = {name: value for name, value in posted.items() if value is not None and value is not False}
        assert mette.post(at(draft, part), posted).status_code == 302, part

    assert content_of(draft) == EVERYTHING


def test_the_second_to_write_is_told_by_whom_and_keeps_what_they_wrote(as_persona: AsPersona, draft):
    mine = item_form(draft, "clear", text_nb="Min tekst")
    as_persona("mette").post(at(draft, "sporsmal", "clear"), item_form(draft, "clear", text_nb="Først ute"))

    kari = as_persona("kari")
    told = kari.post(at(draft, "sporsmal", "clear"), mine)

    words = text_of(told)
    assert "har endret det samme mens du skrev" in words
    assert "Først ute" in words
    assert "Min tekst" in told.content.decode()
    assert content_of(draft).item("clear").text.nb == "Først ute"
    mine["seen"] = told.context["form"]["seen"].value()
    assert kari.post(at(draft, "sporsmal", "clear"), mine).status_code == 302
    assert content_of(draft).item("clear").text.nb == "Min tekst"


def test_whoever_writes_what_somebody_took_out_is_told_and_may_put_it_back(as_persona: AsPersona, draft):
    mine = item_form(draft, "clear", text_nb="Min tekst")
    mette = as_persona("mette")
    mette.post(at(draft, "sporsmal", "clear", "ut"), {"seen": mine["seen"]})
    assert content_of(draft).item("clear") is None

    told = mette.post(at(draft, "sporsmal", "clear") + "?slag=scale", mine)

    assert "har tatt det ut mens du skrev" in text_of(told)
    mine["seen"] = told.context["form"]["seen"].value() or ""
    assert mette.post(at(draft, "sporsmal", "clear") + "?slag=scale", mine).status_code == 302
    assert content_of(draft).item("clear").text.nb == "Min tekst"


def test_what_was_changed_since_one_looked_is_not_put_in_use(as_persona: AsPersona, draft):
    mette = as_persona("mette")
    mette.post(at(draft, "sporsmal", "clear"), item_form(draft, "clear", text_nb="Nytt"))

    told = mette.post(at(draft, "ta-i-bruk"), {"edition": "1"})

    assert "Noen har endret utkastet" in text_of(told)
    assert InstrumentVersion.objects.get(pk=draft.pk).state == State.DRAFT


def test_taking_out_says_first_what_else_changes(as_persona: AsPersona, draft):
    mette = as_persona("mette")

    assert "Det tas også ut av «Klarhet»" in text_of(mette.get(at(draft, "sporsmal", "clear", "ut")))
    assert "«Hvilke dager?» vises alltid etterpå." in text_of(mette.get(at(draft, "sporsmal", "had-talk", "ut")))
    assert "9 spørsmål følger med ut." in text_of(mette.get(at(draft, "del", "work", "ut")))
    assert content_of(draft) == EVERYTHING


def test_a_scale_that_is_asked_with_is_not_taken_out(as_persona: AsPersona, draft):
    mette = as_persona("mette")
    mark = seen(EVERYTHING, Part.SCALE, "agree")

    told = mette.post(at(draft, "skala", "agree", "ut"), {"seen": mark})

    assert "Skalaen «agree» finnes ikke." in text_of(told)
    assert content_of(draft) == EVERYTHING


def test_an_item_is_not_moved_before_the_one_that_it_depends_on(as_persona: AsPersona, draft):
    told = as_persona("mette").post(at(draft, "sporsmal", "which-days", "flytt"), {"vei": "opp"})

    assert "som ikke er et tidligere spørsmål" in text_of(told)
    assert content_of(draft) == EVERYTHING


def test_an_item_is_moved(as_persona: AsPersona, draft):
    as_persona("mette").post(at(draft, "sporsmal", "calm", "flytt"), {"vei": "opp"})

    assert [item.code for item in content_of(draft).items()][:3] == ["clear", "calm", "unclear"]


def test_a_condition_is_chosen_in_two_steps_and_taken_away_in_one(as_persona: AsPersona, draft):
    mette = as_persona("mette")
    page = at(draft, "sporsmal", "more", "vilkar")
    assert "Nå vises det alltid." in text_of(mette.get(page))
    form = mette.get(f"{page}?av=clear").context["form"]
    assert [label for _value, label in form.fields["any_of"].choices][:2] == ["Trinn 1", "Trinn 2"]

    wrong = mette.post(f"{page}?av=clear", {"seen": form["seen"].value()})
    assert "Velg minst ett svar" in text_of(wrong)
    mette.post(f"{page}?av=clear", {"seen": form["seen"].value(), "any_of": ["1", "2"]})
    assert content_of(draft).item("more").shown_if.any_of == ("1", "2")
    words = text_of(mette.get(at(draft)))
    assert "Vises bare når svaret på «Jeg vet hva jeg skal gjøre» er «Trinn 1» eller «Trinn 2»." in words

    mette.post(page, {"seen": seen(content_of(draft), Part.ITEM, "more")})
    assert content_of(draft).item("more").shown_if is None


def test_a_condition_on_a_number_says_how_much_it_must_be_at_least(as_persona: AsPersona, draft):
    mette = as_persona("mette")
    page = at(draft, "sporsmal", "more", "vilkar") + "?av=hours"
    mark = seen(EVERYTHING, Part.ITEM, "more")

    assert mette.post(page, {"seen": mark, "at_least": "99"}).status_code == 200
    mette.post(page, {"seen": mark, "at_least": "12"})
    assert content_of(draft).item("more").shown_if.at_least == 12


def test_a_condition_on_a_later_item_is_not_there_to_choose(as_persona: AsPersona, draft):
    assert as_persona("mette").get(at(draft, "sporsmal", "clear", "vilkar") + "?av=more").status_code == 404


@pytest.mark.parametrize(
    ("part", "posted", "told"),
    [
        ("sporsmal/clear", {"text_nb": ""}, "Skriv teksten på bokmål"),
        ("sporsmal/clear", {"text_nb": "  \u00a0 "}, "Skriv teksten på bokmål"),
        ("sporsmal/clear", {"text_nb": "x" * 1_000_000}, "500 tegn"),
        ("sporsmal/clear", {"text_nb": "Ja", "scale": "none", "section": "work"}, "none"),
        ("sporsmal/had-talk", {"text_nb": "Ja", "section": "work", "options_nb": "A\n\nB"}, "tomme linjen"),
        ("sporsmal/had-talk", {"text_nb": "Ja", "options_nb": "A", "options_nn": "A\nB"}, "flere linjer"),
        ("sporsmal/hours", {"text_nb": "Ja", "section": "work", "smallest": "mange"}, "Skriv et helt tall"),
        ("sporsmal/hours", {"text_nb": "Ja", "smallest": "9", "largest": "1"}, "større enn det minste"),
        ("sporsmal/more", {"text_nb": "Ja", "section": "work", "longest": "99999"}, "4000"),
        ("skala/agree", {"label_nb": "Bare ett"}, "Skriv fra 2 til 11 linjer"),
        ("tema/clarity", {"title_nb": "T", "items": ["clear"], "reversed": ["calm"]}, "hører til temaet"),
        ("tema/clarity", {"title_nb": "T", "items": ["none"]}, "none"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_at_the_field_and_nothing_is_changed(
    as_persona: AsPersona, draft, part, posted, told
):
    kind, _slash, code = part.partition("/")
    mark = seen(EVERYTHING, {"sporsmal": Part.ITEM, "skala": Part.SCALE, "tema": Part.FACTOR}[kind], code)

    answer = as_persona("mette").post(at(draft, part), {"seen": mark, **posted})

    assert answer.status_code == 200
    assert told in text_of(answer)
    assert content_of(draft) == EVERYTHING


def test_script_in_a_text_is_shown_as_text_on_every_page(as_persona: AsPersona, draft):
    mette = as_persona("mette")
    bad = '<script>alert("x")</script>'
    mette.post(at(draft, "sporsmal", "clear"), item_form(draft, "clear", text_nb=bad))
    assert content_of(draft).item("clear").text.nb == bad

    for page in (at(draft), at(draft, "forhandsvisning"), at(draft, "sporsmal", "clear"), at(draft, "tema", "clarity")):
        assert "<script>alert" not in mette.get(page).content.decode(), page


@pytest.mark.parametrize("number", range(1, 10))
@pytest.mark.parametrize("spoken", ["nb", "en"])
def test_every_kind_of_item_is_shown_as_on_a_phone_in_any_language(as_persona: AsPersona, draft, number, spoken):
    answer = as_persona("mette").get(at(draft, "forhandsvisning"), {"nr": number, "sprak": spoken})

    words = text_of(answer)
    assert list(EVERYTHING.items())[number - 1].text.nb in words
    assert (f"{number} of 9" if spoken == "en" else f"{number} av 9") in words


@pytest.mark.parametrize("query", ["nr=0", "nr=999", "nr=x", "nr=-1", "nr=٣", "sprak=fr", "nr=" + "9" * 5000])
def test_a_preview_of_what_is_not_there_is_the_nearest_that_is(as_persona: AsPersona, draft, query):
    assert as_persona("mette").get(at(draft, "forhandsvisning") + "?" + query).status_code == 200


def test_a_copy_is_a_draft_of_ones_own(as_persona: AsPersona):
    care = str(Unit.objects.get(code=CARE_AGENCY_CODE).pk)
    mette = as_persona("mette")
    assert "Puls: fem raske, kopi" in mette.get(f"{TOP}pulse/1/kopi/").content.decode()

    mette.post(f"{TOP}pulse/1/kopi/", {"title_nb": "Vår puls", "kind": "pulse", "unit": care})

    made = InstrumentVersion.objects.get(instrument__code="var-puls")
    assert (made.state, len(list(made.parsed.items())), str(made.unit_id)) == (State.DRAFT, 5, care)


def test_a_new_version_begins_from_the_one_in_use_which_stays_until_the_new_one_is_put_in_use(as_persona: AsPersona):
    kari = as_persona("kari")
    kari.post(f"{TOP}pulse/1/ny-versjon/")
    assert kari.post(f"{TOP}pulse/1/ny-versjon/").url == f"{TOP}pulse/2/", "the second leads to the draft of the first"
    states = dict(InstrumentVersion.objects.filter(instrument__code="pulse").values_list("number", "state"))
    assert states == {1: State.IN_USE, 2: State.DRAFT}

    assert "Versjon 1 tas ut av bruk" in text_of(kari.get(f"{TOP}pulse/2/ta-i-bruk/"))
    kari.post(f"{TOP}pulse/2/ta-i-bruk/", {"edition": "1"})

    states = dict(InstrumentVersion.objects.filter(instrument__code="pulse").values_list("number", "state"))
    assert states == {1: State.RETIRED, 2: State.IN_USE}


def test_what_asks_nothing_yet_cannot_be_put_in_use_and_says_why(as_persona: AsPersona):
    mette = as_persona("mette")
    care = str(Unit.objects.get(code=CARE_AGENCY_CODE).pk)
    mette.post(f"{TOP}nytt/", {"title_nb": "Tomt", "kind": "pulse", "unit": care})

    assert "Skjemaet har ingen spørsmål." in text_of(mette.get(f"{TOP}tomt/1/ta-i-bruk/"))
    told = mette.post(f"{TOP}tomt/1/ta-i-bruk/", {"edition": "1"})
    assert "Skjemaet kan ikke tas i bruk ennå." in text_of(told)
    assert "Ingen spørsmål ennå" in text_of(mette.get(f"{TOP}tomt/1/forhandsvisning/"))


@pytest.mark.parametrize("language", ["nn", "en"])
def test_the_pages_are_there_in_the_other_languages(as_persona: AsPersona, draft, language):
    mette = as_persona("mette")
    mette.cookies["django_language"] = language

    for page in (TOP, at(draft), at(draft, "sporsmal", "clear"), at(draft, "forhandsvisning"), f"{TOP}nytt/"):
        assert f'lang="{language}"' in mette.get(page).content.decode()
