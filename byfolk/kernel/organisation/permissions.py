"""The organisation is open to everyone who works here, and down to the agencies to anyone; only imports and
administrators change it.
"""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, PublicRows, Statement

STATEMENT = Statement(
    permissions=(Permission("organisation.see", _("Se organisasjonen"), everyone=True),),
    public_tables=("organisation_municipality",),
    public_rows=(
        # Level 2 is the agencies: further down, who works where is a matter of few people.
        PublicRows(
            "organisation_unit",
            "level <= 2",
            ("id", "code", "name", "name_nn", "level", "sector", "parent_id", "valid", "sort_key"),
        ),
        PublicRows("organisation_placement", "level <= 2", ("id", "unit_id", "parent_id", "level", "valid")),
    ),
    open_tables=(
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
