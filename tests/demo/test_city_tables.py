"""The tables of the synthetic city hold together."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from byfolk.demo.city import build
from tests.demo.city import ENDLESS, closed, overlapping, small_city

DEPTH = {"municipality": 0, "department": 1, "agency": 2, "division": 3, "section": 4, "workplace": 5}


def test_the_same_seed_gives_the_same_city():
    one, two = build(300, seed=5), build(300, seed=5)
    for name, frame in one.frames().items():
        assert frame.equals(two.frames()[name]), name


def test_another_seed_gives_another_city():
    assert not build(300, seed=5).employments.equals(build(300, seed=6).employments)


def test_a_city_too_small_for_the_cast_is_refused():
    with pytest.raises(ValueError, match="300"):
        build(299)


@pytest.mark.parametrize("employees", [300, 1200])
def test_about_as_many_are_employed_as_asked_for_on_any_day(employees):
    employments = closed(build(employees).employments)
    for on in (date(2023, 1, 1), date(2024, 12, 31), date(2025, 1, 1), date(2026, 10, 31)):
        there = employments.filter(pl.col("valid_from") <= on, pl.col("valid_to") > on)
        assert there["employee_number"].n_unique() == pytest.approx(employees, rel=0.04), on


def test_every_unit_lies_in_a_unit_of_a_higher_level_all_its_life():
    units = closed(small_city().units)
    kinds = dict(zip(units["code"], units["kind"], strict=True))
    lives = {
        code: (begin, end)
        for code, begin, end in units.group_by("code").agg(pl.col("valid_from").min(), pl.col("valid_to").max()).rows()
    }
    for code, kind, parent, begin, end in units.select("code", "kind", "parent_code", "valid_from", "valid_to").rows():
        if kind == "municipality":
            assert parent is None
            continue
        assert DEPTH[kinds[parent]] < DEPTH[kind], code
        assert lives[parent][0] <= begin, code
        assert end <= lives[parent][1], code


def test_the_placements_of_a_unit_follow_each_other_without_gap_or_overlap():
    units = closed(small_city().units).sort("code", "valid_from")
    before = units.with_columns(ended=pl.col("valid_to").shift(1).over("code")).drop_nulls("ended")
    assert before.height > 0
    assert before.filter(pl.col("ended") != pl.col("valid_from")).is_empty()


def test_nobody_holds_the_same_post_twice_at_once():
    assert overlapping(small_city().employments, "employee_number", "position_number").is_empty()


def test_a_post_has_one_holder_at_a_time():
    assert overlapping(small_city().employments, "position_number").is_empty()


def test_everybody_has_one_main_post_at_a_time():
    employments = small_city().employments
    assert overlapping(employments.filter(pl.col("main")), "employee_number").is_empty()
    second = closed(employments.filter(~pl.col("main")))
    main = closed(employments.filter(pl.col("main")))
    beside = second.join(main, on="employee_number").filter(
        pl.col("valid_from_right") <= pl.col("valid_from"), pl.col("valid_to_right") >= pl.col("valid_to")
    )
    assert beside.select("position_number", "valid_from").n_unique() == second.height


def test_employments_lie_within_the_life_of_their_unit():
    city = small_city()
    lives = closed(city.units).group_by("code").agg(opens=pl.col("valid_from").min(), closes=pl.col("valid_to").max())
    rows = closed(city.employments).join(lives, left_on="unit_code", right_on="code", how="left")
    outside = rows.filter((pl.col("valid_from") < pl.col("opens")) | (pl.col("valid_to") > pl.col("closes")))
    assert rows["opens"].null_count() == 0
    assert outside.is_empty()


def test_a_unit_has_one_leader_at_a_time_who_works_there():
    city = small_city()
    assert overlapping(city.leaders, "unit_code").is_empty()
    there = closed(city.leaders).join(closed(city.employments), on=["employee_number", "unit_code"])
    starts = there.filter(
        pl.col("valid_from_right") <= pl.col("valid_from"), pl.col("valid_to_right") > pl.col("valid_from")
    )
    assert starts.select("unit_code", "valid_from").n_unique() == city.leaders.height


def test_every_unit_of_today_has_or_has_had_a_leader_and_few_are_without():
    city = small_city()
    today = set(city.units.filter(pl.col("valid_to").is_null())["code"])
    led = set(city.leaders["unit_code"])
    leading = set(city.leaders.filter(pl.col("valid_to").is_null())["unit_code"])
    assert today <= led
    assert len(today - leading) < 0.1 * len(today)


def test_leaders_have_changed_and_some_posts_stood_empty_meanwhile():
    leaders = closed(small_city().leaders).sort("unit_code", "valid_from")
    after = leaders.with_columns(ended=pl.col("valid_to").shift(1).over("unit_code")).drop_nulls("ended")
    assert after.height > 10
    assert after.filter(pl.col("ended") < pl.col("valid_from")).height > 0


def test_pay_covers_each_employment_from_the_first_day_of_the_city_on():
    city = small_city()
    assert overlapping(city.pay, "employee_number", "position_number").is_empty()
    key = ["employee_number", "position_number"]
    held = closed(city.employments).with_columns(pl.max_horizontal("valid_from", pl.lit(city.first)))
    days = (pl.col("valid_to") - pl.col("valid_from")).dt.total_days().sum().alias("days")
    paid = closed(city.pay).group_by(key).agg(days)
    both = held.group_by(key).agg(days).join(paid, on=key, how="left")
    assert both.filter(pl.col("days") != pl.col("days_right").fill_null(0)).is_empty()


def test_pay_rises_on_the_first_of_may():
    rises = (
        small_city()
        .pay.sort("employee_number", "position_number", "valid_from")
        .with_columns(before=pl.col("annual_pay").shift(1).over("employee_number", "position_number"))
        .filter(
            pl.col("before").is_not_null(), pl.col("valid_from").dt.month() == 5, pl.col("valid_from").dt.day() == 1
        )
    )
    assert rises.height > 1000
    assert rises.filter(pl.col("annual_pay") <= pl.col("before")).is_empty()


def test_the_pay_of_an_employment_is_that_of_its_last_day():
    city = small_city()
    last = closed(city.employments).with_columns(
        day=pl.min_horizontal(pl.col("valid_to").dt.offset_by("-1d"), pl.lit(city.last))
    )
    pay = closed(city.pay).join(last, on=["employee_number", "position_number"], suffix="_row")
    there = pay.filter(pl.col("valid_from") <= pl.col("day"), pl.col("day") < pl.col("valid_to"))
    assert there.height == city.employments.height
    assert there.filter(pl.col("annual_pay") != pl.col("annual_pay_row")).is_empty()


def test_absences_of_a_post_never_overlap_and_lie_within_the_employment():
    city = small_city()
    assert overlapping(city.absences, "employee_number", "position_number").is_empty()
    key = ["employee_number", "position_number"]
    rows = closed(city.absences).with_row_index("spell").join(closed(city.employments), on=key)
    within = rows.filter(
        pl.col("valid_from") >= pl.col("valid_from_right"), pl.col("valid_to") <= pl.col("valid_to_right")
    )
    assert within["spell"].n_unique() == city.absences.height


def test_short_absences_begin_on_a_work_day():
    city = small_city()
    second = city.employments.filter(~pl.col("main"))["position_number"].to_list()
    absences = city.absences.filter(pl.col("kind") != "other", ~pl.col("position_number").is_in(second))
    assert absences["valid_from"].dt.weekday().max() == 5


def test_an_absence_of_a_person_with_two_posts_is_on_both():
    absences = small_city().absences
    both = absences.group_by("employee_number", "kind", "valid_from").agg(pl.col("position_number").n_unique())
    assert both["position_number"].max() == 2


def test_those_who_left_have_a_reason():
    city = small_city()
    ended = city.employments.filter(pl.col("valid_to") <= city.last)
    last = ended.sort("valid_to").group_by("employee_number").last()
    still = set(closed(city.employments).filter(pl.col("valid_to") > city.last)["employee_number"])
    gone = last.filter(~pl.col("employee_number").is_in(list(still)), pl.col("main"))
    assert gone.height > 100
    assert gone["end_reason"].null_count() == 0


def test_work_addresses_are_unique_and_cannot_be_anybodys():
    people = small_city().employments.unique("employee_number")
    assert people["work_email"].n_unique() == people.height
    assert people["work_email"].str.ends_with("@fjordby.example").all()
    assert people["work_phone"].str.contains(r"^1\d( \d\d){3}$").all()


def test_some_have_a_confidential_address():
    people = build(5000).employments.unique("employee_number")
    assert 1 <= people["protected"].sum() <= 0.003 * people.height


def test_no_row_is_empty_or_ends_before_it_begins():
    city = small_city()
    for name in ("units", "leaders", "employments", "pay", "absences"):
        frame = city.frames()[name]
        assert frame.filter(pl.col("valid_to") <= pl.col("valid_from")).is_empty(), name
        assert frame.filter(pl.col("valid_from") >= ENDLESS).is_empty(), name
