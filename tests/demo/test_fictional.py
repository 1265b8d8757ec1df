"""No real agency, district or institution stands beside invented figures."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import polars as pl

from byfolk.demo.city import build
from byfolk.demo.city.organisation import Grower
from byfolk.demo.city.reorganisation import reorganise
from byfolk.demo.city.sources import rows

# The agencies, districts and enterprises of Oslo in a public register of about 2020, and other municipal agencies,
# schools, nursing homes and kindergartens of Norwegian cities that are well known.
REAL = """
Barne- og familieetaten|Beredskapsetaten|Boligbygg Oslo KF|Brann- og redningsetaten|Byantikvaren|Bydel Alna|
Bydel Bjerke|Bydel Frogner|Bydel Gamle Oslo|Bydel Grorud|Bydel Grünerløkka|Bydel Nordre Aker|Bydel Nordstrand|
Bydel Sagene|Bydel St. Hanshaugen|Bydel Stovner|Bydel Søndre Nordstrand|Bydel Ullern|Bydel Vestre Aker|Bydel Østensjø|
Bymiljøetaten|
Bystyrets sekretariat|Deichman bibliotek|Eiendoms- og byfornyelsesetaten|Fornebubanen|Gravferdsetaten|Helseetaten|
Innkrevingsetaten|Klimaetaten|Kommuneadvokaten|Kommunerevisjonen|Kulturetaten|Munchmuseet|Næringsetaten|
Origo - digitaliseringsenhet|Oslo Havn KF|Oslobygg KF|Pasient- og brukerombudet|Plan- og bygningsetaten|
Renovasjons- og gjenvinningsetaten|Rådhusets forvaltningstjeneste|Sykehjemsetaten|Utdanningsetaten|
Utviklings- og kompetanseetaten|Vann- og avløpsetaten|Velferdsetaten|
Etat for barn og familie|Etat for sykehjem|Bergen vann|Bymiljøenheten|Byggesakskontoret|Stavanger bydrift|
Trondheim bydrift|Årstad bydel|Fana bydel|Laksevåg bydel|Bydel Storhaug|Bydel Madla|Bydel Hundvåg|
Majorstuen skole|Tåsen skole|Bjølsen skole|Uranienborg skole|Bogstad skole|Hersleb skole|Sagene skole|Lakkegata skole|
Ila skole|Nygård skole|Møhlenpris skole|Kampen skole|Ullevål skole|Rosenborg skole|Singsaker skole|
Tåsenhjemmet|Ullernhjemmet|Lambertseterhjemmet|Fagerborghjemmet|Sofienberghjemmet|Vålerengen bo- og servicesenter|
Hovseterhjemmet|Romsås sykehjem|Silurveien sykehjem|Økernhjemmet|Løvåsen sykehjem|Ilsvika sykehjem
""".replace("\n", "").split("|")
REAL_PLACES = ["Oslo", "Bergen", "Trondheim", "Stavanger", "Tromsø", "Drammen", "Bærum", "Kristiansand", "Deichman"]


@cache
def names() -> list[str]:
    """What the units of the full city are called, before and after the changes."""
    rng = np.random.default_rng(2026)
    tree = Grower(50_000, rng).grow()
    changes = reorganise(tree, rng)
    return [unit.name for unit in tree.units] + [name for _unit, _on, name in changes.renames]


def test_no_unit_has_the_name_of_a_real_one():
    ours = {name.casefold() for name in names()}
    real = {name.strip().casefold() for name in REAL if name.strip()}
    assert not ours & real
    assert not [name for name in ours for other in real if re.search(rf"\b{re.escape(other)}\b", name)]


def test_no_unit_names_a_real_city():
    assert not [name for name in names() for place in REAL_PLACES if re.search(rf"\b{place}\b", name)]


def test_all_agencies_and_departments_are_in_the_data_file_or_made_by_the_reorganisation():
    listed = {row["name"] for table in ("agencies", "departments") for row in rows(table)}
    listed |= {row["renamed_from"] for row in rows("agencies")} | {"Teknologietaten"}
    units = build(1200).units.filter(pl.col("kind").is_in(["agency", "department"]))
    assert set(units["name"]) <= listed


def test_place_names_are_drawn_once():
    schools = [name for name in names() if name.endswith(" skole")]
    assert len(schools) > 100
    assert len(set(schools)) == len(schools)
