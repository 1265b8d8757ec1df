"""What became of a figure. Apart from the rest of disclosure control, so that pages need not load what decides."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """What a reader gets of one cell. Only PUBLISHED carries numerator, denominator, value and n."""

    PUBLISHED = 0
    BAND_LOW = 1
    BAND_HIGH = 2
    HIDDEN_SMALL = 3
    HIDDEN_SECONDARY = 4
    WITHHELD = 5
    HIDDEN_LEVEL = 6
