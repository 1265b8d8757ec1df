"""Documents with versions and validity, whom they ask to read them, and search. Areas register the kinds: guides now,
later agreements, law and what may be decided where.
"""
