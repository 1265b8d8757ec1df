"""The city as the files of a payroll system: semicolons, decimal commas, Norwegian dates and headings, UTF-8 with BOM.

Last dates are the last day that counts, as such systems write them. What such a system does not know (targets, grants,
nynorsk names) is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from byfolk.demo.city.model import City
from byfolk.lib.tables.writing import Sheet, write_csv, write_xlsx

_LEVELS = {
    "municipality": "Kommune",
    "department": "Byrådsavdeling",
    "agency": "Virksomhet",
    "division": "Avdeling",
    "section": "Seksjon",
    "workplace": "Tjenestested",
}
_KINDS = {"permanent": "Fast", "temporary": "Midlertidig", "substitute": "Vikar", "apprentice": "Lærling"}
_REASONS = {
    "resigned": "Sa opp",
    "pension_old_age": "Alderspensjon",
    "pension_afp": "AFP",
    "pension_disability": "Uførepensjon",
    "term_ended": "Perioden var over",
    "moved_agency": "Byttet virksomhet",
    "reorganised": "Omorganisering",
    "dismissed": "Oppsagt",
}
_ABSENCES = {
    "self_certified": "Egenmelding",
    "certified": "Sykmelding",
    "parental": "Foreldrepermisjon",
    "child_sick": "Sykt barn",
    "other": "Annet fravær",
}
_SERVICES = {
    "school": "Grunnskole",
    "upper_school": "Videregående skole",
    "kindergarten": "Barnehage",
    "nursing_home": "Sykehjem",
    "home_care": "Hjemmetjeneste",
    "child_welfare": "Barnevern",
    "health_station": "Helsestasjon",
    "waste": "Avfall",
}
RESULT_HEADS = {
    "unit_code": "Enhetskode",
    "service": "Tjeneste",
    "valid_from": "Fra og med",
    "valid_to": "Til og med",
    "cost_budget": "Budsjett",
    "cost_accounts": "Regnskap",
    "volume": "Volum",
    "quality": "Kvalitet",
    "quality_name": "Hva kvaliteten er målt med",
    "satisfaction": "Brukertilfredshet",
    "respondents": "Antall svar",
}
EMPLOYMENT_HEADS = {
    "employee_number": "Ansattnummer",
    "given_name": "Fornavn",
    "family_name": "Etternavn",
    "birth_date": "Fødselsdato",
    "gender": "Kjønn",
    "protected": "Hemmelig adresse",
    "work_email": "E-post",
    "work_phone": "Telefon",
    "position_number": "Stillingsnummer",
    "position_title": "Stillingstittel",
    "styrk": "STYRK-08",
    "unit_code": "Enhetskode",
    "employment_kind": "Ansettelsesform",
    "percentage": "Stillingsprosent",
    "main": "Hovedstilling",
    "valid_from": "Ansatt fra",
    "valid_to": "Ansatt til",
    "end_reason": "Sluttårsak",
    "annual_pay": "Årslønn",
    "supplements": "Tillegg",
}


def write_files(city: City, folder: Path, spreadsheets: Sequence[str] = ("units",)) -> list[Path]:
    """Write units.csv, leaders.csv, employments.csv (with the yearly pay at the end of each row), absences.csv
    and service-results.csv.

    `folder` is made if need be. Those named in `spreadsheets` are written as XLSX too. Answers the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, frame in import_tables(city).items():
        path = folder / f"{name}.csv"
        write_csv(path, frame)
        paths.append(path)
        if name in spreadsheets:
            path = folder / f"{name}.xlsx"
            write_xlsx(path, Sheet(name, frame))
            paths.append(path)
    return paths


def import_tables(city: City) -> dict[str, pl.DataFrame]:
    """The tables of the files, by name, with Norwegian headings and values."""
    return {
        "units": _units(city),
        "leaders": _renamed(
            city.leaders,
            {
                "unit_code": "Enhetskode",
                "employee_number": "Ansattnummer",
                "valid_from": "Gjelder fra",
                "valid_to": "Gjelder til",
            },
        ),
        "employments": employment_table(city.employments),
        "absences": absence_table(city.absences),
        "service-results": _renamed(
            city.results.with_columns(
                pl.col("service").replace_strict(_SERVICES), pl.col("cost_budget", "cost_accounts") / 100
            ),
            RESULT_HEADS,
        ),
    }


def absence_table(absences: pl.DataFrame) -> pl.DataFrame:
    """Absences with Norwegian headings and values, grades in per cent."""
    heads = {
        "employee_number": "Ansattnummer",
        "position_number": "Stillingsnummer",
        "kind": "Fraværstype",
        "valid_from": "Første fraværsdag",
        "valid_to": "Siste fraværsdag",
        "grade": "Fraværsgrad",
    }
    return _renamed(absences.with_columns(pl.col("kind").replace_strict(_ABSENCES), _percent("grade")), heads)


def employment_table(employments: pl.DataFrame) -> pl.DataFrame:
    """Employments with Norwegian headings and values, percentages in per cent and money in kroner."""
    table = employments.with_columns(
        pl.col("gender").replace_strict({"K": "Kvinne", "M": "Mann"}),
        pl.col("employment_kind").replace_strict(_KINDS),
        pl.col("end_reason").replace_strict(_REASONS, default=None, return_dtype=pl.String),
        _percent("percentage"),
        pl.col("annual_pay", "supplements") / 100,
    )
    return _renamed(table, EMPLOYMENT_HEADS)


def _units(city: City) -> pl.DataFrame:
    """Units with what succeeded them: the main successor, for the form has room for one."""
    successor = city.successions.unique("from_code", keep="first", maintain_order=True)
    heads = {
        "code": "Enhetskode",
        "kind": "Nivå",
        "name": "Navn",
        "name_nn": "Navn på nynorsk",
        "sector": "Sektor",
        "parent_code": "Overordnet enhet",
        "valid_from": "Gjelder fra",
        "valid_to": "Gjelder til",
        "to_code": "Videreført i",
    }
    table = city.units.join(
        successor, left_on=["code", "valid_to"], right_on=["from_code", "on"], how="left", maintain_order="left"
    )
    return _renamed(table.with_columns(pl.col("kind").replace_strict(_LEVELS)), heads)


def _percent(name: str) -> pl.Expr:
    return (pl.col(name) / 10).alias(name)


def _renamed(frame: pl.DataFrame, heads: dict[str, str]) -> pl.DataFrame:
    """The columns of `heads` under their headings; the last day instead of the first day after."""
    if "valid_to" in heads:
        frame = frame.with_columns(pl.col("valid_to").dt.offset_by("-1d"))
    return frame.select(pl.col(name).alias(head) for name, head in heads.items())
