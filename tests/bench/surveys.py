"""Results of the full city's three rounds: computed anew, with disclosure control, breakdowns and changes."""

from __future__ import annotations

import time

from tests.bench import Result, peak_memory
from tests.bench.city import ensure_city


def run() -> list[Result]:
    """All rounds, the first one first, each in one transaction."""
    ensure_city()
    from byfolk.engines.questionnaires.campaigns.models import Campaign
    from byfolk.engines.questionnaires.results.computing import compute
    from byfolk.engines.questionnaires.results.models import FactorResult
    from byfolk.kernel.access.acting import acting_as_worker
    from byfolk.kernel.time import now

    with acting_as_worker(why="measure"):
        rounds = list(Campaign.objects.filter(results__isnull=False).order_by("closes_at"))
    started = time.perf_counter()
    for one in rounds:
        compute(one.pk, now())
    spent = time.perf_counter() - started
    answers = sum(one.answered or 0 for one in rounds)
    with acting_as_worker(why="measure"):
        published = FactorResult.objects.filter(state=0).count()
    return [
        Result(
            f"results of {len(rounds)} rounds", spent, "s", "<= 60",
            f"{answers:,} answers, {published:,} means published",
        ),
        Result("memory at most", peak_memory() / 1e6, "MB"),
    ]  # fmt: skip
