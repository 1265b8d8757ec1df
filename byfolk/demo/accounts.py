"""The demo city's accounts: last year but one frozen and signed, and last year's draft begun. Needs the figures."""

from __future__ import annotations

import datetime as dt

from byfolk.accounts import editing
from byfolk.demo.cast import CAST, ROOT_CODE
from byfolk.kernel.access.acting import acting
from byfolk.kernel.organisation.models import Unit
from byfolk.kernel.people.models import Person
from byfolk.kernel.time import OSLO

FROZEN_TEXTS = {
    "ansatte": "Kommunen hadde [tall:headcount] ansatte da året sluttet. De fleste jobber nær innbyggerne, i skoler, "
    "barnehager og omsorg.",
    "omrade-3": "Sykefraværet var [tall:sick_leave]. **Tidlig samtale** var det lederne selv mente hjalp mest.\n\n"
    "- Ledere tar kontakt første dag\n- Bedriftshelsetjenesten er med fra dag 14\n- Vikarer settes inn samme dag",
}
DRAFT_TEXTS = {
    "ansatte": "Vi var [tall:headcount] ansatte, mot [tall:headcount:2024] året før.",
}
PLAN = ("Hele stillinger skal lyses ut først.", ("Fast samtale etter to uker", "Heltid i alle nye turnuser"))


def load_accounts(today: dt.date, *, using: str = "owner") -> None:
    """Write, freeze and begin, as the HR director would in the portal."""
    at = dt.datetime.combine(today, dt.time(9, 15), OSLO)
    numbers = Person.objects.using(using).filter(employee_number=CAST["kari"].employee_number)
    with acting(numbers.values_list("pk", flat=True).get()) as kari:
        city = Unit.objects.get(code=ROOT_CODE)
        frozen = editing.begin(actor=kari, unit=city, year=today.year - 2, now=at)
        for anchor, text in FROZEN_TEXTS.items():
            editing.write_section(actor=kari, edition=frozen, anchor=anchor, text=text, points=(), version=1, now=at)
        editing.freeze(actor=kari, edition=frozen, reason="Lagt fram for bystyret", now=at)
        draft = editing.begin(actor=kari, unit=city, year=today.year - 1, now=at)
        for anchor, text in DRAFT_TEXTS.items():
            editing.write_section(actor=kari, edition=draft, anchor=anchor, text=text, points=(), version=1, now=at)
        text, points = PLAN
        editing.write_section(actor=kari, edition=draft, anchor="neste-ar", text=text, points=points, version=1, now=at)
