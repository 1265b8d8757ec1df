"""What a file of service results holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _

from byfolk.areas.services.catalogue import OTHER, SERVICES
from byfolk.kernel.people.importing.fields import Choice, Field, FieldType, FileKind
from byfolk.kernel.people.importing.kinds import named

_NAMES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))
#: Larger numbers are slips of the finger.
MOST = 1_000_000_000
CHOICES = (
    *(Choice(service.code, service.title, service.synonyms) for service in SERVICES),
    Choice(OTHER, _("Annen tjeneste"), ("annen tjeneste", "annet", "annen", "anna teneste", "andre", "other service")),
)

RESULTS = FileKind(
    "service-results",
    _("Resultater fra tjenestene"),
    ("unit_code", "service", "valid_from", "valid_to"),
    named(
        (
            Field("unit_code", _("Enhetskode"), FieldType.CODE, required=True, longest=60),
            Field("service", _("Tjeneste"), FieldType.CHOICE, required=True, choices=CHOICES),
            Field("period", _("Periode"), helper=True, longest=40),
            Field("valid_from", _("Fra og med"), FieldType.DATE, required=True),
            Field("valid_to", _("Til og med"), FieldType.DATE, required=True),
            Field("cost_budget", _("Kostnad i budsjettet"), FieldType.MONEY, minimum=0),
            Field("cost_accounts", _("Kostnad i regnskapet"), FieldType.MONEY),
            Field("volume", _("Volum"), FieldType.NUMBER, minimum=0, maximum=MOST),
            Field("volume_unit", _("Enhet for volumet"), longest=40),
            Field("quality", _("Kvalitet (0–100)"), FieldType.NUMBER, minimum=0, maximum=100),
            Field("quality_name", _("Hva kvaliteten er målt med")),
            Field("satisfaction", _("Brukertilfredshet (1–6)"), FieldType.NUMBER, minimum=1, maximum=6),
            Field("respondents", _("Antall brukere som svarte"), FieldType.NUMBER, minimum=0, maximum=MOST),
        ),
        _NAMES,
    ),
    stand_ins={"valid_from": (("period",),), "valid_to": (("period",),)},
    messages={
        "not_a_period": _("%(field)s: «%(value)s» er ikke en periode vi forstår. Skriv 2025, 2025-03 eller 2025 K1."),
        "period_shape": _("Perioden må være en måned, et kvartal eller et kalenderår. Rett datoene."),
        "period_not_over": _("Perioden er ikke over ennå (den slutter %(ends)s). Send resultatene når den er over."),
        "nothing_measured": _("Linjen har ingen resultater. Fyll ut kostnad, volum, kvalitet eller brukertilfredshet."),
        "other_unit": _(
            "%(field)s: volumet er talt i «%(value)s», men for denne tjenesten teller vi %(unit)s. Regn om, eller rett "
            "enheten."
        ),
        "unit_of_volume": _("%(field)s mangler: for en annen tjeneste må linjen si hva volumet teller."),
        "satisfaction_of_nobody": _("%(field)s: fyll ut både hvor fornøyde brukerne er, og hvor mange som svarte."),
        "not_whole": _("%(field)s: «%(value)s» er ikke et helt tall."),
        "result_overlap": _(
            "%(what)s er allerede meldt for en periode som overlapper (%(other)s). Send måned, kvartal eller år, ikke "
            "flere av dem."
        ),
        "unusual_cost": _(
            "%(field)s: kostnaden per enhet er langt unna det vanlige i filen (%(median)s kr). Sjekk beløp og volum."
        ),
    },
)
