"""Everyone who works here reads what is published; a document is written by those who lead or help the unit that owns
it, and by the HR direction. A receipt is the person's own: the owner is told how many there are, never whose.
"""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import DataKind, Permission, Role, Statement, Table, WriteRule

WRITERS = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)
_PUBLISHED = "id in (select document_id from library_entry)"
_HELD = "unit_id in (select held_unit_set(array['leader', 'hr_adviser', 'hr_director']))"

STATEMENT = Statement(
    kinds=(
        DataKind(
            code="receipts",
            title=_("Det du har bekreftet at du har lest"),
            explanation=_(
                "Veiledere du har bekreftet at du har lest. Den som eier dem, ser bare hvor mange som har lest."
            ),
            tables=(Table("library_receipt", unit=None),),
            seen_by=(),
            icon="book",
        ),
    ),
    permissions=(
        Permission("library.see", _("Lese veiledere"), everyone=True),
        Permission("library.confirm", _("Bekrefte at en har lest"), everyone=True),
        Permission("library.write", _("Skrive og publisere veiledere"), roles=WRITERS),
    ),
    open_tables=("library_document", "library_version", "library_entry"),
    # A draft is the owner's until it is published.
    open_where={
        "library_version": "state = 'published' or " + _HELD,
        "library_document": _PUBLISHED + " or " + _HELD,
    },
    work_tables=("library_documentevent", "library_versionevent"),
    functions=("byfolk_receipt_counts(bigint)",),
    writes=(
        WriteRule("library_document", roles=WRITERS, unit="unit_id"),
        WriteRule("library_version", roles=WRITERS, unit="unit_id"),
        WriteRule("library_receipt", own="person_id", commands=("INSERT",)),
    ),
)
