"""The numbers that results are made and spoken of by, from `parameters.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).with_name("parameters.yaml")
SMALLEST_TEXTS = 10


@dataclass(frozen=True)
class Parameters:
    """`warning`, `strong`: shares of answers below which a result carries a warning. `standard_errors`: how many make
    a change clear. `least_answers`: so many tell how much answers vary; else it is `share_of_scale` of the scale's
    width. `low`, `high`: where the bands lie, as shares of the scale's width. `background`: codes of items that
    results are broken down by; options that fewer than `least_share` chose are no group of their own.
    `smallest_texts`: so many must have written before their texts are kept together; `review_days`: so long a text may
    wait to be reviewed.
    """

    warning: Fraction
    strong: Fraction
    standard_errors: float
    least_answers: int
    share_of_scale: float
    low: Fraction
    high: Fraction
    background: tuple[str, ...]
    least_share: Fraction
    smallest_texts: int
    review_days: int


@lru_cache(maxsize=1)
def parameters() -> Parameters:
    """Those of this installation. Raises `KeyError` or `ValueError` for a file that lacks one."""
    return parsed(FILE.read_text(encoding="utf-8"))


def parsed(text: str) -> Parameters:
    """The parameters in a file. Raises `KeyError` or `ValueError` where one is missing or may not be."""
    found = yaml.safe_load(text)
    if int(found["texts"]["smallest"]) < SMALLEST_TEXTS:
        raise ValueError(f"texts are kept together with those of {SMALLEST_TEXTS} people or more")
    return Parameters(
        warning=Fraction(str(found["response"]["warning"])),
        strong=Fraction(str(found["response"]["strong"])),
        standard_errors=float(found["uncertainty"]["standard_errors"]),
        least_answers=int(found["uncertainty"]["least_answers"]),
        share_of_scale=float(found["uncertainty"]["share_of_scale"]),
        low=Fraction(str(found["bands"]["low"])),
        high=Fraction(str(found["bands"]["high"])),
        background=tuple(found["background"]["items"]),
        least_share=Fraction(str(found["background"]["least_share"])),
        smallest_texts=int(found["texts"]["smallest"]),
        review_days=int(found["texts"]["review_days"]),
    )
