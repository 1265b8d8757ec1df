from byfolk.engines.indicators import people, registry

registry.register((), (people.PEOPLE,))
