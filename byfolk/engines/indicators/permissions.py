"""Published figures are open to all who work here, those of the city, departments and agencies to anyone; only
background work writes them.
"""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, PublicRows, Role, Statement

STATEMENT = Statement(
    permissions=(
        Permission("figures.see", _("Se publiserte tall"), everyone=True),
        Permission("figures.refresh", _("Be om nye tall"), roles=(Role.HR_DIRECTOR, Role.ADMINISTRATOR)),
    ),
    public_rows=(
        # Hierarchy 0: the organisation as it was. What is hidden has no number in the table itself.
        PublicRows(
            "indicators_figure",
            "hierarchy = 0 and unit in (select id from organisation_unit where level <= 2)",
            (
                *("unit", "indicator", "breakdown", "hierarchy", "kind", "period", "state"),
                *("value", "numerator", "denominator", "n", "bound"),
            ),
            view="indicators_openfigure",
        ),
        PublicRows("indicators_publication", "true", ("id", "at", "period_until", "next_on")),
    ),
    open_tables=(
        "indicators_inputcount",
        "indicators_refresh",
    ),
    work_tables=("indicators_monthmade",),
)
