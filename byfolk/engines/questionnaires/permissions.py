"""Who builds instruments, and who reads them: a draft is for those who build in its unit, the rest for everyone."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, Role, Statement, WriteRule

#: They build instruments for their units.
BUILDERS = (Role.HR_DIRECTOR, Role.HR_ADVISER)
_BUILDS_THERE = "unit_id in (select held_unit_set(array['hr_director', 'hr_adviser']))"

STATEMENT = Statement(
    permissions=(
        Permission("instruments.see", _("Lese spørreskjemaer som er eller har vært i bruk"), everyone=True),
        Permission("instruments.build", _("Lage spørreskjemaer og ta dem i bruk"), roles=BUILDERS),
    ),
    open_tables=("questionnaires_instrument", "questionnaires_instrumentversion"),
    open_where={
        "questionnaires_instrumentversion": f"state <> 'draft' or {_BUILDS_THERE}",
        "questionnaires_instrument": (
            "exists (select from questionnaires_instrumentversion v"
            f" where v.instrument_id = questionnaires_instrument.id) or {_BUILDS_THERE}"
        ),
    },
    work_tables=("questionnaires_instrumentevent", "questionnaires_instrumentversionevent"),
    writes=(
        WriteRule("questionnaires_instrument", roles=BUILDERS, unit="unit_id"),
        WriteRule("questionnaires_instrumentversion", roles=BUILDERS, unit="unit_id"),
    ),
)
