"""What an import says: kept as codes, and read in any language."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from byfolk.kernel.people.importing.telling import MESSAGES, ImportProblem, Said
from byfolk.lib.tables import UnreadableTable
from byfolk.lib.tables.errors import MESSAGES as OF_TABLES

ARGUMENTS = {
    "place": "ark.xlsx", "line": 3, "limit": 100, "rows": 5, "columns": ["Navn", "Kode"], "text": "a:b", "count": 61234,
    "expected": 9, "lines": "2, 3", "sheets": ["A", "B"], "cells": ["A1"], "name": "Lønn", "kind": "employments",
    "fields": ["employee_number", "valid_from"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_message_survives_being_kept_and_has_words_in_every_language(language: str) -> None:
    for code in (*MESSAGES, *(f"table.{code}" for code in OF_TABLES)):
        kept = json.loads(json.dumps({"code": code, "args": ARGUMENTS}))
        with translation.override(language):
            words = str(Said(kept["code"], kept["args"]))
        assert words != code
        assert "%(" not in words, code
        assert "{" not in words, code


def test_fields_are_named_in_the_readers_language() -> None:
    said = ImportProblem("missing_fields", kind="employments", fields=["employee_number", "valid_from"]).said
    with translation.override("nb"):
        assert "Ansattnummer, Ansatt fra" in str(said)
    with translation.override("en"):
        assert "Employee number, Employed from" in str(said)


def test_a_file_that_is_no_table_says_why_in_the_readers_language() -> None:
    problem = ImportProblem.of(UnreadableTable("which_sheet", sheets=("Januar", "Februar")))
    with translation.override("nb"):
        assert "Januar, Februar" in str(problem)
        norwegian = str(problem)
    with translation.override("en"):
        assert str(problem) != norwegian


def test_nothing_said_is_nothing() -> None:
    assert not Said()
    assert str(Said()) == ""
