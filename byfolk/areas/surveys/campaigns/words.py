"""What is said when a campaign was changed, and when it may not be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from byfolk.engines.questionnaires.ballots.piles import MOST, NotDrawn
from byfolk.engines.questionnaires.campaigns.editing import CampaignRefused


def done_words(done: str) -> str:
    """What was done, as the address tells; empty for what it cannot tell."""
    return {
        "laget": _("Undersøkelsen er laget som utkast. Se hvem den spør, før du planlegger den."),
        "endret": _("Undersøkelsen er endret."),
        "planlegg": _("Undersøkelsen er planlagt. Den åpner av seg selv."),
        "ta-tilbake": _("Undersøkelsen er et utkast igjen."),
        "lukk": _("Undersøkelsen lukkes nå. Ingen kan levere mer."),
        "arkiver": _("Undersøkelsen er arkivert. Svar og invitasjoner slettes nå."),
    }.get(done, "")


def refused_words(refused: CampaignRefused) -> str:
    """Why it may not be, and what to do."""
    return {
        "stage": _("Undersøkelsen er kommet lenger enn det du ser. Last siden på nytt."),
        "version": _("Skjemaet er ikke i bruk. Ta det i bruk, eller velg et annet."),
        "closes": _("Den siste dagen er over. Velg en senere dag."),
        "audience": _("Det er for få å spørre. Ta med flere enheter."),
        "title_nb": _("Skriv hva den heter"),
        "paper": _("Bare en anonym undersøkelse kan ha koder på papir."),
        "leaders_read": _("Lederen kan bare lese svar som er gitt med navn"),
        "smallest_total": _("Grensen kan bare heves, ikke senkes."),
        "smallest_breakdown": _("Grensen kan bare heves, ikke senkes."),
    }.get(refused.field, _("Undersøkelsen kan ikke være slik."))


def undrawn_words(why: NotDrawn) -> str:
    """Why no pile was made, and what to do."""
    return {
        NotDrawn.NOT_THERE: _("Vi fant ikke bunken."),
        NotDrawn.CLOSED: _("Undersøkelsen er avsluttet. Det kan ikke lages flere koder."),
        NotDrawn.NONE: _("Alle i gruppen har fått koden sin. Det er ingen flere å lage."),
        NotDrawn.CHANGED: _("Noen hentet en kode akkurat nå. Prøv igjen."),
        NotDrawn.NUMBER: _("Skriv hvor mange koder du trenger, fra 1 til %(most)d.") % {"most": MOST},
        NotDrawn.FEW: _("Bunken er for liten til å lages på nytt. Da kunne dere se om noen bestemte har svart."),
    }[why]
