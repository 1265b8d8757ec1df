"""All tables of the engine, gathered for Django; each stands with the rest of its topic."""

from byfolk.engines.questionnaires.ballots.models import Answer, Ballot, PaperCode
from byfolk.engines.questionnaires.campaigns.models import (
    Campaign,
    FrozenUnit,
    Group,
    GroupKey,
    Invitation,
    Mailing,
    Mode,
    SignedAnswer,
    Stage,
)
from byfolk.engines.questionnaires.instruments.models import Instrument, InstrumentKind, InstrumentVersion, State
from byfolk.engines.questionnaires.plans.models import Plan
from byfolk.engines.questionnaires.results.models import FactorResult, Results, UnitResult
from byfolk.engines.questionnaires.texts.models import FreeText, TextBatch

__all__ = [
    "Answer",
    "Ballot",
    "Campaign",
    "FactorResult",
    "FreeText",
    "FrozenUnit",
    "Group",
    "GroupKey",
    "Instrument",
    "InstrumentKind",
    "InstrumentVersion",
    "Invitation",
    "Mailing",
    "Mode",
    "PaperCode",
    "Plan",
    "Results",
    "SignedAnswer",
    "Stage",
    "State",
    "TextBatch",
    "UnitResult",
]
