"""Which factors of a municipality's own instruments, and of those that it has changed, become indicators.

One does when everybody may see its first result, and keeps its number from then on.
"""

from __future__ import annotations

import datetime as dt

from byfolk.areas.surveys.keys import ships
from byfolk.areas.surveys.models import TOPS, OwnFactor
from byfolk.engines.questionnaires.instruments.content import Texts
from byfolk.engines.questionnaires.instruments.models import InstrumentKind
from byfolk.engines.questionnaires.results.models import Results

#: Whom an instrument asks when it does not ask those who work here.
_USERS = (InstrumentKind.USERS, InstrumentKind.CITIZENS)


def declare(on: dt.date) -> int:
    """Note the factors of results that everybody may see on a day, and their texts as they are now; answers how many
    are new. For background work.
    """
    results = Results.objects.filter(shown_from__lte=on).select_related("campaign__version__instrument")
    before = OwnFactor.objects.count()
    for one in results.order_by("campaign__opens_at", "campaign"):
        instrument = one.campaign.version.instrument
        content = one.campaign.version.parsed
        for factor in content.factors:
            top = one.factors.get(factor.code, {}).get("high")
            if not factor.published or top not in TOPS or ships(instrument.code, factor.code, top):
                continue
            OwnFactor.objects.update_or_create(
                instrument=instrument.code,
                factor=factor.code,
                top=top,
                defaults={
                    "of_users": instrument.kind in _USERS,
                    "titles": _plain(factor.title),
                    "abouts": _plain(factor.about),
                    "instrument_titles": _plain(content.title),
                    "goals": list(factor.goals),
                },
            )
    return OwnFactor.objects.count() - before


def _plain(texts: Texts) -> dict[str, str]:
    return {"nb": texts.nb, "nn": texts.nn, "en": texts.en}
