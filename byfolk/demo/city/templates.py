"""How each sort of agency is built: branches of divisions, sections and workplaces, and who works there.

In a name `{new}` draws a new place name, `{place}` is the place of the level above, `{n}` counts. A mix is a list of (role, weight).
"""

from __future__ import annotations

from dataclasses import dataclass

Mix = tuple[tuple[str, float], ...]


def _mix(text: str) -> Mix:
    return tuple((role, float(weight)) for role, weight in (part.split(":") for part in text.split()))


MIXES: dict[str, Mix] = {
    "office": _mix(
        "adviser:34 senior_adviser:12 case_handler:16 clerk:12 hr_adviser:6 controller:8 communication_adviser:4 lawyer:4 archivist:4"
    ),
    "staff": _mix(
        "adviser:24 senior_adviser:8 hr_adviser:20 controller:18 clerk:14 payroll_officer:4 lawyer:5 communication_adviser:4 archivist:3"
    ),
    "school_office": _mix("clerk:60 caretaker:25 adviser:15"),
    "school": _mix("teacher:72 special_teacher:7 school_assistant:9 child_worker:7 social_educator:5"),
    "after_school": _mix("after_school_assistant:62 child_worker:34 school_assistant:4"),
    "upper_school": _mix(
        "senior_teacher:55 vocational_teacher:28 special_teacher:5 social_educator:7 school_assistant:5"
    ),
    "college": _mix("vocational_teacher:52 senior_teacher:16 adviser:24 clerk:8"),
    "guidance": _mix("special_teacher:58 psychologist:18 adviser:16 social_consultant:8"),
    "kindergarten": _mix(
        "kindergarten_teacher:20 kindergarten_lead:19 kindergarten_assistant:40 child_worker:19 special_teacher:2"
    ),
    "ward": _mix("nurse:27 health_worker:42 care_assistant:24 learning_disability_nurse:3 specialist_nurse:4"),
    "night": _mix("nurse:32 health_worker:56 care_assistant:12"),
    "kitchen": _mix("cook:30 kitchen_assistant:44 cleaner:22 caretaker:4"),
    "home_care": _mix(
        "nurse:27 health_worker:39 care_assistant:17 home_helper:12 specialist_nurse:3 occupational_therapist:2"
    ),
    "clinic": _mix("doctor:22 nurse:34 specialist_nurse:16 medical_secretary:20 health_worker:8"),
    "rehabilitation": _mix(
        "physiotherapist:24 occupational_therapist:20 nurse:20 health_worker:24 social_educator:8 medical_secretary:4"
    ),
    "health_station": _mix(
        "public_health_nurse:58 midwife:10 physiotherapist:8 medical_secretary:10 doctor:5 psychologist:9"
    ),
    "therapy": _mix("physiotherapist:46 occupational_therapist:44 health_worker:10"),
    "mental_health": _mix("social_educator:40 specialist_nurse:28 psychologist:10 social_worker_assistant:22"),
    "housing": _mix(
        "learning_disability_nurse:20 social_educator:18 health_worker:24 social_worker_assistant:20 care_assistant:18"
    ),
    "social": _mix("social_consultant:40 benefit_adviser:44 case_handler:16"),
    "child_welfare": _mix("child_welfare_consultant:66 social_consultant:16 lawyer:4 case_handler:14"),
    "child_home": _mix("child_welfare_consultant:24 social_educator:40 social_worker_assistant:36"),
    "youth": _mix("social_worker_assistant:52 social_educator:30 sports_worker:18"),
    "planning": _mix(
        "senior_engineer:26 engineer:14 planner:22 architect:14 landscape_architect:5 surveyor:7 case_handler:12"
    ),
    "water": _mix("engineer:30 senior_engineer:26 plumber:30 machine_operator:8 adviser:6"),
    "water_office": _mix("engineer:60 senior_engineer:40"),
    "roads": _mix("engineer:16 senior_engineer:14 machine_operator:20 gardener:18 handyman:20 driver:12"),
    "lights": _mix("electrician:60 engineer:20 handyman:20"),
    "waste": _mix("waste_worker:46 driver:30 handyman:14 adviser:10"),
    "fire": _mix("firefighter:82 chimney_sweep:8 engineer:10"),
    "harbour": _mix("handyman:34 engineer:22 senior_engineer:14 adviser:20 machine_operator:10"),
    "parking": _mix("warden:70 case_handler:30"),
    "cemetery": _mix("gardener:56 handyman:26 machine_operator:10 clerk:8"),
    "buildings": _mix("caretaker:34 cleaner:44 carpenter:7 electrician:7 engineer:8"),
    "property": _mix("case_handler:30 caretaker:26 engineer:14 adviser:30"),
    "warehouse": _mix("driver:34 handyman:40 occupational_therapist:14 clerk:12"),
    "library": _mix("librarian:54 library_assistant:38 adviser:8"),
    "museum": _mix("conservator:44 culture_adviser:32 library_assistant:24"),
    "music_school": _mix("music_teacher:90 clerk:10"),
    "sports": _mix("sports_worker:44 caretaker:38 culture_adviser:10 handyman:8"),
    "stage": _mix("stage_technician:46 culture_adviser:34 service_agent:20"),
    "it": _mix("developer:30 system_analyst:20 it_technician:26 it_support:16 adviser:8"),
    "finance": _mix("payroll_officer:40 accountant:46 controller:14"),
    "legal": _mix("lawyer:86 clerk:14"),
    "audit": _mix("auditor:84 adviser:16"),
    "service": _mix("service_agent:78 adviser:22"),
    "communication": _mix("communication_adviser:80 adviser:20"),
    "archive": _mix("archivist:78 clerk:22"),
    "internal": _mix("service_agent:36 cleaner:26 caretaker:18 kitchen_assistant:12 clerk:8"),
}


@dataclass(frozen=True)
class Leaf:
    """A sort of workplace: its name, mix and leader's role, and how common it is beside the others."""

    name: str
    mix: str
    head: str
    weight: float = 1.0


@dataclass(frozen=True)
class Branch:
    """A share of an agency: `divisions` names, one division for each `division_size` people; sections of `section_size` unless that is 0."""

    share: float
    sector: str
    divisions: tuple[str, ...]
    head: str
    mix: str
    leaves: tuple[Leaf, ...]
    leaf_size: int
    division_size: int = 100_000
    sections: tuple[str, ...] = ()
    section_size: int = 0
    section_head: str = "section_head"
    least: int = 0
    desk: str = "office"


@dataclass(frozen=True)
class Template:
    """A sort of agency."""

    sector: str
    head: str
    branches: tuple[Branch, ...]


def _leaf(name: str, mix: str, head: str, weight: float = 1.0) -> tuple[Leaf, ...]:
    return (Leaf(name, mix, head, weight),)


def _staff(share: float, name: str = "Stab og virksomhetsstyring") -> Branch:
    return Branch(
        share, "administration", (name,), "division_head", "staff", _leaf("Stabsteam {n}", "staff", "team_head"), 16
    )


def _simple(
    sector: str,
    mix: str,
    head: str,
    names: tuple[str, ...],
    leaf: str,
    size: int = 15,
    agency_head: str = "agency_head",
) -> Template:
    """Two or three divisions with teams, and a staff."""
    share = 0.88
    branch = Branch(share, sector, names, "division_head", mix, _leaf(leaf, mix, head), size, division_size=45)
    return Template(sector, agency_head, (branch, _staff(1 - share)))


_COMPASS = ("nord", "øst", "sør", "vest", "sentrum", "fjordsiden", "åsene", "øyene")

EDUCATION = Template(
    "school",
    "agency_head",
    (
        Branch(
            0.77,
            "school",
            tuple(f"Skoleområde {side}" for side in _COMPASS),
            "division_head",
            "school",
            (
                Leaf("Barnetrinnet {place}", "school", "deputy_principal", 1.25),
                Leaf("SFO {place}", "after_school", "after_school_head", 0.8),
                Leaf("Mellomtrinnet {place}", "school", "deputy_principal", 1.0),
                Leaf("Læringssenteret {place}", "school", "deputy_principal", 0.6),
                Leaf("Ungdomstrinnet {place}", "school", "deputy_principal", 1.0),
            ),
            25,
            division_size=1700,
            sections=("{new} skole",),
            section_size=104,
            section_head="principal",
            desk="school_office",
        ),
        Branch(
            0.19,
            "school",
            ("Videregående opplæring",),
            "division_head",
            "upper_school",
            (
                Leaf("Studieforberedende {place}", "upper_school", "deputy_principal", 1.2),
                Leaf("Yrkesfag {place}", "upper_school", "deputy_principal", 1.0),
                Leaf("Tilrettelagt opplæring {place}", "upper_school", "deputy_principal", 0.7),
            ),
            28,
            sections=("{new} videregående skole",),
            section_size=125,
            section_head="principal",
            desk="school_office",
        ),
        Branch(
            0.022,
            "administration",
            ("Læring og kvalitet",),
            "division_head",
            "office",
            _leaf("Fagteam {n}", "office", "team_head"),
            17,
        ),
        _staff(0.018),
    ),
)

WARDS = (
    Leaf("{place} 1. etasje", "ward", "ward_head"),
    Leaf("{place} 2. etasje", "ward", "ward_head"),
    Leaf("{place} 3. etasje", "ward", "ward_head"),
    Leaf("{place} skjermet enhet", "ward", "ward_head", 0.9),
    Leaf("{place} nattjeneste", "night", "ward_head", 0.7),
    Leaf("{place} kjøkken og renhold", "kitchen", "team_head", 0.6),
)

NURSING_HOMES = Template(
    "nursing_home",
    "agency_head",
    (
        Branch(
            0.955,
            "nursing_home",
            ("Sykehjemsområde øst", "Sykehjemsområde vest", "Sykehjemsområde nord", "Sykehjemsområde sør"),
            "division_head",
            "ward",
            WARDS,
            23,
            division_size=1000,
            sections=("{new} sykehjem",),
            section_size=138,
            section_head="nursing_home_head",
            desk="staff",
        ),
        _staff(0.045),
    ),
)

DISTRICT = Template(
    "district",
    "district_head",
    (
        Branch(
            0.33,
            "kindergarten",
            ("Barnehagene i {place}",),
            "division_head",
            "kindergarten",
            _leaf("{new} barnehage", "kindergarten", "kindergarten_head"),
            22,
            sections=("Barnehageområde {n}",),
            section_size=125,
            section_head="kindergarten_area_head",
        ),
        Branch(
            0.255,
            "home_care",
            ("Hjemmetjenesten i {place}",),
            "division_head",
            "home_care",
            _leaf("Sone {s} gruppe {n}", "home_care", "care_team_head"),
            19,
            sections=("Hjemmetjenesten {place} sone {n}",),
            section_size=80,
            section_head="home_care_head",
            least=9,
        ),
        Branch(
            0.12,
            "health",
            ("Helse og forebygging",),
            "division_head",
            "health_station",
            (
                Leaf("Helsestasjon og skolehelse gruppe {n}", "health_station", "health_head", 1.3),
                Leaf("Fysio- og ergoterapi gruppe {n}", "therapy", "health_head", 0.8),
                Leaf("Psykisk helse og rus gruppe {n}", "mental_health", "health_head"),
            ),
            17,
            sections=("Helseseksjon {n}",),
            section_size=90,
            section_head="health_head",
        ),
        Branch(
            0.125,
            "welfare",
            ("Bo- og dagtilbud",),
            "division_head",
            "housing",
            _leaf("{new} bofellesskap", "housing", "care_team_head"),
            18,
            sections=("Botilbud {n}",),
            section_size=95,
            section_head="welfare_head",
        ),
        Branch(
            0.085,
            "welfare",
            ("Sosiale tjenester og arbeid",),
            "division_head",
            "social",
            _leaf("Oppfølgingsteam {n}", "social", "team_head"),
            15,
            sections=("Sosialseksjon {n}",),
            section_size=85,
            section_head="welfare_head",
        ),
        Branch(
            0.045,
            "child_welfare",
            ("Barn og familie",),
            "division_head",
            "child_welfare",
            _leaf("Barneverngruppe {n}", "child_welfare", "team_head"),
            12,
        ),
        Branch(
            0.02,
            "culture",
            ("Nærmiljø og frivillighet",),
            "division_head",
            "youth",
            _leaf("{new} møteplass", "youth", "culture_head"),
            8,
        ),
        _staff(0.02),
    ),
)

TEMPLATES: dict[str, Template] = {
    "education": EDUCATION,
    "nursing_homes": NURSING_HOMES,
    "district": DISTRICT,
    "administration": _simple(
        "administration", "office", "team_head", ("Fag og utvikling", "Rådgivning", "Analyse"), "Team {n}"
    ),
    "child_welfare": Template(
        "child_welfare",
        "agency_head",
        (
            Branch(
                0.62,
                "child_welfare",
                ("Institusjoner",),
                "division_head",
                "child_home",
                _leaf("{new} ungdomshjem", "child_home", "welfare_head"),
                21,
            ),
            Branch(
                0.3,
                "child_welfare",
                ("Fosterhjem og veiledning",),
                "division_head",
                "child_welfare",
                _leaf("Fosterhjemsteam {n}", "child_welfare", "team_head"),
                14,
            ),
            _staff(0.08),
        ),
    ),
    "college": _simple(
        "school", "college", "deputy_principal", ("Fagskolen", "Karriereveiledning"), "Fagmiljø {n}", 18
    ),
    "guidance": _simple(
        "school",
        "guidance",
        "team_head",
        ("Rådgivning nord", "Rådgivning sør", "Rådgivning vest"),
        "Rådgivningsteam {n}",
        14,
    ),
    "youth": _simple("welfare", "youth", "culture_head", ("Klubber", "Oppsøkende arbeid"), "Ungdomsklubben {new}", 11),
    "clinic": _simple(
        "health", "clinic", "health_head", ("Legevakt", "Akutt døgn", "Spesialklinikker"), "Klinikk {n}", 20
    ),
    "rehabilitation": _simple(
        "health", "rehabilitation", "health_head", ("Rehabilitering døgn", "Mestring hjemme", "Læring"), "Enhet {n}", 19
    ),
    "housing_care": _simple(
        "welfare", "housing", "welfare_head", ("Botiltak", "Rustiltak", "Lavterskel"), "{new} bosenter", 20
    ),
    "kitchen": _simple("technical", "kitchen", "crew_head", ("Produksjon", "Utkjøring"), "Lag {n}", 18),
    "warehouse": _simple("technical", "warehouse", "crew_head", ("Lager", "Utkjøring"), "Lag {n}", 14),
    "welfare_office": _simple("welfare", "social", "team_head", ("Saksbehandling", "Oppfølging"), "Saksgruppe {n}", 15),
    "planning": _simple(
        "technical", "planning", "team_head", ("Plan", "Byggesak", "Gjennomføring"), "Fagområde {n}", 14
    ),
    "building_operations": _simple(
        "technical", "buildings", "crew_head", ("Drift nord", "Drift sør", "Renhold", "Håndverk"), "Driftslag {n}", 18
    ),
    "property": _simple("technical", "property", "team_head", ("Utleie", "Forvaltning"), "Gruppe {n}", 15),
    "roads": Template(
        "technical",
        "agency_head",
        (
            Branch(
                0.76,
                "technical",
                ("Vei", "Park", "Prosjekt"),
                "technical_head",
                "roads",
                _leaf("Driftslag {n}", "roads", "crew_head"),
                15,
                division_size=130,
            ),
            Branch(
                0.16,
                "technical",
                ("Gatelys og skilt",),
                "technical_head",
                "lights",
                _leaf("Lyslag {n}", "lights", "crew_head"),
                14,
                least=3,
            ),
            _staff(0.08),
        ),
    ),
    "water": Template(
        "technical",
        "agency_head",
        (
            Branch(
                0.9,
                "technical",
                ("Vannforsyning", "Avløp", "Ledningsnett"),
                "technical_head",
                "water",
                _leaf("Driftslag {n}", "water", "crew_head"),
                15,
                division_size=130,
            ),
            _staff(0.1),
        ),
    ),
    "waste": _simple("technical", "waste", "crew_head", ("Henting", "Gjenbruk", "Energi"), "Skift {n}", 17),
    "fire": _simple("technical", "fire", "fire_head", ("Beredskap", "Forebygging"), "Brannstasjon {new}", 22),
    "harbour": _simple("technical", "harbour", "crew_head", ("Kai", "Sjø"), "Lag {n}", 12),
    "parking": _simple("technical", "parking", "team_head", ("Kontroll", "Mobilitet"), "Vaktlag {n}", 14),
    "cemetery": _simple("technical", "cemetery", "crew_head", ("Gravlunder", "Seremonier"), "{new} gravlund", 10),
    "library": _simple("culture", "library", "culture_head", ("Publikum", "Samling"), "{new} bibliotek", 9),
    "museum": _simple("culture", "museum", "culture_head", ("Samlinger", "Formidling"), "Fagteam {n}", 12),
    "music_school": _simple(
        "culture", "music_school", "culture_head", ("Musikk", "Dans og teater"), "Faggruppe {n}", 16
    ),
    "sports": _simple("culture", "sports", "culture_head", ("Haller", "Bad", "Friluft"), "{new} idrettsanlegg", 8),
    "stage": _simple("culture", "stage", "culture_head", ("Scene",), "Scenelag {n}", 12),
    "shared_services": _simple("administration", "finance", "team_head", ("Lønn", "Regnskap"), "Team {n}", 15),
    "it": _simple("administration", "it", "it_head", ("Utvikling", "Plattform", "Brukerstøtte"), "IKT-team {n}", 13),
    "legal": _simple("administration", "legal", "team_head", ("Prosedyre", "Rådgivning"), "Fagteam {n}", 12),
    "audit": _simple(
        "administration", "audit", "team_head", ("Regnskapsrevisjon", "Forvaltningsrevisjon"), "Revisjonsteam {n}", 10
    ),
    "service_centre": _simple("administration", "service", "team_head", ("Svarsenter", "Veiledning"), "Skift {n}", 14),
    "communication": _simple(
        "administration", "communication", "team_head", ("Presse og innhold", "Digitale kanaler"), "Redaksjon {n}", 12
    ),
    "archive": _simple("administration", "archive", "team_head", ("Innsyn", "Bevaring"), "Arkivteam {n}", 12),
    "internal_service": _simple(
        "administration", "internal", "crew_head", ("Resepsjon og vakt", "Drift"), "Lag {n}", 14
    ),
}
