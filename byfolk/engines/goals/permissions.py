"""Everyone who works here sees goals, figures and targets; targets are set from above."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, Role, Statement, WriteRule

SETTERS = (Role.HR_DIRECTOR, Role.LEADER)

STATEMENT = Statement(
    permissions=(Permission("targets.set", _("Sette mål for enheter"), roles=SETTERS),),
    open_tables=("goals_focusarea", "goals_goal", "goals_service", "goals_target"),
    work_tables=("goals_targetevent",),
    functions=("byfolk_target_history(text, bigint[])",),
    writes=(WriteRule("goals_target", roles=SETTERS, unit="unit_id"),),
)
