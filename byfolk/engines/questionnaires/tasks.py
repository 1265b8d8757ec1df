"""What campaigns do by themselves, as background jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from byfolk.engines.questionnaires.campaigns.archiving import archive_what_is_due, destroy_archived
from byfolk.engines.questionnaires.campaigns.closing import close_what_is_due
from byfolk.engines.questionnaires.campaigns.editing import CLOCK
from byfolk.engines.questionnaires.campaigns.freezing import open_what_is_due
from byfolk.engines.questionnaires.campaigns.letters import send_letters
from byfolk.engines.questionnaires.results.computing import compute_what_is_due
from byfolk.engines.questionnaires.texts.finishing import destroy_waiting, publish_released
from byfolk.kernel.time import now


@app.periodic(cron="* * * * *")
@app.task(name=CLOCK, queueing_lock=CLOCK)
def run_campaigns(timestamp: int = 0, asked_by: int | None = None) -> None:
    """Every minute: close and open the campaigns whose time has come, compute the results of those that closed, show
    the texts that were released, and put away and destroy what has been kept for long enough.
    """
    close_what_is_due(now())
    open_what_is_due(now())
    compute_what_is_due(now())
    publish_released(now())
    archive_what_is_due(now())
    destroy_archived(now())


@app.periodic(cron="20 * * * *")
@app.task(name="questionnaires.mail", queueing_lock="questionnaires.mail")
def mail_invited(timestamp: int) -> None:
    """Every hour: the day's letters that have not been sent."""
    send_letters(now())


@app.periodic(cron="50 3 * * *")
@app.task(name="questionnaires.texts", queueing_lock="questionnaires.texts")
def destroy_old_texts(timestamp: int) -> None:
    """Every night: destroy the texts that nobody has reviewed in time."""
    destroy_waiting(now())
