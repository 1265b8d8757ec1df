"""A long list that a statement reads, a part at a time."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from byfolk.lib.listed import Listed, containing

pytestmark = pytest.mark.django_db
NUMBERS = "select n, 'number ' || n from generate_series(1, %(most)s) n order by n"


def listed(most: int) -> Listed[tuple[int, str]]:
    return Listed(NUMBERS, {"most": most}, lambda number, words: (number, words))


def test_a_page_reads_its_own_rows_and_how_many_there_are():
    with CaptureQueriesContext(connection) as queries:
        page = Paginator(listed(120), 50).get_page("3")
        assert list(page) == [(number, f"number {number}") for number in range(101, 121)]
    assert len(queries) == 2


def test_a_page_that_is_not_there_is_the_last_one():
    assert Paginator(listed(120), 50).get_page("9").number == 3


def test_all_of_it_is_read_at_once():
    assert [number for number, _words in listed(3)] == [1, 2, 3]
    assert listed(3)[1] == (2, "number 2")
    with pytest.raises(IndexError):
        listed(3)[3]


@pytest.mark.parametrize(
    ("text", "found"), [("a%", ["a%b"]), ("_", ["a_b"]), ("\\", ["a\\b"]), ("", ["a%b", "a_b", "a\\b"])]
)
def test_what_is_searched_for_is_found_as_it_stands(text, found):
    with connection.cursor() as cursor:
        cursor.execute(
            "select t from unnest(array['a%%b', 'a_b', 'a\\b']) with ordinality o (t, n) where t ilike %s order by n",
            [containing(text)],
        )
        assert [row[0] for row in cursor.fetchall()] == found
