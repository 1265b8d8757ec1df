"""The organisation is open to everyone who works here; only imports and administrators change it."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, Statement

STATEMENT = Statement(
    permissions=(Permission("organisation.see", _("Se organisasjonen"), everyone=True),),
    public_tables=("organisation_municipality",),
    open_tables=(
        "organisation_unit",
        "organisation_placement",
        "organisation_succession",
        "organisation_closure",
        "organisation_leadership",
    ),
    work_tables=(
        "organisation_unitevent",
        "organisation_placementevent",
        "organisation_successionevent",
        "organisation_leadershipevent",
    ),
)
