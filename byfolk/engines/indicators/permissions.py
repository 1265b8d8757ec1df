"""Published figures are open to all who work here, those of the city, departments and agencies to anyone. What a unit
says of its own is for all who work here. Only background work writes figures.
"""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, PublicRows, Role, Statement, WriteRule

#: They say why their unit's figures are as they are. The HR direction does so where its role is held, not below.
EXPLAINERS = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)

STATEMENT = Statement(
    permissions=(
        Permission("figures.see", _("Se publiserte tall"), everyone=True),
        Permission("figures.refresh", _("Be om nye tall"), roles=(Role.HR_DIRECTOR, Role.ADMINISTRATOR)),
        Permission("figures.explain", _("Forklare tallene til enheten"), roles=EXPLAINERS),
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
        PublicRows("indicators_publication", "true", ("id", "at", "period_until", "next_on", "declared")),
    ),
    open_tables=(
        "indicators_inputcount",
        "indicators_refresh",
        "indicators_note",
    ),
    # What was taken back may have been about a person: those who may write there see that it was.
    open_where={
        "indicators_note": "withdrawn_at is null or unit_id in "
        "(select held_unit_set(array['leader', 'hr_adviser', 'hr_director']))"
    },
    work_tables=("indicators_monthmade", "indicators_noteevent"),
    functions=("byfolk_note_history(bigint, text, smallint, date)",),
    writes=(WriteRule("indicators_note", roles=EXPLAINERS, unit="unit_id", commands=("INSERT", "UPDATE")),),
)
