"""Which factors are indicators is for background work: everybody reads it with the figures that were published then."""

from byfolk.kernel.rights import Statement

STATEMENT = Statement(work_tables=("surveys_ownfactor",))
