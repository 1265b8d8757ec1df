"""Loading the synthetic city into an empty database, as the owner, in one transaction, by COPY."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import polars as pl
from django.db import connections, transaction

from byfolk.demo.cast import CAST
from byfolk.demo.city import City, build
from byfolk.demo.copying import constraints_checked_after, copy_in, identities
from byfolk.demo.policy import load_policy_with_targets

Report = Callable[[str], None]
# The day that the invented city stands on: its data end the month before.
DAY = date(2026, 11, 22)
LEVELS = {"municipality": 0, "department": 1, "agency": 2, "division": 3, "section": 4, "workplace": 5}


@contextmanager
def timed(name: str, report: Report) -> Iterator[None]:
    """Tell how long a step took, in a form that the benchmark reads."""
    started = time.perf_counter()
    yield
    report(f"[{name}] {time.perf_counter() - started:.1f} s")


def is_loaded() -> bool:
    """Whether the database holds an organisation already: the demo is never loaded over it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select exists (select from organisation_unit)")
        return bool(cursor.fetchone()[0])


def load_city(*, employees: int, seed: int = 2026, today: date = DAY, report: Report) -> None:
    """Make the city and load it: organisation, people, employments, pay, absences, results of services, grants, policy,
    targets, and the cast's sign-ins.

    All or nothing: killed halfway, the database is as empty as before.
    """
    with timed("city", report):
        city = build(employees, seed)
    report(f"{city.employments['employee_number'].n_unique():,} people, {city.units['code'].n_unique():,} units")
    with timed("load", report), transaction.atomic(using="owner"):
        _Loading(city, today).run()
        load_policy_with_targets(city.targets, today, using="owner")
    with connections["owner"].cursor() as cursor:
        cursor.execute("analyze")


class _Loading:
    """One loading: keeps the numbers that the database gave to codes."""

    def __init__(self, city: City, today: date) -> None:
        self.city, self.today = city, today
        self.cursor = connections["owner"].cursor()

    def run(self) -> None:
        self._organisation()
        self._people()
        with constraints_checked_after(self.cursor, ("people_employment", "people_pay", "people_absence")):
            self._held()
        self._served()
        self._granted()
        self._present()

    def _organisation(self) -> None:
        placements = self.city.units.with_columns(
            pl.col("sector", "name_nn").fill_null(""),
            level=pl.col("kind").replace_strict(LEVELS, return_dtype=pl.Int16),
        )
        name = self.city.units.filter(pl.col("kind") == "municipality")["name"][-1]
        self.cursor.execute(
            "insert into organisation_municipality (id, name, demo, known_until) values (1, %s, true, %s)",
            [name, self.today],
        )
        latest = (
            placements.sort("valid_from")
            .group_by("code", maintain_order=True)
            .agg(
                pl.col("name", "name_nn", "level", "sector", "parent_code", "valid_to").last(),
                pl.col("valid_from").first(),
            )
        )
        self.unit = identities(self.cursor, "organisation_unit", latest["code"], "code")
        units = (
            latest.join(self.unit, on="code")
            .with_columns(valid=span())
            .join(self.unit.rename({"code": "parent_code", "id": "parent_id"}), on="parent_code", how="left")
        )
        columns = ["id", "code", "name", "name_nn", "level", "sector", "parent_id", "valid"]
        copy_in(self.cursor, "organisation_unit", units.select(columns))
        placed = (
            placements.join(self.unit.rename({"id": "unit_id"}), on="code")
            .with_columns(valid=span())
            .join(self.unit.rename({"code": "parent_code", "id": "parent_id"}), on="parent_code", how="left")
        )
        columns = ["unit_id", "parent_id", "name", "name_nn", "level", "valid"]
        copy_in(self.cursor, "organisation_placement", placed.select(columns))
        successions = self._with_unit(
            self._with_unit(self.city.successions, "from_code", "unit_id"), "to_code", "successor_id"
        )
        copy_in(self.cursor, "organisation_succession", successions.select("unit_id", "successor_id", "on"))

    def _people(self) -> None:
        rows = self.city.employments.sort("valid_from")
        people = rows.unique("employee_number", keep="last", maintain_order=True)
        self.person = identities(self.cursor, "people_person", people["employee_number"], "employee_number")
        people = people.join(self.person, on="employee_number").with_columns(
            pl.col("work_email", "work_phone").fill_null("")
        )
        columns = [
            "id",
            "employee_number",
            "given_name",
            "family_name",
            "birth_date",
            "gender",
            "protected",
            "work_email",
            "work_phone",
        ]
        copy_in(self.cursor, "people_person", people.select(columns))
        posts = rows.unique("position_number", keep="last", maintain_order=True)
        self.position = identities(self.cursor, "people_position", posts["position_number"], "number").rename(
            {"number": "position_number", "id": "position_id"}
        )
        posts = self._with_unit(posts.join(self.position, on="position_number"), "unit_code", "unit_id")
        copy_in(
            self.cursor,
            "people_position",
            posts.select(
                id="position_id",
                number="position_number",
                unit_id="unit_id",
                title="position_title",
                styrk="styrk",
                percentage=pl.lit(1000),
            ),
        )

    def _held(self) -> None:
        employments = self._placed(self.city.employments).with_columns(
            kind="employment_kind", end_reason=pl.col("end_reason").fill_null("")
        )
        columns = ["person_id", "position_id", "unit_id", "kind", "percentage", "main", "valid", "end_reason"]
        copy_in(self.cursor, "people_employment", self._with_unit(employments, "unit_code", "unit_id").select(columns))
        pay = self._where(self._placed(self.city.pay))
        copy_in(
            self.cursor,
            "people_pay",
            pay.select("person_id", "position_id", "unit_id", "annual_pay", "supplements", "valid"),
        )
        absences = self._where(self._placed(self.city.absences))
        copy_in(
            self.cursor,
            "people_absence",
            absences.select("person_id", "position_id", "unit_id", "kind", "grade", "valid"),
        )
        leaders = self._with_unit(self.city.leaders, "unit_code", "unit_id").join(
            self.person.rename({"id": "person_id"}), on="employee_number"
        )
        copy_in(
            self.cursor,
            "organisation_leadership",
            leaders.with_columns(valid=span()).select("unit_id", "person_id", "valid"),
        )

    def _served(self) -> None:
        hundredths = {
            name: (pl.col(name) * 100).round().cast(pl.Int64) for name in ("volume", "quality", "satisfaction")
        }
        results = self._with_unit(self.city.results, "unit_code", "unit_id").with_columns(
            valid=span(), quality_name=pl.col("quality_name").fill_null(""), volume_unit=pl.lit(""), **hundredths
        )
        copy_in(
            self.cursor,
            "services_result",
            results.drop("unit_code", "valid_from", "valid_to"),
        )

    def _granted(self) -> None:
        grants = self._with_unit(self.city.grants, "unit_code", "unit_id").join(
            self.person.rename({"id": "person_id"}), on="employee_number"
        )
        valid = pl.concat_str(pl.lit("["), pl.col("valid_from"), pl.lit(",)"))
        copy_in(
            self.cursor,
            "access_grant",
            grants.with_columns(valid=valid).select("person_id", "role", "unit_id", "valid"),
        )
        for persona in CAST.values():
            # No password: the cast sign in by the step-in page, which is open on this machine only.
            self.cursor.execute(
                """insert into access_user (username, email, password, is_active, date_joined, person_id)
                   select %s, '', '!', true, now(), (select id from people_person where employee_number = %s)""",
                [persona.employee_number or persona.key, persona.employee_number],
            )

    def _present(self) -> None:
        from byfolk.kernel.organisation.tree import rebuild_closure
        from byfolk.kernel.people.cards import refresh_cards

        rebuild_closure(using="owner")
        refresh_cards(self.today, using="owner")

    def _with_unit(self, frame: pl.DataFrame, code: str, name: str) -> pl.DataFrame:
        return frame.join(self.unit.rename({"code": code, "id": name}), on=code)

    def _placed(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with the database's numbers of person and post, and its dates as one range."""
        named = frame.join(self.person.rename({"id": "person_id"}), on="employee_number").join(
            self.position, on="position_number"
        )
        return named.with_columns(valid=span())

    def _where(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with the unit in which the person held the post when the row began."""
        held = self._placed(self.city.employments).select("person_id", "position_id", "unit_code", since="valid_from")
        found = frame.sort("valid_from").join_asof(
            held.sort("since"),
            left_on="valid_from",
            right_on="since",
            by=["person_id", "position_id"],
            strategy="backward",
            check_sortedness=False,
        )
        first = (
            held.sort("since").unique(["person_id", "position_id"], keep="first").rename({"unit_code": "first_code"})
        )
        found = found.join(first.drop("since"), on=["person_id", "position_id"], how="left")
        return self._with_unit(
            found.with_columns(unit_code=pl.coalesce("unit_code", "first_code")), "unit_code", "unit_id"
        )


def span() -> pl.Expr:
    """`valid_from` and `valid_to` as PostgreSQL writes a half-open range of dates."""
    end = pl.col("valid_to").cast(pl.String).fill_null("")
    return pl.concat_str(pl.lit("["), pl.col("valid_from"), pl.lit(","), end, pl.lit(")"))
