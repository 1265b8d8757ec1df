"""Planning a campaign, letting it open, following the response, and ending it. For those who run campaigns."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.areas.surveys.campaigns import page
from byfolk.areas.surveys.campaigns.forms import CampaignForm, as_filled_in
from byfolk.areas.surveys.campaigns.words import done_words, refused_words
from byfolk.engines.questionnaires.campaigns import editing, queries
from byfolk.engines.questionnaires.campaigns.models import Campaign, Mode, Stage
from byfolk.engines.questionnaires.campaigns.placing import Placing
from byfolk.engines.questionnaires.campaigns.reading import preview
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now, today

#: So many seconds may a preview be behind.
KEPT_FOR = 600


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _campaign(actor: Actor, number: int) -> Campaign:
    found = queries.run_by(actor).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    found = [{"label": _("Undersøkelser"), "url": reverse("campaigns")}]
    return found + [{"label": label, "url": url} for label, url in more]


@door("campaigns.run")
def campaigns(request: HttpRequest) -> HttpResponse:
    """The campaigns of one's own units."""
    rows = page.listed(list(queries.run_by(_actor(request))[:200]))
    columns = [{"label": _("Undersøkelse")}, {"label": _("Tilstand")}, {"label": _("Åpner")}, {"label": _("Siste dag")}]
    return render(request, "surveys/campaigns/list.html", {"rows": rows, "columns": columns})


@door("campaigns.run")
def new_campaign(request: HttpRequest) -> HttpResponse:
    """Plan a new one, as a draft."""
    return _planned(request, None)


@door("campaigns.run")
def change_campaign(request: HttpRequest, number: int) -> HttpResponse:
    """Change a draft."""
    found = _campaign(_actor(request), number)
    if found.stage != Stage.DRAFT:
        raise Http404
    return _planned(request, found)


def _planned(request: HttpRequest, campaign: Campaign | None) -> HttpResponse:
    actor = _actor(request)
    versions = queries.versions_to_ask(actor)
    choices: dict[str, Any] = {
        "versions": [("", "")] + [(one.pk, _name_of(one)) for one in versions.values()],
        "units": queries.units_to_ask(actor, today()),
        "earliest": today(),
    }
    filled_in = as_filled_in(campaign) if campaign else {"on": today()}
    form = CampaignForm(request.POST or None, initial=filled_in, **choices)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _keep(actor, campaign, form, versions, request.POST.get("edition", ""))
                return _to(made, "endret" if campaign else "laget")
            except editing.CampaignRefused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, refused_words(refused))
            except editing.ChangedMeanwhile:
                form.add_error(
                    None, _("En annen har endret undersøkelsen siden du åpnet den. Se over, og lagre igjen.")
                )
                campaign = _campaign(actor, campaign.pk) if campaign else None
                status = 409
    title = page.title_of(campaign) if campaign else _("Planlegg en undersøkelse")
    context = {"form": form, "title": title, "campaign": campaign, "crumbs": _crumbs((title, ""))}
    return render(request, "surveys/campaigns/form.html", context, status=status)


def _keep(
    actor: Actor, campaign: Campaign | None, form: CampaignForm, versions: dict[int, InstrumentVersion], edition: str
) -> Campaign:
    plan = form.plan(versions)
    if campaign is None:
        unit = queries.unit_of(actor)
        made: Campaign = editing.plan_campaign(actor=actor, unit=unit, plan=plan, now=now())
        return made
    seen = int(edition) if edition.isdecimal() else 0
    changed: Campaign = editing.change_campaign(actor=actor, campaign=campaign, edition=seen, plan=plan)
    return changed


def _name_of(version: InstrumentVersion) -> str:
    return _("%(title)s, versjon %(number)d") % {
        "title": version.instrument.titles.nb,
        "number": version.number,
    }


def _to(campaign: Campaign, done: str) -> HttpResponse:
    return redirect(f"{reverse('campaign', args=[campaign.pk])}?gjort={done}")


@door("campaigns.run")
def campaign(request: HttpRequest, number: int) -> HttpResponse:
    """How one campaign stands: whom it would ask before it opens, how many have collected after. Never an answer."""
    return _shown(request, _campaign(_actor(request), number))


def _shown(request: HttpRequest, found: Campaign, wrong: str = "", status: int = 200) -> HttpResponse:
    actor = _actor(request)
    waits = found.stage in (Stage.DRAFT, Stage.SCHEDULED)
    openly = found.asked.openly is not None
    placing = _preview(actor, found) if waits and not openly else None
    top = None if waits or openly else queries.response_so_far(actor, found)
    code = request.GET.get("enhet", "")
    chosen = queries.response_so_far(actor, found, code) if top and code else top
    if top and chosen is None:
        raise Http404
    many = len(page.places(actor, found)) if waits and openly else 0
    text, places = page.places_page(actor, found, request.GET) if openly else ("", None)
    title = page.title_of(found)
    opens, closes = page.days_of(found)
    here = reverse("campaign", args=[found.pk])
    collected = _("Hentet") if queries.is_anonymous(found) else _("Svart")
    context = {
        "campaign": found, "title": title, "wrong": wrong, "done": done_words(request.GET.get("gjort", "")),
        "crumbs": _crumbs((title, "")), "places": [page.place_row(found, one) for one in places or ()], "pages": places,
        "text": text, "here": here, "query": urlencode({"q": text}) + "&" if text else "",
        "verdict": page.open_verdict(actor, found, many) if openly else page.verdict(found, placing, top),
        "too_small": page.too_small(placing) if placing else [],
        "response": page.response(chosen, here) if chosen else None,
        "columns": [
            {"label": _("Enhet")}, {"label": _("Invitert"), "numeric": True}, {"label": collected, "numeric": True},
            {"label": _("Andel"), "numeric": True},
        ],
        "kept": page.kept(found), "by_name": found.mode == Mode.NAMED,
        "facts": [
            {"label": _("Tilstand"), "value": found.get_stage_display()},
            {"label": _("Hvem som svarer"), "value": page.whom(found)},
            {"label": _("Hva dere får vite om hvem som svarer"), "value": found.get_mode_display()},
            {"label": _("Skjema"), "value": _name_of(found.version)},
            {"label": _("Første dag"), "value": opens},
            {"label": _("Siste dag"), "value": closes},
            {"label": _("Så mange må ha svart før et resultat vises"), "value": str(found.smallest_total)},
        ],
    }  # fmt: skip
    return render(request, "surveys/campaigns/campaign.html", context, status=status)


def _preview(actor: Actor, found: Campaign) -> Placing:
    """Whom it would ask. Everybody in the audience is counted, so it is kept for a while: a change has another key."""
    key = f"preview:{found.pk}:{found.edition}:{actor.standing}:{today()}"
    placing: Placing | None = caches["drawings"].get(key)
    if placing is None:
        placing = preview(actor, found.asked, found.smallest_total)
        caches["drawings"].set(key, placing, KEPT_FOR)
    return placing


@door("campaigns.run")
@require_POST
def step_campaign(request: HttpRequest, number: int, step: str) -> HttpResponse:
    """Take a campaign one step on: schedule it, take it back, end it, put it away, or throw a draft away."""
    actor = _actor(request)
    found = _campaign(actor, number)
    seen = request.POST.get("edition", "")
    common: dict[str, Any] = {"actor": actor, "campaign": found, "edition": int(seen) if seen.isdecimal() else 0}
    try:
        if step == "planlegg":
            editing.schedule_campaign(**common, now=now())
        elif step == "ta-tilbake":
            editing.take_back_campaign(**common)
        elif step == "lukk":
            editing.end_campaign(**common, now=now())
        elif step == "arkiver":
            editing.archive_campaign(**common)
        else:
            editing.delete_campaign(actor=actor, campaign=found)
            return redirect("campaigns")
    except editing.CampaignRefused as refused:
        return _shown(request, found, refused_words(refused), 422)
    except editing.ChangedMeanwhile:
        wrong = _("En annen har endret undersøkelsen siden du åpnet den. Se over, og prøv igjen.")
        return _shown(request, _campaign(actor, number), wrong, 409)
    return _to(found, step)
