"""Who sees what about a person."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.rights import DataKind, Permission, Role, Seer, Statement, Table

STATEMENT = Statement(
    kinds=(
        DataKind(
            code="identity",
            title=_("Navn, fødselsdato og ansattnummer"),
            explanation=_("Det arbeidsgiveren må vite for å ha deg ansatt. Fødselsnummeret ditt ligger ikke her."),
            tables=(
                Table("people_person", person="id", unit=None, staff=True),
                Table("people_personevent", person="pgh_obj_id", unit=None, staff=True),
            ),
            seen_by=(
                Seer(Role.LEADER, _("For å vite hvem som jobber i enheten.")),
                Seer(Role.HR_ADVISER, _("For å hjelpe lederen din med personalsaker.")),
            ),
        ),
        DataKind(
            code="address",
            title=_("Privat adresse og telefon"),
            explanation=_("Har du hemmelig adresse, står du ikke i noen liste som andre kan slå opp i."),
            tables=(
                Table("people_address", unit=None, staff=True),
                Table("people_addressevent", unit=None, staff=True),
            ),
            seen_by=(Seer(Role.HR_ADVISER, _("For å sende brev som må fram.")),),
            logged=True,
            icon="house",
        ),
        DataKind(
            code="employment",
            title=_("Stilling, prosent og ansettelse"),
            explanation=_("Hvilke stillinger du har og har hatt, hvor mye du jobber, og om du er fast ansatt."),
            tables=(
                Table("people_employment", valid="valid"),
                Table("people_employmentevent"),
            ),
            seen_by=(
                Seer(Role.LEADER, _("For å lede enheten og sette opp vakter.")),
                Seer(Role.HR_ADVISER, _("For å hjelpe lederen din med personalsaker.")),
                Seer(Role.HR_DIRECTOR, _("For å styre bemanningen i hele kommunen.")),
            ),
            icon="briefcase",
        ),
        DataKind(
            code="pay",
            title=_("Lønn"),
            explanation=_("Lønnen og tilleggene dine."),
            tables=(Table("people_pay"), Table("people_payevent")),
            seen_by=(
                Seer(Role.LEADER, _("For å forberede lønnssamtaler.")),
                Seer(Role.HR_ADVISER, _("For å hjelpe i lønnssaker.")),
            ),
            logged=True,
            icon="wallet",
        ),
        DataKind(
            code="absence",
            title=_("Fravær"),
            explanation=_("Når du har vært borte, og hvor mye. Diagnosen din ligger ikke her."),
            tables=(Table("people_absence"), Table("people_absenceevent")),
            seen_by=(
                Seer(Role.LEADER, _("For å følge deg opp når du er syk. Loven krever det (arbeidsmiljøloven § 4-6).")),
                Seer(Role.HR_ADVISER, _("For å hjelpe lederen din med oppfølgingen.")),
            ),
            logged=True,
            icon="bandage",
        ),
    ),
    permissions=(
        Permission("directory.see", _("Slå opp kolleger"), everyone=True),
        Permission("self.see", _("Se opplysninger om seg selv"), everyone=True),
        Permission("staff.open", _("Åpne en ansatt i egne enheter"), roles=(Role.LEADER, Role.HR_ADVISER)),
        Permission("staff.see", _("Se ansatte i egne enheter"), roles=(Role.LEADER, Role.HR_ADVISER, Role.HR_DIRECTOR)),
    ),
    open_tables=("people_card", "people_position"),
    work_tables=("people_positionevent",),
)
