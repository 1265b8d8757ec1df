"""Published figures are open to all who work here; only background work writes them."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, Role, Statement

STATEMENT = Statement(
    permissions=(
        Permission("figures.see", _("Se publiserte tall"), everyone=True),
        Permission("figures.refresh", _("Be om nye tall"), roles=(Role.HR_DIRECTOR, Role.ADMINISTRATOR)),
    ),
    open_tables=(
        "indicators_figure",
        "indicators_publication",
        "indicators_inputcount",
        "indicators_refresh",
    ),
    work_tables=("indicators_monthmade",),
)
