"""Results of services are not about persons. The rows are for background work alone, since a mean of three users'
answers stands in them; what everybody who works here sees are the figures published of them.
"""

from byfolk.kernel.rights import Statement

STATEMENT = Statement(work_tables=("services_result", "services_resultevent"))
