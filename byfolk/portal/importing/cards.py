"""Home cards of import: files that wait or have stopped, agencies' data that one answers for, and data nobody owns."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from byfolk.engines.indicators.queries import refresh_status
from byfolk.kernel.people.importing.models import State
from byfolk.kernel.registry import HomeAsk, HomeCard, Urgency
from byfolk.lib import norwegian
from byfolk.portal.importing import queries


def files(asked: HomeAsk) -> Iterator[HomeCard]:
    """For whoever imports: figures that could not be made, and the newest file that waits or stopped. Two queries."""
    actor = asked.actor
    if not actor.may("imports.manage"):
        return
    run = refresh_status(actor)
    if run is not None and run.error:
        text = _("Utregningen stoppet, så alle ser de forrige tallene. Start den på nytt med «byfolk figures refresh».")
        url = reverse("imports")
        yield HomeCard(
            _("Tallene ble ikke oppdatert"), text, url, _("Se importene"), Urgency.SOMEONE_WAITS,
            icon="exclamationmark-triangle",
        )  # fmt: skip
    newest = queries.newest_file(actor)
    if newest is not None and newest.state == State.FAILED:
        title, text = _("Importen stoppet"), _("%(file)s ble ikke hentet inn. Se hva som må rettes.")
    elif newest is not None and newest.state in (State.RECEIVED, State.CHECKED):
        title, text = _("En fil venter på deg"), _("%(file)s er ikke hentet inn ennå. Se prøvekjøringen, og bestem.")
    else:
        return
    url = reverse("import_batch", args=[newest.pk])
    yield HomeCard(
        title, text % {"file": newest.file_name}, url, _("Åpne filen"), Urgency.SOMEONE_WAITS, icon="upload"
    )  # fmt: skip


def owned(asked: HomeAsk) -> Iterator[HomeCard]:
    """Rows that were not taken in, for whoever answers for the agency's data; agencies without an owner, for those who
    choose one. Two queries, or three.
    """
    actor, today = asked.actor, asked.today
    if not actor.may("data_quality.see"):
        return
    for one in queries.owned_quality(actor):
        if one.rejected:
            number = norwegian.number(one.rejected, 0, get_language() or "nb")
            title = ngettext("%(n)s rad ble ikke tatt inn", "%(n)s rader ble ikke tatt inn", one.rejected)
            text = _("Du eier datakvaliteten i %(unit)s. Uten radene er tallene deres feil.") % {"unit": one.unit.name}
            url = reverse("data_quality_agency", args=[one.unit.code])
            yield HomeCard(
                title % {"n": number}, text, url, _("Se hva som er galt"), Urgency.SOMEONE_WAITS, icon="database"
            )  # fmt: skip
    without = queries.without_owner(actor, today) if actor.may("data_quality.assign") else 0
    if without:
        title = ngettext(
            "Én virksomhet mangler eier av personaldata", "%(n)d virksomheter mangler eier av personaldata", without
        ) % {"n": without}  # fmt: skip
        text = _("Ingen retter feilene der. Velg hvem som skal gjøre det.")
        yield HomeCard(title, text, reverse("data_quality"), _("Velg eiere"), Urgency.CHANCE, icon="database")
