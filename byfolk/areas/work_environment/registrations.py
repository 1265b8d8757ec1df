from byfolk.areas.work_environment import facts, indicators
from byfolk.engines.indicators import registry

registry.register(indicators.INDICATORS, facts.FACTS)
