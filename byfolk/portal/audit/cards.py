"""The auditor's home card: how much sensitive data has been opened lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.kernel.audit.reading import looks_since
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency

DAYS = 7


def looks(asked: HomeAsk) -> Iterator[HomeCard]:
    """That somebody has opened sensitive data in the last week. One query."""
    actor, today = asked.actor, asked.today
    n = looks_since(actor, today - dt.timedelta(days=DAYS)) if actor.may("read_log.audit") else 0
    if n:
        title = ngettext("%(n)d oppslag siste uke", "%(n)d oppslag siste uke", n) % {"n": n}
        text = _("Noen har åpnet sensitive opplysninger. Se hvem, om hvem og hvorfor.")
        yield HomeCard(title, text, reverse("audit_reads"), _("Se oppslagene"), Urgency.CHANCE, icon="eye")
