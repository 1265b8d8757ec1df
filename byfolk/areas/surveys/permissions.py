"""Which factors are indicators is for anyone to know: their figures are open data as others' are."""

from byfolk.kernel.rights import Statement

STATEMENT = Statement(public_tables=("surveys_ownfactor",))
