"""All tables of the engine, gathered for Django; each stands with the rest of its topic."""

from byfolk.engines.questionnaires.instruments.models import Instrument, InstrumentKind, InstrumentVersion, State

__all__ = ["Instrument", "InstrumentKind", "InstrumentVersion", "State"]
