"""The demo from nothing to figures, in steps that each can be taken up again after a kill."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import translation

from byfolk.accounts.models import Edition
from byfolk.areas.surveys.shipped import load_instruments
from byfolk.demo.accounts import load_accounts
from byfolk.demo.actions import load_actions, load_plans_actions
from byfolk.demo.guides import load_guides
from byfolk.demo.imports import load_imports
from byfolk.demo.loading import DAY, is_loaded, load_city, timed
from byfolk.demo.surveys import load_surveys
from byfolk.demo.user_surveys import load_user_surveys
from byfolk.engines.actions.models import Action
from byfolk.engines.indicators.making.refresh import refresh
from byfolk.engines.indicators.models import Publication
from byfolk.engines.library.models import Document
from byfolk.engines.questionnaires.campaigns.models import Campaign
from byfolk.kernel.people.importing.models import Batch
from byfolk.kernel.time import OSLO, now

#: Before the first round of the demo's surveys.
INSTRUMENTS_SINCE = dt.datetime(2024, 1, 15, 9, tzinfo=OSLO)


def load_once(*, employees: int, seed: int, report: Callable[[str], None], files: bool = True) -> None:
    """Load what is missing: the city with its policy and targets, then surveys, the figures, guides, what is done about
    them, the accounts, and the last files that came (unless not `files`).
    """
    if is_loaded():
        report("The city is loaded already")
    else:
        load_city(employees=employees, seed=seed, report=report)
    load_instruments(INSTRUMENTS_SINCE, using="owner")
    if not Campaign.objects.using("owner").exists():
        with timed("surveys", report):
            load_surveys(seed=seed, report=report)
            load_user_surveys(seed=seed, report=report)
    if not Action.objects.using("owner").exists():
        load_plans_actions(seed=seed, today=DAY)
    if not Publication.objects.using("owner").exists():
        with translation.override("en"), timed("figures", report):  # what the command line says is English
            refresh(today=DAY, clock=now, report=report)
    if not Document.objects.using("owner").exists():
        with timed("guides", report):
            load_guides(seed=seed, today=DAY)
    if not Action.objects.using("owner").exclude(source_kind="survey").exists():
        with timed("actions", report):
            load_actions(seed=seed, today=DAY)
    if not Edition.objects.using("owner").exists():
        with timed("accounts", report):
            load_accounts(DAY)
    if files and not Batch.objects.using("owner").exists():
        with timed("files", report):
            load_imports(seed=seed, today=DAY, report=report)
