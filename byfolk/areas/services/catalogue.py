"""The services that results are told of. Volume, cost of a unit and quality are added up within one service only:
pupils and resident days have no sum.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Service:
    """A kind of service.

    `key`: the number that its indicators' keys are made of; it never changes. `unit`: what its volume counts, in the
    plural; `of_one` the title of what one of them costs. `stock`: volume is how many there are at a time (pupils), so
    that a year's is the mean of its months and the cost is of one for a year; else how many there were (resident
    days), so that months add up. `synonyms` are other names of the service in files, `unit_synonyms` of its unit.
    """

    code: str
    key: int
    title: Promise
    unit: Promise
    volume: Promise
    of_one: Promise
    quality: Promise
    stock: bool
    synonyms: tuple[str, ...]
    unit_synonyms: tuple[str, ...]


SERVICES = (
    Service(
        "school",
        1,
        _("Grunnskole"),
        _("elever"),
        _("Elever i grunnskolen"),
        _("Kostnad per elev i grunnskolen"),
        _("Kvalitet i grunnskolen"),
        True,
        ("grunnskole", "grunnskule", "barneskole", "ungdomsskole", "skole", "skule", "primary school", "school", "202"),
        ("elev", "elever", "elevar", "elevtall", "pupils", "pupil", "students"),
    ),
    Service(
        "upper_school",
        2,
        _("Videregående skole"),
        _("elever"),
        _("Elever i videregående skole"),
        _("Kostnad per elev i videregående skole"),
        _("Kvalitet i videregående skole"),
        True,
        ("videregående skole", "videregående", "vidaregåande skule", "vgs", "upper secondary school"),
        ("elev", "elever", "elevar", "elevtall", "pupils", "pupil", "students"),
    ),
    Service(
        "kindergarten",
        3,
        _("Barnehage"),
        _("barn"),
        _("Barn i barnehagene"),
        _("Kostnad per barn i barnehage"),
        _("Kvalitet i barnehagene"),
        True,
        ("barnehage", "barnehager", "barnehagar", "kindergarten", "201"),
        ("barn", "plasser", "barnehageplasser", "children"),
    ),
    Service(
        "nursing_home",
        4,
        _("Sykehjem"),
        _("oppholdsdøgn"),
        _("Oppholdsdøgn i sykehjem"),
        _("Kostnad per oppholdsdøgn i sykehjem"),
        _("Kvalitet i sykehjem"),
        False,
        ("sykehjem", "sykehjem og institusjon", "sjukeheim", "institusjon", "nursing home", "253"),
        ("døgn", "oppholdsdøgn", "liggedøgn", "opphaldsdøgn", "resident days", "days"),
    ),
    Service(
        "home_care",
        5,
        _("Hjemmetjeneste"),
        _("timer hos bruker"),
        _("Timer hos brukere i hjemmetjenesten"),
        _("Kostnad per time hos bruker i hjemmetjenesten"),
        _("Kvalitet i hjemmetjenesten"),
        False,
        ("hjemmetjeneste", "hjemmetjenesten", "heimeteneste", "hjemmesykepleie", "home care", "254"),
        ("timer", "timar", "vedtakstimer", "timer hos bruker", "hours"),
    ),
    Service(
        "child_welfare",
        6,
        _("Barnevern"),
        _("barn med tiltak"),
        _("Barn med tiltak i barnevernet"),
        _("Kostnad per barn med tiltak i barnevernet"),
        _("Kvalitet i barnevernet"),
        True,
        ("barnevern", "barneverntjeneste", "barnevernet", "barnevernteneste", "child welfare", "244"),
        ("barn", "barn med tiltak", "children"),
    ),
    Service(
        "health_station",
        7,
        _("Helsestasjon"),
        _("konsultasjoner"),
        _("Konsultasjoner på helsestasjonene"),
        _("Kostnad per konsultasjon på helsestasjonene"),
        _("Kvalitet på helsestasjonene"),
        False,
        ("helsestasjon", "helsestasjoner", "helsestasjonar", "skolehelsetjeneste", "health station", "232"),
        ("konsultasjon", "konsultasjoner", "konsultasjonar", "consultations"),
    ),
    Service(
        "waste",
        8,
        _("Avfall"),
        _("tonn"),
        _("Tonn avfall hentet"),
        _("Kostnad per tonn avfall"),
        _("Kvalitet i avfallshentingen"),
        False,
        ("avfall", "renovasjon", "avfallshenting", "waste", "355"),
        ("tonn", "tonn avfall", "tonnes"),
    ),
)
#: Services that volume and quality are not told of: their cost and what users say count.
OTHER = "other"
BY_CODE = {service.code: service for service in SERVICES}
