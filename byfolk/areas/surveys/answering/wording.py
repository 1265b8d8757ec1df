"""What is said when something is refused, and what the scripts of the pages say."""

from __future__ import annotations

from django.utils.translation import gettext as _

from byfolk.engines.questionnaires.ballots.handing_in import NotTaken
from byfolk.engines.questionnaires.ballots.issuing import NotIssued
from byfolk.engines.questionnaires.ballots.paper_codes import LENGTH


def not_issued(why: NotIssued) -> str:
    """Why no ballot was issued, and what to do."""
    said = {
        NotIssued.UNINVITED: _("Vi fant ikke undersøkelsen."),
        NotIssued.CLOSED: _("Undersøkelsen er ikke åpen nå. Det er for sent å hente stemmeseddel."),
        NotIssued.COLLECTED: _(
            "Du har hentet stemmeseddelen din før. Den ligger på enheten som du brukte da. Vi kan ikke gi deg en til."
        ),
        NotIssued.UNREADABLE: _("Vi kunne ikke stemple stemmeseddelen. Last siden på nytt, og prøv igjen."),
    }
    return said[why]


def not_taken(why: NotTaken) -> str:
    """Why a ballot was not taken, and what to do."""
    said = {
        NotTaken.FORGED: _("Stempelet på stemmeseddelen er ikke ekte. Svarene er ikke levert."),
        NotTaken.TRUNCATED: _("Stemmeseddelen er ikke hel. Svarene er ikke levert."),
        NotTaken.OTHER: _("Stemmeseddelen hører til en annen undersøkelse. Svarene er ikke levert."),
        NotTaken.CLOSED: _("Undersøkelsen er avsluttet. Svarene er ikke levert."),
        NotTaken.CHANGED: _("Svarene hører ikke til dette skjemaet. Last siden på nytt, og se over svarene."),
        NotTaken.ANSWERS: _("Noen av svarene kan ikke leveres slik de er. Se over dem, og prøv igjen."),
    }
    return said[why]


def misspelt_code(typed: str) -> str:
    """What to do about a code that is not written as it stands on the slip."""
    if not typed.strip():
        return _("Skriv koden som står på lappen.")
    return _(
        "Koden er ikke skrevet slik den står på lappen. Den har %(length)d tegn. Se etter om noe mangler, er feil "
        "eller har byttet plass."
    ) % {"length": LENGTH}


def unknown_code() -> str:
    """What to do about a code that opens nothing."""
    return _(
        "Ingen undersøkelse har denne koden nå. Den kan være avsluttet, eller lappen kan være byttet ut. Spør den som "
        "ga deg lappen."
    )


def for_collecting(*, on_paper: bool = False) -> dict[str, str]:
    """What the script of the promise says. `on_paper`: the ballot is a slip in a pile."""
    elsewhere = _(
        "Du har hentet stemmeseddelen din på en annen enhet. Fortsett der, eller bruk koden du skrev ned. Vi kan "
        "ikke gi deg en til."
    )
    paper = _("Stemmeseddelen din er en lapp med kode. Du trekker en hos lederen din, og svarer med koden.")
    return {
        "working": _("Henter stemmeseddelen …"),
        "offline": _("Ingen dekning akkurat nå. Prøv igjen når du er på nett. Ingenting er gått tapt."),
        "failed": _("Vi fikk ikke hentet stemmeseddelen. Prøv igjen om litt."),
        "unable": _("Denne nettleseren kan ikke lage en stemmeseddel. Bruk en annen telefon eller datamaskin."),
        "no_room": _(
            "Denne nettleseren kan ikke ta vare på stemmeseddelen. Du er kanskje i et privat vindu, eller det er fullt "
            "på enheten. Bruk et vanlig vindu eller en annen enhet. Ingenting er hentet."
        ),
        "others": _(
            "På denne enheten ligger det en stemmeseddel som en annen har hentet. Bruk en annen enhet, eller be den "
            "andre levere først."
        ),
        "elsewhere": paper if on_paper else elsewhere,
        "code_wrong": _("Koden er ikke helt riktig skrevet. Se over tegnene, og prøv igjen."),
        "code_of_other": _("Koden hører ikke til stemmeseddelen du har hentet i denne undersøkelsen."),
    }


def for_answering(title: str, last_day: str) -> dict[str, str]:
    """What the script of the questions says. {n} and {of} are put in by the script. `title`: of the survey."""
    return {
        "title": title,
        "place": _("{n} av {of}"),
        "skipped_none": _("{of} av {of} · Du har svart på alt"),
        "skipped_one": _("{of} av {of} · Du hoppet over ett spørsmål"),
        "skipped_more": _("{of} av {of} · Du hoppet over {n} spørsmål"),
        "later": _("Vent med å levere"),
        "now": _("Lever nå"),
        "choose": _("Velg når du vil levere."),
        "working": _("Leverer …"),
        "offline": _(
            "Ingen dekning akkurat nå. Svarene leveres når du er på nett igjen, eller når du åpner siden neste gang."
        ),
        "failed": _(
            "Vi fikk ikke levert. Svarene ligger trygt her. Prøv igjen om litt. Vi prøver også når du åpner siden "
            "neste gang."
        ),
        "already": _(
            "Denne stemmeseddelen ligger i urnen fra før. Det du leverte første gang, teller. Svarene du sendte nå, er "
            "ikke lagret."
        ),
        "written": _("Koden vises ikke igjen. Ta vare på den til du har levert."),
        "in_urn": _("Ligger i urnen"),
        "not_in_urn": _("Finnes ikke"),
        "required": _("Svar på dette spørsmålet."),
        "close": _("Lukk"),
        "code_is_for": _("Koden på stemmeseddelen din. Listen over alle koder kommer etter %(day)s.")
        % {"day": last_day},
        "picture": _("stemmeseddel"),
    }
