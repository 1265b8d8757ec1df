"""How each sort of agency is built: branches of divisions, sections and workplaces, and who works there.

In a name `{new}` draws a new place name, `{place}` is the place of the level above, `{n}` counts within the agency.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Leaf:
    """A sort of workplace: its name, mix and leader's role, and how common it is beside the others."""

    name: str
    mix: str
    head: str
    weight: float = 1.0


@dataclass(frozen=True)
class Branch:
    """A share of an agency, in divisions of about `division_size` people, and sections unless `section_size` is 0.

    `least`: how many posts it has in any city. `desk`: the mix of those who work beside the leaders above the
    workplaces."""

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
            sections=("Barnehageområde {n} {place}",),
            section_size=125,
            section_head="kindergarten_area_head",
        ),
        Branch(
            0.255,
            "home_care",
            ("Hjemmetjenesten i {place}",),
            "division_head",
            "home_care",
            _leaf("Hjemmetjenesten {place} gruppe {n}", "home_care", "care_team_head"),
            19,
            sections=("Hjemmetjenesten {place} sone {n}",),
            section_size=80,
            section_head="home_care_head",
            least=9,
        ),
        Branch(
            0.12,
            "health",
            ("Helse og forebygging i {place}",),
            "division_head",
            "health_station",
            (
                Leaf("Helsestasjon {place} {n}", "health_station", "health_head", 1.3),
                Leaf("Fysio- og ergoterapi {place} {n}", "therapy", "health_head", 0.8),
                Leaf("Psykisk helse og rus {place} {n}", "mental_health", "health_head"),
            ),
            17,
            sections=("Helseseksjon {n} {place}",),
            section_size=90,
            section_head="health_head",
        ),
        Branch(
            0.125,
            "welfare",
            ("Bo- og dagtilbud i {place}",),
            "division_head",
            "housing",
            _leaf("{new} bofellesskap", "housing", "care_team_head"),
            18,
            sections=("Botilbud {n} {place}",),
            section_size=95,
            section_head="welfare_head",
        ),
        Branch(
            0.085,
            "welfare",
            ("Sosiale tjenester i {place}",),
            "division_head",
            "social",
            _leaf("Oppfølgingsteam {n} {place}", "social", "team_head"),
            15,
            sections=("Sosialseksjon {n} {place}",),
            section_size=85,
            section_head="welfare_head",
        ),
        Branch(
            0.045,
            "child_welfare",
            ("Barn og familie i {place}",),
            "division_head",
            "child_welfare",
            _leaf("Barneverngruppe {n} {place}", "child_welfare", "team_head"),
            12,
        ),
        Branch(
            0.02,
            "culture",
            ("Nærmiljø i {place}",),
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
