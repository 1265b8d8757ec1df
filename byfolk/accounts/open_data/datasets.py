"""The datasets: which there are, which files they consist of, and what stands in each column."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from byfolk.accounts.frozen import Published
from byfolk.accounts.open_data.editions import data_name
from byfolk.accounts.open_data.ground import Ground
from byfolk.engines.goals.document import walk
from byfolk.engines.indicators import registry

#: The EU's list of themes: government and public sector; population and society.
GOVERNMENT, SOCIETY = "GOVE", "SOCI"
EQUALITY_ACT = "https://lovdata.no/eli/lov/2017/06/16/51"


@dataclass(frozen=True)
class Column:
    """A column of a file. `type` is Frictionless': string, integer, number, date."""

    name: str
    type: str
    about: Promise
    required: bool = False
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resource:
    """A CSV file. `refers`: (column, name of another resource, its column)."""

    name: str
    title: Promise | str
    about: Promise
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...] = ()

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"


@dataclass(frozen=True)
class Dataset:
    """What one looks for in a catalogue. `first` and `last`: the days that it is about."""

    code: str
    title: Promise
    about: Promise
    resources: tuple[Resource, ...]
    themes: tuple[str, ...] = (GOVERNMENT,)
    keywords: tuple[Promise, ...] = ()
    law: tuple[str, ...] = ()
    changed: dt.datetime | dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    often: str = "MONTHLY"


UNITS = Resource(
    "enheter",
    _("Enhetene"),
    _("Kommunen, byrådsavdelingene og virksomhetene, også de som er lagt ned"),
    (
        Column("code", "string", _("Enhetens kode"), required=True),
        Column("name_nb", "string", _("Navn på bokmål"), required=True),
        Column("name_nn", "string", _("Navn på nynorsk, der enheten har det")),
        Column(
            "level", "string", _("Nivå"), required=True, allowed=("municipality", "department", "agency")
        ),
        Column("parent", "string", _("Koden til enheten over")),
        Column("opened", "date", _("Første dag")),
        Column("closed", "date", _("Dagen enheten ble lagt ned")),
    ),
    ("code",),
    (("parent", "", "code"),),
)  # fmt: skip
INDICATORS = Resource(
    "indikatorer",
    _("Indikatorene"),
    _("Hva hvert tall betyr, hva det er regnet ut av, og hvilke mål det måler"),
    (
        Column("code", "string", _("Indikatorens kode"), required=True),
        Column("number", "integer", _("Nummeret i indikatorlisten"), required=True),
        Column("version", "integer", _("Definisjonens versjon"), required=True),
        *(
            Column(f"title_{language}", "string", _("Navn på tallet"), required=True)
            for language in ("nb", "nn", "en")
        ),
        *(
            Column(f"definition_{language}", "string", _("Hva tallet betyr"), required=True)
            for language in ("nb", "nn", "en")
        ),
        Column("unit_of_measure", "string", _("Hva verdien måles i"), required=True),
        Column("decimals", "integer", _("Antall desimaler på sidene"), required=True),
        Column("better", "string", _("Hvilken vei som er bedre"), required=True, allowed=("up", "down", "neither")),
        Column("numerator_nb", "string", _("Det som telles"), required=True),
        Column("numerator_per", "integer", _("Telleren er lagret i så mange deler: del på dette"), required=True),
        Column("denominator_nb", "string", _("Det som det deles på")),
        Column("denominator_per", "integer", _("Nevneren er lagret i så mange deler: del på dette")),
        Column("smallest_group", "integer", _("Tallet vises ikke for færre personer enn dette"), required=True),
        Column("inputs_nb", "string", _("Registrene som tallet er regnet ut av, med semikolon mellom"), required=True),
        Column("source_nb", "string", _("Kilden"), required=True),
        Column("standard_nb", "string", _("Lov, avtale eller standard bak definisjonen"), required=True),
        Column("iso_30414", "string", _("Område i ISO 30414")),
        Column("goals", "string", _("Målene i personalpolitikken som tallet måler, med semikolon mellom")),
    ),
    ("code",),
)  # fmt: skip
POLICY = Resource(
    "personalpolitikk",
    _("Avsnittene"),
    _("Personalpolitikken avsnitt for avsnitt, i rekkefølge"),
    (
        Column("key", "string", _("Avsnittets faste navn, likt i alle versjoner"), required=True),
        Column("kind", "string", _("Hva avsnittet er"), required=True),
        Column("number", "string", _("Nummer, som 3.1")),
        Column("under", "string", _("Avsnittet over")),
        *(Column(f"title_{language}", "string", _("Avsnittet")) for language in ("nb", "nn", "en")),
        *(Column(f"text_{language}", "string", _("Forklaringen")) for language in ("nb", "nn", "en")),
        Column("indicators", "string", _("Tallene som målet måles med, med semikolon mellom")),
    ),
    ("key",),
    (("under", "", "key"),),
)  # fmt: skip
_FIGURES = (
    Column("indicator", "string", _("Indikatorens kode"), required=True),
    Column("unit", "string", _("Enhetens kode"), required=True),
    Column("parent", "string", _("Enheten over, slik organisasjonen var i perioden")),
    Column("hierarchy", "string", _("Alltid as_it_was: slik organisasjonen var"), True, ("as_it_was",)),
    Column("period", "string", _("2025-06: måneden. 2025: året. 2025-06/12: tolv måneder til og med juni"), True),
    Column("breakdown", "string", _("all, eller delen av en inndeling: kjønn, alder eller yrke"), required=True),
    Column("numerator", "integer", _("Teller; tom der tallet er skjult")),
    Column("denominator", "integer", _("Nevner; tom der tallet er skjult")),
    Column("value", "number", _("Verdien; tom der tallet er skjult, eller der det ikke var noe å dele på")),
    Column("n", "integer", _("Hvor mange personer tallet gjelder; tom der tallet er skjult")),
    Column("state", "string", _("published, eller hvorfor tallet ikke vises"), required=True),
    Column("definition", "string", _("Adressen til definisjonen"), required=True),
)  # fmt: skip


_ACCOUNTS = (
    Column("year", "integer", _("Året regnskapet gjelder"), True),
    Column("unit", "string", _("Enhetens kode"), True),
    Column("version", "integer", _("Regnskapets versjon"), True),
    Column("chapter", "string", _("Kapittelet tallet står i"), True),
    Column("indicator", "string", _("Indikatorens kode"), True),
    Column("title_nb", "string", _("Navn på tallet"), True),
    Column("measure_nb", "string", _("Hva verdien måles i")),
    Column("figure_year", "integer", _("Året tallet gjelder"), True),
    Column("value", "number", _("Verdien; tom der tallet er skjult, eller der det ikke var noe å dele på")),
    Column(
        "state", "string", _("published, eller hvorfor tallet ikke vises"), True,
        ("published", "hidden", "band", "none"),
    ),
    Column("text_nb", "string", _("Tallet eller grunnen, slik det står i regnskapet")),
    Column("target", "number", _("Målet for året, der det er satt")),
    Column("status", "string", _("Hvordan tallet står mot målet")),
    Column("source_nb", "string", _("Kilden")),
    Column("definition", "string", _("Adressen til definisjonen"), True),
)  # fmt: skip


def figures_of(year: int) -> Resource:
    """The file of a year's figures."""
    return Resource(
        f"tall-{year}",
        format_lazy(_("Tallene for {year}"), year=year),
        _(
            "Alle publiserte tall for kommunen, byrådsavdelingene og virksomhetene. Skjulte tall står uten tall, med "
            "grunnen."
        ),
        _FIGURES,
        ("indicator", "unit", "hierarchy", "period", "breakdown"),
        (("indicator", INDICATORS.name, "code"), ("unit", UNITS.name, "code"), ("parent", UNITS.name, "code")),
    )  # fmt: skip


def datasets(made_of: Ground) -> list[Dataset]:
    """What there is to take along, as far as anything has been published."""
    found = []
    if made_of.years:
        found.append(
            Dataset(
                "personaltall",
                _("Personaltall"),
                _(
                    "Årsverk, fravær, heltid, likestilling, lønn og ledelse i kommunen og virksomhetene, måned for "
                    "måned og år for år. Tall som kunne sagt noe om enkeltpersoner, er skjult."
                ),
                (*(figures_of(year) for year in made_of.years), INDICATORS, UNITS),
                themes=(GOVERNMENT, SOCIETY),
                keywords=(_("ansatte"), _("sykefravær"), _("heltid"), _("likestilling"), _("lønn")),
                law=(EQUALITY_ACT,),
                changed=made_of.published_at,
                first=dt.date(min(made_of.years), 1, 1),
                last=dt.date(max(made_of.years), 12, 31),
            )
        )
    if made_of.policy is not None:
        found.append(
            Dataset(
                "personalpolitikk",
                _("Personalpolitikken"),
                _(
                    "Personalpolitikken som gjelder: verdier, prinsipper, områder, mål og tiltak, og tallene målene "
                    "måles med."
                ),
                (POLICY,),
                keywords=(_("personalpolitikk"), _("mål"), _("tiltak")),
                changed=made_of.policy.adopted_on,
                first=made_of.policy.adopted_on,
                often="IRREG",
            )
        )  # fmt: skip
    return [*found, *_accounts(made_of)]


def accounts_of(one: Published) -> Resource:
    """The file of a frozen edition's figures."""
    return Resource(
        data_name(one.year, one.unit_code, one.version),
        format_lazy("{unit}, {year}", unit=one.unit_name, year=one.year),
        format_lazy(_("Tallene i det signerte regnskapet, versjon {version}"), version=one.version),
        _ACCOUNTS,
        ("chapter", "indicator", "title_nb", "figure_year"),
        (("unit", UNITS.name, "code"),),
    )


def _accounts(made_of: Ground) -> list[Dataset]:
    """A dataset for each year that has signed accounts."""
    by_year: dict[int, list[Published]] = {}
    for one in made_of.editions:
        by_year.setdefault(one.year, []).append(one)
    return [
        Dataset(
            f"personalregnskap-{year}",
            format_lazy(_("Personalregnskapet {year}"), year=year),
            _("Tallene i de signerte regnskapene, slik de ble frosset. De endres ikke."),
            tuple(accounts_of(one) for one in editions),
            themes=(GOVERNMENT, SOCIETY),
            keywords=(_("personalregnskap"), _("likestilling")),
            law=(EQUALITY_ACT,),
            changed=max(one.frozen_at for one in editions),
            first=dt.date(year, 1, 1),
            last=dt.date(year, 12, 31),
            often="ANNUAL",
        )
        for year, editions in by_year.items()
    ]


def resource(made_of: Ground, name: str) -> Resource | None:
    """The file with this name among the datasets of now; None where there is none."""
    return next((one for each in datasets(made_of) for one in each.resources if one.name == name), None)


def goals_of(made_of: Ground) -> dict[str, list[tuple[str, str]]]:
    """By indicator: (number, key) of the goals that it measures."""
    found: dict[str, list[tuple[str, str]]] = {one.code: [] for one in registry.indicators()}
    for placed in walk(made_of.document) if made_of.document else ():
        for code in placed.paragraph.indicators:
            if code in found:
                found[code].append((placed.number, placed.paragraph.key))
    return found
