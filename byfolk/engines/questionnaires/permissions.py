"""Who builds instruments and runs campaigns, and who reads them: a draft is for those who may change it, the rest for
everyone. Who is invited is each one's own. What lies in an urn is for background work, and keys are, too.
"""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import DataKind, Permission, Role, Statement, Table, WriteRule

#: They see the results of their units as soon as there are any; others when the leader has had them for some days.
SEE_FIRST = (Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)
#: Whom a result concerns by office; everybody else sees their own unit and those above.
_SEES_RESULT = (
    "unit_id in (select held_unit_set(array['leader', 'hr_adviser', 'hr_director']))"
    " or (shown_from <= (select byfolk_today()) and (unit_id = any((select worked_units())::bigint[])"
    " or unit_id in (select held_unit_set(array['union_representative', 'safety_representative']))))"
)
#: They build instruments for their units.
BUILDERS = (Role.HR_DIRECTOR, Role.HR_ADVISER)
#: HR of the campaign's unit reviews texts; nobody those of people whom they lead or work with.
_REVIEWS = (
    "owner_id in (select held_unit_set(array['hr_director', 'hr_adviser']))"
    " and unit_id not in (select held_unit_set(array['leader']))"
    " and unit_id not in (select e.unit_id from people_employment e where e.person_id = (select byfolk_person())"
    " and e.valid @> (select byfolk_today()))"
)
_SEES_BATCH = f"({_REVIEWS}) or (published_at is not null and ({_SEES_RESULT}))"
# A batch is seen by those who review or read it; a withheld text of one that is out by nobody.
_SEES_TEXT = (
    "batch_id in (select b.id from questionnaires_textbatch b where b.published_at is null)"
    " or (state = 'approved' and batch_id in (select b.id from questionnaires_textbatch b"
    " where b.published_at is not null))"
)
#: They choose what their unit does something about; who acts for which unit is the actions' own rule.
CHOOSERS = SEE_FIRST
_BUILDS_THERE = "unit_id in (select held_unit_set(array['hr_director', 'hr_adviser']))"

STATEMENT = Statement(
    kinds=(
        DataKind(
            code="invitations",
            title=_("Undersøkelser du er invitert til"),
            explanation=_("At du er invitert, og om du har hentet stemmeseddel. Aldri hva du svarte, eller når."),
            tables=(Table("questionnaires_invitation", unit=None),),
            seen_by=(),
            icon="envelope-closed",
        ),
        DataKind(
            code="signed_answers",
            title=_("Svar du har gitt med navn"),
            explanation=_(
                "Det du har svart i undersøkelser som ikke er anonyme. Er de fortrolige, leser ingen dem enkeltvis. "
                "Er de med navn, kan HR lese dem når undersøkelsen er avsluttet, og lederen din hvis det ble sagt før "
                "du svarte."
            ),
            tables=(Table("questionnaires_signedanswer", unit=None),),
            seen_by=(),
            logged=True,
            icon="pencil",
        ),
    ),
    permissions=(
        Permission("campaigns.see", _("Svare på undersøkelser en er invitert til"), everyone=True),
        Permission("campaigns.run", _("Planlegge og lukke undersøkelser"), roles=BUILDERS),
        Permission("paper.draw", _("Lage bunker med koder på papir"), roles=(*BUILDERS, Role.LEADER)),
        Permission("results.see", _("Se resultater av undersøkelser for enheter en selv hører til"), everyone=True),
        Permission(
            "signed.read",
            _("Lese svar som er gitt med navn, når undersøkelsen sier det"),
            roles=(Role.LEADER, *BUILDERS),
        ),
        Permission("texts.review", _("Gå gjennom det folk har skrevet, før andre ser det"), roles=BUILDERS),
        Permission("plans.choose", _("Velge hva enheten skal gjøre noe med etter en undersøkelse"), roles=CHOOSERS),
        Permission("urn.use", _("Levere en stemmeseddel uten navn"), public=True),
        Permission("instruments.see", _("Lese spørreskjemaer som er eller har vært i bruk"), everyone=True),
        Permission("instruments.build", _("Lage spørreskjemaer og ta dem i bruk"), roles=BUILDERS),
    ),
    open_tables=(
        "questionnaires_instrument",
        "questionnaires_instrumentversion",
        "questionnaires_campaign",
        "questionnaires_group",
        "questionnaires_frozenunit",
        "questionnaires_results",
        "questionnaires_unitresult",
        "questionnaires_factorresult",
        "questionnaires_textbatch",
        "questionnaires_freetext",
        "questionnaires_plan",
    ),
    open_where={
        "questionnaires_textbatch": _SEES_BATCH,
        "questionnaires_freetext": _SEES_TEXT,
        "questionnaires_unitresult": _SEES_RESULT,
        "questionnaires_factorresult": _SEES_RESULT,
        "questionnaires_plan": _SEES_RESULT,
        "questionnaires_instrumentversion": f"state <> 'draft' or {_BUILDS_THERE}",
        "questionnaires_instrument": (
            "exists (select from questionnaires_instrumentversion v"
            f" where v.instrument_id = questionnaires_instrument.id) or {_BUILDS_THERE}"
        ),
        "questionnaires_campaign": f"stage <> 'draft' or {_BUILDS_THERE}",
    },
    work_tables=(
        "questionnaires_instrumentevent",
        "questionnaires_instrumentversionevent",
        "questionnaires_campaignevent",
        "questionnaires_planevent",
        "questionnaires_groupkey",
        "questionnaires_ballot",
        "questionnaires_answer",
        "questionnaires_mailing",
        "questionnaires_papercode",
    ),
    functions=(
        "byfolk_audience_counts(bigint[], text, text[], date)",
        "byfolk_collect_ballot(bigint, bytea)",
        "byfolk_collected(bigint)",
        "byfolk_like_units(bigint, bigint)",
        "byfolk_plan_history(bigint)",
        "byfolk_shared_survey_actions(text, text, bigint)",
        "byfolk_piles()",
        "byfolk_open_addresses(bigint)",
        "byfolk_unused_codes(bigint)",
        "byfolk_draw_codes(bigint, bytea[], boolean)",
        "byfolk_signed_people(bigint)",
        "byfolk_read_signed(bigint, bigint, text, text, timestamptz)",
    ),
    public_functions=(
        "byfolk_urn(bigint)",
        "byfolk_urn_group(bigint)",
        "byfolk_urn_content(bigint)",
        "byfolk_urn_codes(bigint)",
        "byfolk_urn_groups(bigint)",
        "byfolk_urn_for_all(bigint)",
        "byfolk_urn_counts(bigint)",
        "byfolk_hand_in(bigint, bytea, jsonb)",
        "byfolk_lies_in_urn(bigint, bytea, bytea)",
        "byfolk_paper_code(bytea)",
        "byfolk_open_link(text)",
        "byfolk_hand_in_open(text, bytea, jsonb)",
        "byfolk_hand_in_code(bytea, jsonb)",
    ),
    writes=(
        WriteRule("questionnaires_instrument", roles=BUILDERS, unit="unit_id"),
        WriteRule("questionnaires_instrumentversion", roles=BUILDERS, unit="unit_id"),
        WriteRule("questionnaires_campaign", roles=BUILDERS, unit="unit_id"),
        WriteRule("questionnaires_textbatch", roles=BUILDERS, unit="owner_id", commands=("UPDATE",)),
        WriteRule("questionnaires_freetext", roles=BUILDERS, unit="owner_id", commands=("UPDATE",)),
        WriteRule("questionnaires_plan", roles=CHOOSERS, unit="unit_id"),
        WriteRule("questionnaires_signedanswer", own="person_id", commands=("INSERT", "UPDATE")),
    ),
)
