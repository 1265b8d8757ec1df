from byfolk.areas.staffing import facts, indicators, movement
from byfolk.engines.indicators import registry

registry.register((*indicators.INDICATORS, *movement.INDICATORS), facts.FACTS)
