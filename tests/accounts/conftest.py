"""The accounts of the invented city and of two of its agencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from byfolk.accounts.content import Report


@pytest.fixture(scope="session")
def city() -> Report:
    from tests.accounts.building import made

    return made("1")


@pytest.fixture(scope="session")
def agency() -> Report:
    """Sykehjemsetaten."""
    from tests.accounts.building import made

    return made("120")


@pytest.fixture(scope="session")
def small() -> Report:
    """Vannverket, whose absence is hidden."""
    from tests.accounts.building import made

    return made("515")
