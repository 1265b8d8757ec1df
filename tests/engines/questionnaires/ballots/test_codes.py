"""The code of a ballot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byfolk.engines.questionnaires.ballots.codes import bounds_of, code_of, digest_of


@given(st.binary(min_size=32, max_size=32))
def test_a_ballot_lies_between_the_bounds_of_its_code(digest: bytes) -> None:
    low, high = bounds_of(code_of(digest)) or (b"", b"")
    assert low <= digest <= high


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_read_however_it_is_written(digest: bytes) -> None:
    code = code_of(digest)
    assert bounds_of(code.lower().replace(" ", "-").replace("0", "o").replace("1", "l")) == bounds_of(code)


@pytest.mark.parametrize("code", ["", "M4KT", "M4KT 82PD XQ6U", "M4KT 82PD XQ6W X", "æøå", "<script>1234"])
def test_what_is_no_code_has_no_bounds(code: str) -> None:
    assert bounds_of(code) is None


def test_the_code_is_three_groups_of_four() -> None:
    assert [len(part) for part in code_of(digest_of(b"a ballot")).split()] == [4, 4, 4]
