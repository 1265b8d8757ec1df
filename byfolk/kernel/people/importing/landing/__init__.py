"""Into the database, set by set: the good rows go to a temporary table, are held against what stands there, and land.

``sql/KIND.sql`` (for a kind that an area has registered, its own file) has three parts. ``table`` makes ``staged``.
``match`` makes ``incoming``: the staged rows with
``state`` (new, changed, unchanged), and ``before`` and ``after`` as JSON. ``land`` writes what is new or changed. The
caller holds the transaction. Parameters: %(batch)s, %(on)s, and %(has_FIELD)s for each field that the source
supplies.
"""
