"""Roles besides leaders': the cast's, and in every agency an HR adviser, a union and a safety representative."""

from __future__ import annotations

from datetime import date

import polars as pl

from byfolk.demo.cast import EMPLOYED, ROOT_CODE

_PREFERRED = {
    "hr_adviser": ["HR-rådgiver", "Rådgiver", "Spesialrådgiver", "Controller", "Konsulent"],
    "union_representative": [],
    "safety_representative": [],
    "recruiter": ["HR-rådgiver"],
}
"""Titles to be asked first, in order."""


def grant_rows(employments: pl.DataFrame, units: pl.DataFrame, on: date) -> pl.DataFrame:
    """employee_number, role, unit_code, valid_from. Who holds them has worked in the agency since before the grant."""
    rows = [
        (persona.employee_number, persona.role, persona.role_unit_code, date(max(persona.since, 2020), 9, 1))
        for persona in EMPLOYED
        if persona.role
    ]
    taken = {persona.employee_number for persona in EMPLOYED}
    covered = {(persona.role, persona.role_unit_code) for persona in EMPLOYED if persona.role}
    today = units.filter(pl.col("valid_to").is_null() | (pl.col("valid_to") > on))
    agencies = today.filter(pl.col("kind") == "agency")["code"].to_list()
    agency = _agency_of(today)
    staff = (
        employments.filter(
            (pl.col("valid_from") <= on),
            (pl.col("valid_to").is_null() | (pl.col("valid_to") > on)),
            pl.col("main"),
            ~pl.col("protected"),
            pl.col("employment_kind") == "permanent",
        )
        .with_columns(agency=pl.col("unit_code").replace_strict(agency, default=None, return_dtype=pl.String))
        .sort("employee_number")
    )
    groups = {key[0]: frame for key, frame in staff.group_by("agency", maintain_order=True)}
    for code in agencies:
        group = groups.get(code)
        if group is None:
            continue
        wanted = ["hr_adviser", "union_representative", "safety_representative"] + (
            ["recruiter"] if group.height > 400 else []
        )
        for role in wanted:
            if (role, code) in covered:
                continue
            found = _choose(group, _PREFERRED[role], taken)
            if found is not None:
                taken.add(found[0])
                rows.append((found[0], role, code, found[1]))
    administrator = _choose(groups[_administration(groups)], ["Rådgiver", "IKT-tekniker"], taken)
    if administrator is not None:
        rows.append((administrator[0], "administrator", ROOT_CODE, administrator[1]))
    return pl.DataFrame(
        rows,
        schema={"employee_number": pl.String, "role": pl.String, "unit_code": pl.String, "valid_from": pl.Date},
        orient="row",
    )


def _administration(groups: dict[str, pl.DataFrame]) -> str:
    return "710" if "710" in groups else next(iter(groups))


def _agency_of(today: pl.DataFrame) -> dict[str, str]:
    """The agency that each unit is or lies in, by today's tree."""
    parents = dict(zip(today["code"], today["parent_code"], strict=True))
    kinds = dict(zip(today["code"], today["kind"], strict=True))
    result = {}
    for code in parents:
        above: str | None = code
        while above is not None and kinds.get(above) != "agency":
            above = parents.get(above)
        if above is not None:
            result[code] = above
    return result


def _choose(group: pl.DataFrame, titles: list[str], taken: set[str | None]) -> tuple[str, date] | None:
    """The first who is free, by preferred title; the grant is from a year after the employment, or its start."""
    order = {title: place for place, title in enumerate(titles)}
    best = None
    for number, title, since in zip(
        group["employee_number"], group["position_title"], group["valid_from"], strict=True
    ):
        if number in taken:
            continue
        rank = order.get(title, len(order))
        if best is None or rank < best[0]:
            best = (rank, number, since)
        if rank == 0:
            break
    return (best[1], best[2]) if best else None
