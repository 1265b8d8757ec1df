"""Mail to those who answer for actions, as a background job."""

from __future__ import annotations

from procrastinate.contrib.django import app

from byfolk.engines.actions.letters import send_letters
from byfolk.kernel.time import now

ONCE = "actions.mail"


@app.periodic(cron="5 * * * *")
@app.task(name="actions.mail", queueing_lock=ONCE)
def mail_owners(timestamp: int) -> None:
    """Every hour: send the day's letters that have not been sent, from the hour on that the installation has set."""
    send_letters(now())
