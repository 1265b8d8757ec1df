"""Corrections: the person, and whoever answers."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import DataKind, Permission, Role, Seer, Statement, Table, WriteRule

ANSWERERS = (Role.LEADER, Role.HR_ADVISER)

STATEMENT = Statement(
    kinds=(
        DataKind(
            code="corrections",
            title=_("Det du har sagt fra om"),
            explanation=_("Feil du har meldt i opplysningene dine, og svarene du fikk."),
            tables=(Table("me_correction"), Table("me_correctionevent")),
            seen_by=(
                Seer(Role.LEADER, _("For å rette og svare deg.")),
                Seer(Role.HR_ADVISER, _("For å rette og svare deg.")),
            ),
            icon="pencil",
        ),
    ),
    permissions=(Permission("corrections.answer", _("Svare den som sier fra om feil"), roles=ANSWERERS),),
    writes=(
        WriteRule("me_correction", own="person_id", commands=("INSERT",)),
        WriteRule("me_correction", roles=ANSWERERS, unit="unit_id", commands=("UPDATE",)),
    ),
)
