"""Slips of paper with codes, as a PDF that is made once and kept nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from byfolk.areas.surveys.campaigns.page import days_of, title_of
from byfolk.engines.questionnaires.ballots.codes import letters_of
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.lib.norwegian import number
from byfolk.lib.pdf import Press, font_files, fonts
from byfolk.lib.qr import qr_svg

TEMPLATE = Path(__file__).with_name("slips.typ")


def slips(campaign: Campaign, unit: str, codes: Sequence[str], *, at: dt.datetime) -> bytes:
    """A pile of slips for a unit, with what to do with it on the first page. Raises `PdfError`."""
    language = (get_language() or "nb").split("-")[0]
    address = settings.ADDRESS + reverse("enter_code")
    told = {"day": days_of(campaign)[1], "address": address.split("://")[-1]}
    return _press().pdf(
        {
            "lang": language, "title": f"{title_of(campaign)}, {unit}", "unit": unit, "survey": title_of(campaign),
            "heading": _("%(number)s lapper til %(unit)s") % {"number": number(len(codes), 0, language), "unit": unit},
            "rules": [
                _("Klipp lappene fra hverandre, brett dem, og bland dem."),
                _("La hver person trekke én lapp selv. Ingen skal skrive opp hvem som trakk hvilken."),
                _("Hver kode virker én gang.")
                if campaign.asked.openly
                else _("De er til dem som ikke har e-postadresse hos oss. Hver kode virker én gang."),
                _("Koder som blir til overs, makulerer du. Dette er den eneste utskriften. Vi har ikke lagret kodene."),
            ],
            "lines": [
                _("Svar på %(address)s, eller skann.") % told,
                _("Siste dag er %(day)s. Koden virker én gang.") % told,
                _("Du svarer uten navn. Ingen vet hvem som trakk hvilken lapp."),
            ],
            "codes": list(codes), "qr": {code: qr_svg(f"{address}#{letters_of(code)}") for code in codes},
            "qr_says": _("Lenke til siden der du svarer"),
        },
        at=at,
    )  # fmt: skip


@lru_cache(maxsize=1)
def _press() -> Press:
    return Press(TEMPLATE, fonts(font_files(), Path(settings.HOME) / "fonts"))
