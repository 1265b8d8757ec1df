from pathlib import Path

from byfolk.areas.services import facts, indicators
from byfolk.areas.services.importing import rules
from byfolk.areas.services.importing.kind import RESULTS
from byfolk.engines.indicators import registry
from byfolk.kernel.people.importing.handling import Handling, register

registry.register(indicators.INDICATORS, facts.FACTS, sources={facts.SOURCE: facts.RESULTS})
register(
    RESULTS,
    Handling(
        complete=rules.complete,
        check=rules.check,
        needs=("units",),
        own={"results": rules.STANDING},
        sql=Path(rules.__file__).with_name("results.sql"),
    ),
)
