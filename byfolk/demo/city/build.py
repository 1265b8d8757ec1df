"""Build the synthetic city."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from byfolk.demo.cast import CAST, EMPLOYED
from byfolk.demo.city import absences as absence
from byfolk.demo.city.careers import OPEN, REASONS, People, Simulation
from byfolk.demo.city.employments import Rows, make_rows
from byfolk.demo.city.grants import grant_rows
from byfolk.demo.city.model import City
from byfolk.demo.city.names import given_and_family, with_contacts
from byfolk.demo.city.organisation import Grower, Organisation, nynorsk
from byfolk.demo.city.pay import PayScale, pay_rows
from byfolk.demo.city.posts import KINDS, Posts, day, make_posts
from byfolk.demo.city.reorganisation import Changes, reorganise
from byfolk.demo.city.services import service_rows
from byfolk.demo.city.sources import roles
from byfolk.demo.city.targets import target_rows

FIRST_NUMBER = 100_001


def build(
    employees: int = 50_000, seed: int = 2026, first: date = date(2023, 1, 1), last: date = date(2026, 10, 31)
) -> City:
    """The city of Fjordby with so many employed at any time, from `first` to and with `last`.

    The same arguments give the same city. Errors: ValueError below 300 employees."""
    if employees < 300:
        raise ValueError("the city needs at least 300 employees to hold the whole cast and its agencies")
    rng = np.random.default_rng(seed)
    tree = Grower(employees, rng).grow()
    changes = reorganise(tree, rng)
    posts = make_posts(tree, rng)
    for transfer in changes.transfers:
        if transfer.leads:
            # The leader comes with the staff: the new unit's own leading post is never held.
            posts.opens[transfer.target] = OPEN
    begin, stop = day(first), day(last + timedelta(days=1))
    people, tenures = Simulation(posts, first, last, rng).run()
    rows = make_rows(posts, people, tenures, changes, begin, stop, rng)
    scale = PayScale(rows, people, rng)
    pay = pay_rows(scale, first, last)
    unit_sector = np.array([posts.sectors.index(unit.sector) for unit in tree.units])
    spells = absence.make_absences(rows, people, unit_sector[rows.unit], posts.sectors, begin, stop, rng)
    unit_frame = _units(tree, changes)
    people_frame = _people(rows, people, rng)
    employments = _employments(rows, posts, tree, people_frame, pay)
    absences = _absences(spells, rows, people_frame)
    return City(
        first,
        last,
        seed,
        unit_frame,
        _successions(tree, changes),
        _leaders(rows, tree, people_frame),
        employments,
        _pay(pay, people_frame),
        absences,
        grant_rows(employments, unit_frame, last),
        target_rows(unit_frame),
        service_rows(unit_frame, employments, absences, first, last, seed),
    )


def _dates(days: np.ndarray) -> pl.Series:
    """Days since 1970 as dates, OPEN as null."""
    series = pl.Series(days.astype(np.int32))
    return series.set(series >= OPEN, None).cast(pl.Date)


def _text(prefix: int, numbers: np.ndarray) -> pl.Series:
    return pl.Series(numbers + prefix).cast(pl.String)


def _units(tree: Organisation, changes: Changes) -> pl.DataFrame:
    """One row a placement: a unit that is renamed or moved gets a new row from that day on."""
    by_unit: dict[int, list[tuple[date, str, str | int]]] = {}
    for unit, on, name in changes.renames:
        by_unit.setdefault(unit, []).append((on, "name", name))
    for unit, on, parent in changes.moves:
        by_unit.setdefault(unit, []).append((on, "parent", parent))
    table: list[tuple[str, str, str, str | None, str, int | None, date, date | None]] = []
    for index, each in enumerate(tree.units):
        name, name_nn, since = each.name, each.name_nn, each.opens
        above = each.parent
        for on, what, value in sorted(by_unit.get(index, ()), key=lambda change: change[0]):
            table.append((each.code, each.kind, name, name_nn, each.sector, above, since, on))
            since = on
            if what == "name":
                name, name_nn = str(value), nynorsk(str(value))
            else:
                above = int(value)
        table.append((each.code, each.kind, name, name_nn, each.sector, above, since, each.closes))
    codes = [unit.code for unit in tree.units]
    return pl.DataFrame(
        [(*row[:5], codes[row[5]] if row[5] is not None else None, *row[6:]) for row in table],
        schema={
            "code": pl.String,
            "kind": pl.String,
            "name": pl.String,
            "name_nn": pl.String,
            "sector": pl.String,
            "parent_code": pl.String,
            "valid_from": pl.Date,
            "valid_to": pl.Date,
        },
        orient="row",
    )


def _successions(tree: Organisation, changes: Changes) -> pl.DataFrame:
    return pl.DataFrame(
        [(tree.units[source].code, tree.units[target].code, on) for source, target, on in changes.successions],
        schema={"from_code": pl.String, "to_code": pl.String, "on": pl.Date},
        orient="row",
    )


def _people(rows: Rows, people: People, rng: np.random.Generator) -> pl.DataFrame:
    """The persons who have an employment row, with `person` as their index."""
    there, first_row = np.unique(rows.person, return_index=True)
    cast = people.cast[there]
    numbers = np.empty(len(there), dtype=np.int64)
    own = cast >= 0
    numbers[own] = [FIRST_NUMBER + position for position in cast[own]]
    numbers[~own] = FIRST_NUMBER + len(EMPLOYED) + rng.permutation(int((~own).sum()))
    woman = people.woman[there]
    birth_year = people.birth[there].astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    immigrant = rng.random(len(there)) < roles().immigrant[rows.role[first_row]]
    given, family = given_and_family(birth_year, woman, immigrant, rng)
    given[own] = [EMPLOYED[position].given_name for position in cast[own]]
    family[own] = [EMPLOYED[position].family_name for position in cast[own]]
    # Nobody else is called what one of the cast is called.
    taken = {persona.name for persona in CAST.values()}
    for index in np.flatnonzero([f"{a} {b}" in taken for a, b in zip(given, family, strict=True)] & ~own).tolist():
        family[index] = "Engen"
    frame = pl.DataFrame(
        {
            "person": there,
            "employee_number": pl.Series(numbers).cast(pl.String),
            "given_name": pl.Series(given.tolist(), dtype=pl.String),
            "family_name": pl.Series(family.tolist(), dtype=pl.String),
            "birth_date": _dates(people.birth[there]),
            "gender": pl.Series(woman).replace_strict({True: "K", False: "M"}, return_dtype=pl.String),
            "protected": (rng.random(len(there)) < 0.001) & ~own,
            "cast": cast,
        }
    )
    # The cast come first, so that their addresses carry no number.
    return with_contacts(frame.sort((pl.col("cast") < 0), "cast", "person")).sort("person")


def _employments(
    rows: Rows, posts: Posts, tree: Organisation, people: pl.DataFrame, pay: dict[str, np.ndarray]
) -> pl.DataFrame:
    table = roles()
    frame = pl.DataFrame(
        {
            "person": rows.person,
            "position": rows.position,
            "position_number": _text(2_000_000, rows.position),
            "position_title": pl.Series(table.titles).gather(rows.role),
            "styrk": pl.Series(table.styrk).gather(rows.role),
            "unit_code": pl.Series([unit.code for unit in tree.units]).gather(rows.unit),
            "employment_kind": pl.Series(KINDS).gather(rows.kind),
            "percentage": rows.percentage.astype(np.int32),
            "main": rows.main,
            "valid_from": _dates(rows.start),
            "valid_to": _dates(rows.end),
            "end_reason": pl.Series(REASONS, dtype=pl.String).gather(rows.reason),
        }
    )
    frame = frame.join(people, on="person", how="left", maintain_order="left")
    titles = {
        position: persona.title_nb
        for position, persona in enumerate(EMPLOYED)
        if persona.leads or persona.key in ("tor", "lise")
    }
    frame = frame.with_columns(
        position_title=pl.when(pl.col("cast").is_in(list(titles)))
        .then(pl.col("cast").replace_strict(titles, default=None, return_dtype=pl.String))
        .otherwise("position_title")
    )
    # The pay at the end of the row: the latest pay row of the post that began before the row ended.
    order = np.lexsort((pay["start"], pay["position"], pay["person"]))
    stride = np.int64(1 << 21)
    keys = (pay["person"][order] * stride + pay["position"][order]) * 65536 + pay["start"][order]
    asked = (rows.person * stride + rows.position) * 65536 + np.minimum(rows.end - 1, 65535)
    found = order[np.searchsorted(keys, asked, side="right") - 1]
    frame = frame.with_columns(
        annual_pay=pl.Series(pay["annual_pay"][found]), supplements=pl.Series(pay["supplements"][found])
    )
    return frame.select(
        "employee_number",
        "given_name",
        "family_name",
        "birth_date",
        "gender",
        "protected",
        "work_email",
        "work_phone",
        "position_number",
        "position_title",
        "styrk",
        "unit_code",
        "employment_kind",
        "percentage",
        "main",
        "valid_from",
        "valid_to",
        "end_reason",
        "annual_pay",
        "supplements",
    )


def _numbers(person: np.ndarray, people: pl.DataFrame) -> pl.Series:
    """The employee numbers of persons by index."""
    return people["employee_number"].gather(np.searchsorted(people["person"].to_numpy(), person))


def _pay(pay: dict[str, np.ndarray], people: pl.DataFrame) -> pl.DataFrame:
    order = np.lexsort((pay["start"], pay["position"], pay["person"]))
    return pl.DataFrame(
        {
            "employee_number": _numbers(pay["person"][order], people),
            "position_number": _text(2_000_000, pay["position"][order]),
            "valid_from": _dates(pay["start"][order]),
            "valid_to": _dates(pay["end"][order]),
            "annual_pay": pay["annual_pay"][order],
            "supplements": pay["supplements"][order],
        }
    )


def _absences(spells: absence.Spells, rows: Rows, people: pl.DataFrame) -> pl.DataFrame:
    order = np.lexsort((spells.row, spells.start))
    row = spells.row[order]
    return pl.DataFrame(
        {
            "employee_number": _numbers(rows.person[row], people),
            "position_number": _text(2_000_000, rows.position[row]),
            "kind": pl.Series(absence.KINDS).gather(spells.kind[order]),
            "valid_from": _dates(spells.start[order]),
            "valid_to": _dates(spells.end[order]),
            "grade": spells.grade[order].astype(np.int32),
        }
    )


def _leaders(rows: Rows, tree: Organisation, people: pl.DataFrame) -> pl.DataFrame:
    """Who holds the leading post of each unit, with rows that follow each other without a break joined."""
    index = np.flatnonzero(rows.leads & rows.main)
    index = index[np.lexsort((rows.start[index], rows.person[index], rows.unit[index]))]
    unit, person, start, end = rows.unit[index], rows.person[index], rows.start[index], rows.end[index]
    new = np.ones(len(index), dtype=bool)
    new[1:] = (unit[1:] != unit[:-1]) | (person[1:] != person[:-1]) | (start[1:] != end[:-1])
    heads = np.flatnonzero(new)
    tails = np.append(heads[1:], len(index)) - 1
    return pl.DataFrame(
        {
            "unit_code": pl.Series([each.code for each in tree.units]).gather(unit[heads]),
            "employee_number": _numbers(person[heads], people),
            "valid_from": _dates(start[heads]),
            "valid_to": _dates(end[tails]),
        }
    ).sort("unit_code", "valid_from")
