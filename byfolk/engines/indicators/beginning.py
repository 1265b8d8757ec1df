"""What a process that answers pages reads before the first of them."""

from __future__ import annotations

import logging

from django.db import DatabaseError

from byfolk.engines.indicators import registry
from byfolk.engines.indicators.models import Publication
from byfolk.kernel.access.acting import acting_as_worker

log = logging.getLogger(__name__)


def begin() -> None:
    """Know the indicators that are declared in the database. Where it does not answer, they are known from the first
    page on that says when figures were published.
    """
    try:
        with acting_as_worker(why="begin"):
            newest = Publication.objects.order_by("-at").first()
            if newest is not None:
                registry.as_of(newest.pk, newest.declared)
    except DatabaseError:
        log.warning("the database did not answer when this process began")
