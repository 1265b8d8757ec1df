"""The form of a campaign. Whose it is, its state and who may what never come from a form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from byfolk.engines.questionnaires.campaigns.audience import Audience, Leaders, Openly
from byfolk.engines.questionnaires.campaigns.editing import LONGEST_TITLE, Plan
from byfolk.engines.questionnaires.campaigns.models import (
    KEEP_AT_MOST,
    KEEP_DAYS,
    SMALLEST_BREAKDOWN,
    SMALLEST_TOTAL,
    Campaign,
    Mode,
)
from byfolk.engines.questionnaires.campaigns.rules import last_day
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.kernel.organisation.models import Level
from byfolk.kernel.people.models import EmploymentKind
from byfolk.kernel.time import OSLO, day_of

OPENS_AT = dt.time(8)
STAFF, OPEN = "staff", "open"
_PARTS = (
    (gettext_lazy("Hva dere spør om"), "", ("title_nb", "title_nn", "title_en", "version")),
    (gettext_lazy("Hvem dere spør"), "", ("whom", "units")),
    ("", "only-open", ("level", "named", "coded")),
    ("", "only-staff", ("mode", "leaders", "kinds", "on", "paper")),
    (gettext_lazy("Når"), "", ("opens", "closes")),
    (gettext_lazy("Hva som vises"), "", ("smallest_total", "smallest_breakdown", "leader_days")),
)
"""The form in parts: heading, the class of what is only for some, and the fields."""


def _title(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TITLE, **more)


def _date(label: Any, missing: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages={"required": missing, "invalid": missing}, **more)


class CampaignForm(forms.Form):
    """What is asked, whom, when, and how small a group may be. `versions`: instruments in use; `units`: (id, name)."""

    title_nb = _title(
        gettext_lazy("Hva heter undersøkelsen?"), error_messages={"required": gettext_lazy("Skriv hva den heter")}
    )
    title_nn = _title(gettext_lazy("Navnet på nynorsk"), required=False)
    title_en = _title(gettext_lazy("Navnet på engelsk"), required=False)
    version = forms.TypedChoiceField(
        label=gettext_lazy("Hvilket skjema?"),
        coerce=int,
        error_messages={"required": gettext_lazy("Velg et skjema"), "invalid_choice": gettext_lazy("Velg et skjema")},
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Hva skal dere vite om hvem som svarer?"),
        choices=[
            (Mode.ANONYMOUS, gettext_lazy("Anonym: ingen kan finne ut hvem som svarte hva")),
            (Mode.CONFIDENTIAL, gettext_lazy("Fortrolig: svarene lagres med navn, og telles uten")),
            (Mode.NAMED, gettext_lazy("Med navn: dere kan se hvem som svarte hva")),
        ],
        initial=Mode.ANONYMOUS,
        widget=forms.RadioSelect,
    )
    units = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Hvilke enheter?"),
        help_text=gettext_lazy("Alle enheter under er med."),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst én enhet")},
    )
    whom = forms.ChoiceField(
        label=gettext_lazy("Hvem skal svare?"),
        choices=[
            (STAFF, gettext_lazy("De som arbeider her. Hver får én stemmeseddel")),
            (OPEN, gettext_lazy("Brukere og innbyggere. Alle med adressen kan svare")),
        ],
        initial=STAFF,
        required=False,
        widget=forms.RadioSelect,
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Hvilke steder får en egen adresse?"),
        help_text=gettext_lazy("Hvert sted får en adresse og en plakat, og resultatene vises for stedet."),
        choices=[(level.value, level.label) for level in Level if level > Level.DEPARTMENT],
        coerce=int,
        initial=Level.SECTION.value,
        required=False,
    )
    named = forms.CharField(
        label=gettext_lazy("Bare steder med dette i navnet"),
        help_text=gettext_lazy("For eksempel «sykehjem». La det stå tomt, så er alle med."),
        max_length=60,
        required=False,
    )
    coded = forms.BooleanField(
        label=gettext_lazy("Hver svarer med en kode fra en lapp, én gang"),
        help_text=gettext_lazy("For eksempel for pårørende. Uten kode kan samme person svare flere ganger."),
        required=False,
    )
    leaders = forms.ChoiceField(
        label=gettext_lazy("Hvem av dem som jobber der?"),
        choices=[
            (Leaders.EVERYONE, gettext_lazy("Alle")),
            (Leaders.ONLY, gettext_lazy("Bare ledere")),
            (Leaders.NOT, gettext_lazy("Alle unntatt ledere")),
        ],
        initial=Leaders.EVERYONE,
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Hvordan er de ansatt?"),
        choices=EmploymentKind.choices,
        initial=EmploymentKind.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst én måte å være ansatt på")},
    )
    paper = forms.BooleanField(
        label=gettext_lazy("De som ikke har e-postadresse hos oss, får kode på papir"),
        help_text=gettext_lazy(
            "Lederne skriver ut en bunke med lapper, og hver trekker én. Bare i en anonym undersøkelse."
        ),
        required=False,
    )
    on = _date(
        gettext_lazy("Hvilken dag må de ha jobbet der?"),
        gettext_lazy("Velg en dag"),
        help_text=gettext_lazy("Den som begynner etter denne dagen, er ikke med."),
    )
    opens = _date(
        gettext_lazy("Første dag"),
        gettext_lazy("Velg den første dagen"),
        help_text=gettext_lazy("Den åpner klokken 8."),
    )
    closes = _date(
        gettext_lazy("Siste dag"),
        gettext_lazy("Velg den siste dagen"),
        help_text=gettext_lazy("Den lukker ved midnatt."),
    )
    smallest_total = forms.IntegerField(
        label=gettext_lazy("Hvor mange må ha svart før et resultat vises?"),
        initial=SMALLEST_TOTAL,
        min_value=SMALLEST_TOTAL,
        max_value=100,
    )
    smallest_breakdown = forms.IntegerField(
        label=gettext_lazy("Hvor mange må ha svart før det deles opp?"),
        initial=SMALLEST_BREAKDOWN,
        min_value=SMALLEST_BREAKDOWN,
        max_value=200,
    )
    leader_days = forms.IntegerField(
        label=gettext_lazy("Hvor mange dager skal lederen ha resultatet før andre?"),
        initial=7,
        min_value=0,
        max_value=60,
    )

    leaders_read = forms.BooleanField(
        label=gettext_lazy("Lederen til den som svarer, kan også lese svarene"),
        help_text=gettext_lazy("Bare når dere spør med navn. Ellers leser bare HR dem."),
        required=False,
    )
    keep_days = forms.IntegerField(
        label=gettext_lazy("Hvor mange dager skal svarene tas vare på?"),
        help_text=gettext_lazy("Så slettes svar og invitasjoner. Resultatene blir stående."),
        initial=KEEP_DAYS,
        required=False,
        min_value=1,
        max_value=KEEP_AT_MOST,
    )

    def __init__(
        self,
        *args: Any,
        versions: Sequence[tuple[int, str]],
        units: Sequence[tuple[int, str]],
        earliest: dt.date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest
        self.fields["version"].choices = versions  # type: ignore[attr-defined]
        self.fields["units"].choices = units  # type: ignore[attr-defined]

    def parts(self) -> list[dict[str, Any]]:
        """The fields in the order of the page: {title, css, fields}."""
        return [{"title": title, "css": css, "fields": [self[name] for name in names]} for title, css, names in _PARTS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if closes and closes < self.earliest:
            self.add_error("closes", _("Velg en dag som ikke er over"))
        elif opens and closes and closes < opens:
            self.add_error("closes", _("Den siste dagen kan ikke være før den første"))
        if cleaned.get("leaders_read") and cleaned.get("mode") != Mode.NAMED:
            self.add_error("leaders_read", _("Lederen kan bare lese svar som er gitt med navn"))
        total, parts = cleaned.get("smallest_total"), cleaned.get("smallest_breakdown")
        if cleaned.get("whom") == OPEN:
            cleaned["mode"], cleaned["paper"] = Mode.ANONYMOUS, False
        if cleaned.get("paper") and cleaned.get("mode") != Mode.ANONYMOUS:
            self.add_error("paper", _("Bare en anonym undersøkelse kan ha koder på papir."))
        if total and parts and parts < total:
            self.add_error("smallest_breakdown", _("Det må være minst like mange som før et resultat vises"))
        return cleaned

    def _openly(self) -> Openly | None:
        told = self.cleaned_data
        if told["whom"] != OPEN:
            return None
        return Openly(told["level"] or Level.SECTION.value, told["named"].strip(), told["coded"])

    def plan(self, versions: Mapping[int, InstrumentVersion]) -> Plan:
        """What was filled in, as the engine takes it."""
        told = self.cleaned_data
        closes = dt.datetime.combine(told["closes"] + dt.timedelta(days=1), dt.time(), OSLO)
        return Plan(
            version=versions[told["version"]],
            titles={code: told[f"title_{code}"] for code in ("nb", "nn", "en")},
            audience=Audience(
                tuple(told["units"]),
                told["on"],
                Leaders(told["leaders"]),
                tuple(told["kinds"]),
                self._openly(),
            ),
            opens_at=dt.datetime.combine(told["opens"], OPENS_AT, OSLO),
            closes_at=closes,
            mode=Mode(told["mode"]),
            smallest_total=told["smallest_total"],
            smallest_breakdown=told["smallest_breakdown"],
            leader_days=told["leader_days"],
            paper=told["paper"],
            leaders_read=told["leaders_read"],
            keep_days=told["keep_days"] or KEEP_DAYS,
        )


def as_filled_in(campaign: Campaign) -> dict[str, Any]:
    """A campaign as its form would have been filled in."""
    audience = campaign.asked
    openly = audience.openly
    return {
        "whom": OPEN if openly else STAFF,
        "level": openly.level if openly else Level.SECTION.value, "named": openly.named if openly else "",
        "coded": bool(openly and openly.coded),
        **{f"title_{code}": campaign.titles.get(code, "") for code in ("nb", "nn", "en")},
        "version": campaign.version_id, "mode": campaign.mode, "units": list(audience.units), "on": audience.on,
        "leaders": audience.leaders.value, "kinds": list(audience.kinds),
        "opens": day_of(campaign.opens_at), "closes": last_day(campaign.closes_at),
        "smallest_total": campaign.smallest_total, "smallest_breakdown": campaign.smallest_breakdown,
        "leader_days": campaign.leader_days, "paper": campaign.paper,
        "leaders_read": campaign.leaders_read, "keep_days": campaign.keep_days,
    }  # fmt: skip
