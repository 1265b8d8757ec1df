"""Who sees and works on actions: those who lead and help the unit, whoever answers for one, and those it concerns."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import DataKind, Permission, Role, Seer, Statement, Table, WriteRule

#: They start and steer the actions of their units. The HR direction does so where its role is held, not below.
STARTERS = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)

_STEER = (
    Seer(Role.LEADER, _("For å lede enheten.")),
    Seer(Role.HR_ADVISER, _("For å hjelpe lederen din.")),
    Seer(Role.HR_DIRECTOR, _("For å følge opp målene i hele kommunen.")),
)

_SEEN_BY = (*_STEER, Seer(Role.AUDITOR, _("For å kontrollere at det som er bestemt, blir gjort.")))
#: Those who see the actions of the units that they hold the role for, and of all below.
SEERS = frozenset(seer.role for seer in _SEEN_BY)

STATEMENT = Statement(
    kinds=(
        DataKind(
            code="actions",
            title=_("Tiltak du har ansvaret for"),
            explanation=_("Hva du har ansvaret for, fristen og hvor det står. Alle som jobber i enheten, ser det."),
            tables=(
                Table("actions_action", person="owner_id", work=True, everyone_there=True),
                Table("actions_actionevent", person="owner_id", work=True),
            ),
            seen_by=_SEEN_BY,
            icon="tasklist",
        ),
        DataKind(
            code="action_comments",
            title=_("Kommentarer til tiltakene dine"),
            explanation=_(
                "Det du og andre har skrevet om tiltak du har ansvaret for. Kollegene i enheten ser det ikke."
            ),
            tables=(Table("actions_comment", person="owner_id", work=True),),
            seen_by=_STEER,
            icon="pencil",
        ),
    ),
    permissions=(
        Permission("actions.see", _("Se tiltak som gjelder en selv"), everyone=True),
        Permission("actions.work", _("Arbeide med tiltak som en har ansvaret for"), everyone=True),
        Permission("actions.start", _("Starte og fordele tiltak"), roles=STARTERS),
        Permission("actions.mail", _("Velge om en vil ha e-post om tiltakene sine"), everyone=True),
    ),
    own_tables={"actions_mailchoice": "person_id"},
    work_tables=("actions_mailed",),
    functions=(
        "byfolk_action_history(bigint)",
        "byfolk_action_counts(integer)",
        "byfolk_shared_actions(text, bigint)",
    ),
    writes=(
        WriteRule("actions_action", roles=STARTERS, unit="unit_id", commands=("INSERT", "UPDATE")),
        WriteRule("actions_action", own="owner_id", commands=("UPDATE",)),
        WriteRule("actions_comment", roles=STARTERS, unit="unit_id", commands=("INSERT",)),
        WriteRule("actions_comment", own="owner_id", commands=("INSERT",)),
    ),
)
