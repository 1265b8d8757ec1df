"""Everyone who works here sees the policy, figures and targets, and anyone the adopted policy; targets are set from
above, and the policy is written by the HR direction. Agencies and unions speak in hearings; agencies write what they do
themselves.
"""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import Permission, PublicRows, Role, Statement, WriteRule

SETTERS = (Role.HR_DIRECTOR, Role.LEADER)
WRITERS = (Role.HR_DIRECTOR,)
SPEAKERS = (Role.LEADER, Role.UNION_REPRESENTATIVE)
TRACKED = ("policyversion", "element", "comment", "owner", "ownmeasure")

STATEMENT = Statement(
    permissions=(
        Permission("targets.set", _("Sette mål for enheter"), roles=SETTERS),
        Permission("policy.see", _("Lese personalpolitikken"), everyone=True),
        Permission("policy.write", _("Skrive, sende på høring og vedta personalpolitikken"), roles=WRITERS),
        Permission("policy.comment", _("Uttale seg når personalpolitikken er på høring"), roles=SPEAKERS),
        Permission("policy.own_measures", _("Skrive virksomhetens egne tiltak"), roles=(Role.LEADER,)),
    ),
    public_rows=(
        PublicRows("goals_policyversion", "state = 'adopted'", ("id", "number", "title", "state", "adopted_on")),
        PublicRows(
            "goals_element",
            "version_id in (select id from goals_policyversion)",
            (
                "id",
                "version_id",
                "key",
                "kind",
                "parent_id",
                "order",
                "title",
                "short",
                "text",
                "planned",
                "indicators",
            ),
        ),
    ),
    open_tables=(
        "goals_focusarea",
        "goals_goal",
        "goals_service",
        "goals_target",
        "goals_comment",
        "goals_owner",
        "goals_ownmeasure",
    ),
    # A draft is the HR direction's own until it is sent on hearing.
    open_where={
        "goals_policyversion": "state <> 'draft' or exists (select from held_unit_set(array['hr_director']))",
        "goals_element": "version_id in (select id from goals_policyversion)",
        "goals_comment": "version_id in (select id from goals_policyversion)",
    },
    work_tables=("goals_targetevent", *(f"goals_{name}event" for name in TRACKED)),
    functions=("byfolk_target_history(text, bigint[])",),
    writes=(
        WriteRule("goals_target", roles=SETTERS, unit="unit_id"),
        WriteRule("goals_focusarea", roles=WRITERS),
        WriteRule("goals_goal", roles=WRITERS),
        WriteRule("goals_service", roles=WRITERS),
        WriteRule("goals_policyversion", roles=WRITERS),
        WriteRule("goals_element", roles=WRITERS),
        WriteRule("goals_comment", roles=SPEAKERS, unit="unit_id", commands=("INSERT",)),
        WriteRule("goals_comment", roles=WRITERS, commands=("UPDATE",)),
        # To withdraw it: a trigger holds that nothing else of it changes.
        WriteRule("goals_comment", own="person_id", commands=("UPDATE",)),
        WriteRule("goals_owner", roles=WRITERS),
        WriteRule("goals_ownmeasure", roles=(Role.LEADER,), unit="unit_id"),
    ),
)
