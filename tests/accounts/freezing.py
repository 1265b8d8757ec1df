"""Snapshots of the invented city's accounts, made by hand: no database."""

from __future__ import annotations

import datetime as dt

from byfolk.accounts import snapshot
from byfolk.accounts.compose.report import report
from byfolk.accounts.compose.sealing import Signature
from byfolk.accounts.drafted import Draft, Text
from tests.accounts import building

NOW = dt.datetime(2026, 3, 12, 10, 30, 15, 123456, tzinfo=dt.UTC)


def text_of(code: str = "120") -> str:
    """A snapshot of a unit of the invented city."""
    signature = Signature(1, NOW.replace(microsecond=0), "Amir Rahimi", "Direktør", "Behandlet i ledermøtet")
    draft = Draft({"ansatte": Text("Vi er **flere**.\n\n- Her\n- Der")})
    ground = building.basis()
    place = next(place for place in building.PLACES if place.code == code)
    reports = {
        language: report(ground, place, language, sectors=building.SECTORS, draft=draft, signature=signature)
        for language in snapshot.LANGUAGES
    }
    return snapshot.write(reports, {
        "unit": code, "year": 2025, "version": 1, "frozen_at": signature.at.isoformat(), "signer": signature.name,
        "signer_role": signature.role, "reason": signature.reason, "address": "https://byfolk.example.no",
    })  # fmt: skip
