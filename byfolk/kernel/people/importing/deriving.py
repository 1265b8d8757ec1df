"""Keys that a source lacks, made from what it has; the same file gives the same keys every time."""

from __future__ import annotations

import base64
import hashlib
import re

import polars as pl

from byfolk.kernel.people.importing.fields import normalise
from byfolk.kernel.people.importing.mapping import Derived

_SEPARATOR = "\x1f"
_HASH_LETTERS = 12  # 60 bits: for 100,000 people a chance of one in two hundred million that two share a number


def derive(frame: pl.DataFrame, derived: Derived, unit_codes_by_name: dict[str, str]) -> pl.Series:
    """The key of each row; "" where the columns are empty or, for "unit_by_name", no one unit has the name."""
    joined = frame.select(
        pl.concat_str([pl.col(c).str.strip_chars().str.to_lowercase() for c in derived.columns], separator=_SEPARATOR)
    ).to_series()
    if derived.how == "unit_by_name":
        return _each(joined, lambda text: unit_codes_by_name.get(normalise(text), ""))
    if derived.how == "code":
        return _each(joined, lambda text: derived.prefix + _as_code(text) if text.strip(_SEPARATOR) else "")
    keys = _each(joined, lambda text: derived.prefix + _hash(text) if text.strip(_SEPARATOR) else "")
    if derived.how == "hash":
        return keys
    count = pl.int_range(pl.len()).over("key") + 1
    return (
        pl.DataFrame({"key": keys})
        .select(pl.when((count > 1) & (pl.col("key") != "")).then(pl.format("{}-{}", "key", count)).otherwise("key"))
        .to_series()
    )


def _each(texts: pl.Series, function) -> pl.Series:
    distinct = texts.unique()
    return texts.replace_strict(distinct, [function(text) for text in distinct.to_list()], return_dtype=pl.String)


def _hash(text: str) -> str:
    digest = hashlib.blake2b(text.encode(), digest_size=10).digest()
    return base64.b32encode(digest).decode()[:_HASH_LETTERS]


def _as_code(text: str) -> str:
    words = re.split(r"[^\w]+|_", text.replace("æ", "ae").replace("ø", "o").replace("å", "a"))
    return "-".join(word.upper() for word in words if word)
