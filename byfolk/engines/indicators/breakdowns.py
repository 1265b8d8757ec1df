"""What a figure is broken down by, and the small codes that stand for it in the table of published figures."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Dimension(enum.StrEnum):
    """What a group of people may be divided by. Never two at once, but for pay by job family."""

    GENDER = "gender"
    AGE_BAND = "age_band"
    JOB_FAMILY = "job_family"


class PeriodKind(models.IntegerChoices):
    """How much time a figure covers. A period is named by its last month."""

    MONTH = 0, _("Måneden")
    YEAR = 1, _("Kalenderåret")
    ROLLING = 2, _("Siste 12 måneder")


class Hierarchy(models.IntegerChoices):
    """Which tree the units lie in: as it was in the period, or today's, with history brought along by successions."""

    AS_IT_WAS = 0, _("Slik organisasjonen var")
    TODAY = 1, _("Dagens organisasjon")


@dataclass(frozen=True)
class Group:
    """One part of a breakdown. `code` is what the table holds: 0 all, 1-2 gender, 10-19 age band, 100-199 job
    family.
    """

    code: int
    dimension: Dimension | None
    key: str
    title: Promise | str


ALL = Group(0, None, "all", _("Alle"))
WOMEN = Group(1, Dimension.GENDER, "women", _("Kvinner"))
MEN = Group(2, Dimension.GENDER, "men", _("Menn"))

#: First age in each band; the last band is open. Below agency level ages are published once a year.
AGE_LIMITS = (0, 30, 40, 50, 60)
_AGE_TITLES = (_("Under 30 år"), _("30–39 år"), _("40–49 år"), _("50–59 år"), _("60 år og over"))
AGE_BANDS = tuple(
    Group(10 + i, Dimension.AGE_BAND, f"age_{lower}", title)
    for i, (lower, title) in enumerate(zip(AGE_LIMITS, _AGE_TITLES, strict=True))
)

# The two first digits of STYRK-08 (Statistics Norway's standard for occupations, Klass 7), in plain words.
_FAMILIES = (
    ("11", _("Toppledere")),
    ("12", _("Administrative ledere")),
    ("13", _("Ledere av tjenester og drift")),
    ("14", _("Ledere innen kultur, idrett og handel")),
    ("21", _("Ingeniører, arkitekter og realister")),
    ("22", _("Leger, sykepleiere og annet helsepersonell")),
    ("23", _("Lærere og barnehagelærere")),
    ("24", _("Økonomi, personal og forvaltning")),
    ("25", _("IKT-rådgivere")),
    ("26", _("Jurister, sosial- og kulturfag")),
    ("31", _("Teknikere og arbeidsledere")),
    ("32", _("Helse- og tannpleieyrker")),
    ("33", _("Saksbehandlere og konsulenter")),
    ("34", _("Miljøarbeidere, idrett og kultur")),
    ("35", _("IKT-teknikere")),
    ("41", _("Kontormedarbeidere")),
    ("42", _("Kundeservice og resepsjon")),
    ("43", _("Lønn, regnskap og lager")),
    ("44", _("Arkiv, bibliotek og annet kontor")),
    ("51", _("Kokker, vaktmestere og servering")),
    ("52", _("Salg")),
    ("53", _("Pleie, omsorg og barnepass")),
    ("54", _("Brann, sikkerhet og vakt")),
    ("61", _("Gartnere og bønder")),
    ("62", _("Skog og fiske")),
    ("71", _("Bygg og anlegg")),
    ("72", _("Mekanikere og metall")),
    ("73", _("Presisjonshåndverk og trykk")),
    ("74", _("Elektrikere")),
    ("75", _("Næringsmiddel og annet håndverk")),
    ("81", _("Prosessoperatører")),
    ("82", _("Montører")),
    ("83", _("Sjåfører og maskinførere")),
    ("91", _("Renholdere")),
    ("92", _("Hjelpearbeidere i gartneri og skog")),
    ("93", _("Hjelpearbeidere i bygg og transport")),
    ("94", _("Kjøkkenassistenter")),
    ("95", _("Gatesalg")),
    ("96", _("Renovasjon og annet hjelpearbeid")),
)
JOB_FAMILIES = tuple(Group(100 + int(key), Dimension.JOB_FAMILY, key, title) for key, title in _FAMILIES)

GROUPS: dict[int, Group] = {g.code: g for g in (ALL, WOMEN, MEN, *AGE_BANDS, *JOB_FAMILIES)}
BY_DIMENSION: dict[Dimension, tuple[Group, ...]] = {
    Dimension.GENDER: (WOMEN, MEN),
    Dimension.AGE_BAND: AGE_BANDS,
    Dimension.JOB_FAMILY: JOB_FAMILIES,
}
#: People whose gender, age or occupation is not known. They count in totals and are in no part of a breakdown.
UNKNOWN = 0
