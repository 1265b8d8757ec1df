"""Frozen accounts are open to everybody, and what is published now to all who work here. A draft is read by those who
lead or help the unit, by the HR direction and by the unit's union representatives.
"""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, Role, Statement, WriteRule

#: Rows of a unit are written by these there and below; `rules` says more closely who.
WRITERS = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)
READERS = (*WRITERS, Role.UNION_REPRESENTATIVE)
SIGNERS = (Role.LEADER, Role.HR_DIRECTOR)

_READ = "unit_id in (select held_unit_set(array['leader', 'hr_adviser', 'hr_director', 'union_representative']))"

STATEMENT = Statement(
    permissions=(
        Permission("accounts.read", _("Lese personalregnskapet"), everyone=True),
        Permission("accounts.draft", _("Lese og kommentere utkast til personalregnskap"), roles=READERS),
        Permission("accounts.write", _("Skrive i utkast til personalregnskap"), roles=WRITERS),
        Permission("accounts.freeze", _("Fryse og signere personalregnskapet"), roles=SIGNERS),
    ),
    public_tables=("accounts_snapshot",),
    open_tables=("accounts_edition", "accounts_section", "accounts_comment"),
    open_where={
        "accounts_edition": f"state = 'frozen' or {_READ}",
        # Those of the editions that are seen.
        "accounts_section": "edition_id in (select id from accounts_edition)",
        "accounts_comment": _READ,
    },
    work_tables=("accounts_editionevent", "accounts_sectionevent"),
    writes=(
        WriteRule("accounts_edition", roles=WRITERS, unit="unit_id"),
        WriteRule("accounts_section", roles=WRITERS, unit="unit_id"),
        WriteRule("accounts_comment", roles=READERS, unit="unit_id", commands=("INSERT",)),
        WriteRule("accounts_snapshot", roles=SIGNERS, unit="unit_id", commands=("INSERT",)),
    ),
)
