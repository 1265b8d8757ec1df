from byfolk.areas.pay import facts, indicators
from byfolk.engines.indicators import registry

registry.register(indicators.INDICATORS, facts.FACTS, facts.APART)
