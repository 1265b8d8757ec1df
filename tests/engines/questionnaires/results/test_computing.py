"""Results of the city's three rounds, as they are stored: attacked with exact sums, and computed again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from byfolk.engines.indicators.disclosure.attack_bounds import OWN, attack_bounds
from byfolk.engines.indicators.disclosure.attack_residuals import Target, attack_residuals
from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.campaigns.models import Campaign, Stage
from byfolk.engines.questionnaires.results import computing
from byfolk.engines.questionnaires.results.models import FactorResult, Results, UnitResult
from byfolk.engines.questionnaires.results.rules import rounded
from byfolk.kernel.organisation.models import Unit
from tests.engines.questionnaires.results import rows

pytestmark = pytest.mark.django_db


def _rounds() -> list[Campaign]:
    """Among those who work there."""
    return [one for one in _every_round() if one.version.instrument.code == "employee-survey"]


def _every_round() -> list[Campaign]:
    """Among users, too."""
    return list(Campaign.objects.select_related("version__instrument").order_by("closes_at"))


def _stored(campaign: Campaign) -> list[Any]:
    fields = [one.name for one in FactorResult._meta.fields if one.name != "id"]
    factors = FactorResult.objects.filter(campaign=campaign).order_by("unit", "factor", "background", "option")
    units = UnitResult.objects.filter(campaign=campaign).order_by("unit")
    return [
        *factors.values_list(*fields),
        *units.values_list("unit", "state", "invited", "answered", "shown_from"),
        *Results.objects.filter(campaign=campaign).values_list(),
    ]


def test_the_demo_city_has_three_closed_rounds_among_those_who_work_there_with_results() -> None:
    assert [one.closes_at.year for one in _rounds()] == [2024, 2025, 2026]
    for campaign in _rounds():
        assert campaign.stage == Stage.CLOSED
        assert FactorResult.objects.filter(campaign=campaign, state=State.PUBLISHED).exists()


def test_computed_again_it_gives_the_same_and_keeps_the_day() -> None:
    campaign = _rounds()[-1]
    before = _stored(campaign)
    assert computing.compute(campaign.pk, dt.datetime(2027, 3, 1, tzinfo=dt.UTC))
    assert _stored(campaign) == before


def test_cut_off_in_the_middle_nothing_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = _rounds()[-1]
    before = _stored(campaign)

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(computing._Computing, "_write_factors", die)
    with pytest.raises(KeyboardInterrupt):
        computing.compute(campaign.pk, dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    assert _stored(campaign) == before


def test_what_waits_is_computed_once_and_an_open_campaign_never() -> None:
    first, last = _rounds()[0], _rounds()[-1]
    for table in (FactorResult, UnitResult, Results):
        table.objects.filter(campaign__in=[first, last]).delete()
    Campaign.objects.filter(pk=first.pk).update(stage=Stage.OPEN)
    now = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
    assert computing.compute_what_is_due(now) == 1
    assert computing.compute_what_is_due(now) == 0
    assert not computing.compute(first.pk, now)
    assert Results.objects.get(campaign=last).shown_from == dt.date(2026, 11, 27)


def test_means_are_those_of_the_answers_rounded() -> None:
    campaign = _rounds()[-1]
    content, (_above, inside), (means, _answers) = campaign.version.parsed, rows.below(campaign), rows.people(campaign)
    assert content.factors
    for one in FactorResult.objects.filter(campaign=campaign, background="", state=State.PUBLISHED):
        known = [mean for unit in inside[one.unit_id] for mean in means[one.factor][unit]]
        total = sum(known)
        assert one.mean == rounded(total.numerator, total.denominator, len(known))


def test_a_change_is_between_what_was_published_and_carries_its_uncertainty() -> None:
    _first, then, now = _rounds()
    before = {(one.unit_id, one.factor): one.mean for one in FactorResult.objects.filter(campaign=then, background="")}
    compared = 0
    for one in FactorResult.objects.filter(campaign=now, background="", mean__isnull=False):
        earlier = before.get((one.unit_id, one.factor))
        assert one.change == (None if earlier is None else one.mean - earlier)
        compared += earlier is not None
    assert compared
    assert not FactorResult.objects.filter(campaign=_first, change__isnull=False).exists()


def test_what_is_hidden_has_no_number_in_any_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """select count(*) from questionnaires_factorresult
                where state <> 0 and num_nonnulls(mean, low, middle, high, change, uncertainty) > 0"""
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from questionnaires_unitresult where state <> 0 and answered is not null")
        assert cursor.fetchone() == (0,)


def test_no_difference_of_published_means_tells_of_fewer_than_five_in_any_round() -> None:
    for campaign in _every_round():
        table = [row for row in rows.table(campaign) if not row["breakdown"]]
        targets = dict.fromkeys({row["indicator"] for row in table}, Target(limit=campaign.smallest_total, alike=True))
        assert attack_residuals(table, targets) == []


def test_no_difference_of_published_groups_tells_of_fewer_than_ten_in_any_round() -> None:
    seen = 0
    for campaign in _every_round():
        table = rows.table(campaign)
        shown = {(row["indicator"], row["unit"]) for row in table if row["breakdown"]}
        seen += len(shown)
        # The rest of a unit's people is what the groups leave of its total.
        broken = [row for row in table if (row["indicator"], row["unit"]) in shown]
        limit = Target(limit=campaign.smallest_breakdown, alike=True)
        assert attack_residuals(broken, dict.fromkeys({row["indicator"] for row in table}, limit)) == []
    assert seen


def test_no_hidden_mean_in_an_agency_can_have_one_value_only() -> None:
    agencies = Unit.objects.filter(level=2, pk__in=UnitResult.objects.values("unit")).order_by("code")
    for campaign in _every_round():
        table = [row for row in rows.table(campaign) if not row["breakdown"]]
        known, factors = rows.heads(campaign), sorted({row["indicator"] for row in table})
        for agency in agencies[:4]:
            for factor in factors[:2]:
                pinned = attack_bounds(
                    [*known, *(row for row in table if row["indicator"] == factor)], str(agency.pk), {factor: ("x",)},
                    hierarchy=rows.HIERARCHY, periods=[str(campaign.pk)], headcount="answered",
                    full_scale=rows.full_scale(campaign),
                )  # fmt: skip
                # A unit's own people are known by subtraction where they are enough for that.
                small = [one for one in pinned if one.breakdown != OWN or (one.n or 0) < campaign.smallest_total]
                assert small == []
