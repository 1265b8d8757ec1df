"""The named cast: the same people in the demo and in every test, so that a reader knows them.

All are invented. Their employee numbers and unit codes are the same in a city of any size and from any seed.
Who may see what of whom is what the access tests are about: Jonas never sees Ingrid's data, Solveig sees Jonas and not
Ingrid, Mette sees Amir's agency, Kari the figures of the whole city, Per the logs.
"""

from __future__ import annotations

from dataclasses import dataclass

ROOT_CODE = "1"
ORGANISATION_DEPARTMENT_CODE = "17"
CARE_AGENCY_CODE = "210"
NURSING_HOME_CODE = "2100001"
"""Bjerkelia sykehjem; its six sub-units are 2100002 to 2100007."""
NURSING_HOME_SUBUNIT_CODES = tuple(f"21000{number:02d}" for number in range(2, 8))


@dataclass(frozen=True)
class Persona:
    """One of the cast. `unit_code` is where the person works; `role` is the grant (None for those who have only their
    own data), and `role_unit_code` the unit that it covers with all below. `leads` is the unit that the person leads,
    which gives its own grant. `position_role` is a key of `roles.csv`, `percentage` permille of a full post."""

    key: str
    given_name: str
    family_name: str
    gender: str
    birth_year: int
    title_nb: str
    title_nn: str
    title_en: str
    unit_code: str | None
    employee_number: str | None
    position_role: str | None = None
    role: str | None = None
    role_unit_code: str | None = None
    leads: str | None = None
    percentage: int = 1000
    since: int = 2018

    @property
    def name(self) -> str:
        """Given name first, as people say it."""
        return f"{self.given_name} {self.family_name}"


_PEOPLE = (
    Persona(
        "kari",
        "Kari",
        "Nordahl",
        "K",
        1971,
        "HR-direktør",
        "HR-direktør",
        "HR director",
        ORGANISATION_DEPARTMENT_CODE,
        "100001",
        "hr_director",
        "hr_director",
        ROOT_CODE,
        since=2016,
    ),
    Persona(
        "amir",
        "Amir",
        "Rahimi",
        "M",
        1974,
        "Direktør for Omsorgsetaten",
        "Direktør for Omsorgsetaten",
        "Head of the care agency",
        CARE_AGENCY_CODE,
        "100002",
        "agency_head",
        leads=CARE_AGENCY_CODE,
        since=2019,
    ),
    Persona(
        "solveig",
        "Solveig",
        "Aas",
        "K",
        1976,
        "Leder av Bjerkelia sykehjem",
        "Leiar av Bjerkelia sjukeheim",
        "Head of Bjerkelia nursing home",
        NURSING_HOME_CODE,
        "100003",
        "nursing_home_head",
        leads=NURSING_HOME_CODE,
        since=2017,
    ),
    Persona(
        "jonas",
        "Jonas",
        "Haugen",
        "M",
        1993,
        "Helsefagarbeider",
        "Helsefagarbeidar",
        "Health worker",
        NURSING_HOME_SUBUNIT_CODES[0],
        "100004",
        "health_worker",
        percentage=800,
        since=2019,
    ),
    Persona(
        "ingrid",
        "Ingrid",
        "Lie",
        "K",
        1987,
        "Ingeniør",
        "Ingeniør",
        "Engineer",
        "515",
        "100005",
        "engineer",
        since=2015,
    ),
    Persona(
        "mette",
        "Mette",
        "Vik",
        "K",
        1980,
        "HR-rådgiver",
        "HR-rådgjevar",
        "HR adviser",
        CARE_AGENCY_CODE,
        "100006",
        "hr_adviser",
        "hr_adviser",
        CARE_AGENCY_CODE,
        since=2014,
    ),
    Persona(
        "tor",
        "Tor",
        "Bakke",
        "M",
        1969,
        "Hovedtillitsvalgt",
        "Hovudtillitsvald",
        "Union representative",
        CARE_AGENCY_CODE,
        "100007",
        "health_worker",
        "union_representative",
        CARE_AGENCY_CODE,
        since=2004,
    ),
    Persona(
        "lise",
        "Lise",
        "Moen",
        "K",
        1984,
        "Sykepleier og verneombud",
        "Sjukepleiar og verneombod",
        "Nurse and safety representative",
        NURSING_HOME_SUBUNIT_CODES[1],
        "100008",
        "nurse",
        "safety_representative",
        NURSING_HOME_CODE,
        since=2012,
    ),
    Persona(
        "per",
        "Per",
        "Dahl",
        "M",
        1966,
        "Revisor",
        "Revisor",
        "Auditor",
        "745",
        "100009",
        "auditor",
        "auditor",
        ROOT_CODE,
        since=2001,
    ),
    Persona(
        "nora",
        "Nora",
        "Strand",
        "K",
        1990,
        "Kommunikasjonsrådgiver",
        "Kommunikasjonsrådgjevar",
        "Communications adviser",
        "755",
        "100010",
        "communication_adviser",
        "communication",
        ROOT_CODE,
        since=2020,
    ),
    Persona(
        "anne",
        "Anne",
        "Solheim",
        "K",
        1978,
        "Systemansvarlig",
        "Systemansvarleg",
        "System administrator",
        ORGANISATION_DEPARTMENT_CODE,
        "100011",
        "system_analyst",
        "administrator",
        ROOT_CODE,
        since=2013,
    ),
    Persona("olav", "Olav", "Berg", "M", 1989, "Søker", "Søkjar", "Applicant", None, None),
)

CAST: dict[str, Persona] = {persona.key: persona for persona in _PEOPLE}
EMPLOYED: tuple[Persona, ...] = tuple(persona for persona in _PEOPLE if persona.employee_number)
