"""Texts that wait to be reviewed, to test on."""

from __future__ import annotations

import datetime as dt

from byfolk.engines.questionnaires.campaigns.models import Campaign, Stage
from byfolk.engines.questionnaires.texts.models import FreeText, TextBatch
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.time import day_of, now
from tests.engines.questionnaires.rounds import campaign

NOW = now()
_CODE = "texts-of-care"


def batch(*, unit: str, written: int = 12) -> TextBatch:
    """A batch of texts in a campaign of the agency that is closed; made once."""
    found = TextBatch.objects.filter(campaign__version__instrument__code=_CODE, unit__code=unit).first()
    if found:
        return found
    made = Campaign.objects.filter(version__instrument__code=_CODE).first() or campaign(code=_CODE)
    Campaign.objects.filter(pk=made.pk).update(
        stage=Stage.CLOSED, frozen_at=NOW, closed_at=NOW, keys_destroyed_at=NOW, answered=written, invited=written,
        opens_at=NOW - dt.timedelta(days=3000), closes_at=NOW - dt.timedelta(days=2990),
    )  # fmt: skip
    found = TextBatch.objects.create(
        campaign=made, unit=Unit.objects.get(code=unit), owner=made.unit, written=written,
        shown_from=day_of(NOW), destroy_on=day_of(NOW) + dt.timedelta(days=60),
    )  # fmt: skip
    FreeText.objects.bulk_create(
        [
            FreeText(batch=found, owner=made.unit, item="ord", text=f"Vi mangler lift nummer {n} på badet.")
            for n in range(written)
        ]
    )
    return found
