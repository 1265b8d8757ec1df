"""The registry ranks what matters now: by urgency, then by due date, then by the order of the sources."""

from __future__ import annotations

import datetime as dt

from byfolk.kernel.registry import HomeCard, Urgency, ranked

MAY, JUNE = dt.date(2026, 5, 1), dt.date(2026, 6, 1)


def card(title: str, urgency: Urgency, due: dt.date | None = None) -> HomeCard:
    return HomeCard(title, "", "/", "", urgency, due=due)


def test_the_law_comes_first_then_those_who_wait_then_what_expires_then_chances():
    given = [card(urgency.name, urgency) for urgency in reversed(Urgency)]
    assert [one.title for one in ranked((1, one) for one in given)] == [
        "STATUTORY", "SOMEONE_WAITS", "EXPIRES", "CHANCE",
    ]  # fmt: skip


def test_among_the_equally_urgent_the_nearest_date_is_first_and_then_the_order_of_the_sources():
    given = [
        (1, card("no date, early source", Urgency.EXPIRES)),
        (9, card("june", Urgency.EXPIRES, JUNE)),
        (9, card("may", Urgency.EXPIRES, MAY)),
        (0, card("no date, first source", Urgency.EXPIRES)),
    ]
    assert [one.title for one in ranked(given)] == ["may", "june", "no date, first source", "no date, early source"]
