"""Who sees the read log: the person it is about. The auditor's part of it is given by
`byfolk_read_log_for_auditors`.
"""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import DataKind, Permission, Role, Statement, Table

STATEMENT = Statement(
    kinds=(
        DataKind(
            code="read_log",
            title=_("Hvem som har sett på deg"),
            explanation=_("Listen over oppslag i opplysningene dine. Ingen kan endre den."),
            tables=(Table("audit_readlog", unit=None),),
            seen_by=(),
            icon="eye",
        ),
    ),
    permissions=(Permission("read_log.audit", _("Se at det er lest, av hvem og hvorfor"), roles=(Role.AUDITOR,)),),
    work_tables=("pghistory_context",),
)
