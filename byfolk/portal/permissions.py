"""Pages that belong to no area."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, Statement

STATEMENT = Statement(
    permissions=(
        Permission("portal.open", _("Åpne sider som er for alle"), public=True),
        Permission("search.use", _("Søke"), everyone=True),
    ),
)
