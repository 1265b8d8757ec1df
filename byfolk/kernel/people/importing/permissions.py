"""Who imports, and who sees what was found wrong with the files."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import DataKind, Permission, Role, Seer, Statement, Table, WriteRule

STATEMENT = Statement(
    kinds=(
        DataKind(
            code="imports",
            title=_("Filer og feil fra import av personaldata"),
            explanation=_(
                "Rader fra lønnssystemet som ikke kunne tas inn, med linje og grunn. De ligger her til neste import."
            ),
            tables=(
                Table("importing_batch", person=None),
                Table("importing_upload", person=None),
                Table("importing_finding", person=None),
            ),
            seen_by=(
                Seer(Role.ADMINISTRATOR, _("For å hente inn personaldata og rette feil i oppsettet.")),
                Seer(Role.HR_ADVISER, _("For å rette feil i virksomhetens personaldata.")),
            ),
            own=False,
            icon="upload",
        ),
    ),
    permissions=(
        Permission("imports.manage", _("Hente inn personaldata"), roles=(Role.ADMINISTRATOR,)),
        Permission(
            "data_quality.see",
            _("Se datakvaliteten i virksomhetene"),
            roles=(Role.ADMINISTRATOR, Role.HR_ADVISER, Role.HR_DIRECTOR, Role.LEADER),
        ),
        Permission("data_quality.rows", _("Se radene som må rettes"), roles=(Role.ADMINISTRATOR, Role.HR_ADVISER)),
        Permission(
            "data_quality.assign", _("Velge hvem som eier datakvaliteten"), roles=(Role.ADMINISTRATOR, Role.HR_DIRECTOR)
        ),
    ),
    open_tables=("importing_source", "importing_agencyshare", "importing_qualityowner"),
    writes=(
        WriteRule("importing_source", roles=(Role.ADMINISTRATOR,)),
        WriteRule("importing_batch", roles=(Role.ADMINISTRATOR,), unit="unit_id"),
        WriteRule("importing_finding", roles=(Role.ADMINISTRATOR,), unit="unit_id", commands=("DELETE",)),
        WriteRule("importing_agencyshare", roles=(Role.ADMINISTRATOR,), unit="unit_id", commands=("DELETE",)),
        WriteRule("importing_upload", roles=(Role.ADMINISTRATOR,), unit="unit_id"),
        WriteRule("importing_qualityowner", roles=(Role.ADMINISTRATOR, Role.HR_DIRECTOR), unit="unit_id"),
    ),
)
