"""Choosing what a unit does something about, and making actions, for those who lead or help it: others find nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.areas.surveys.plans import effects, page
from byfolk.areas.surveys.plans.forms import ChooseForm, MakeForm, as_chosen
from byfolk.areas.surveys.plans.page import Planning
from byfolk.areas.surveys.plans.words import title_of
from byfolk.areas.surveys.results.places import acts_here
from byfolk.engines.actions import actions
from byfolk.engines.actions import queries as doing
from byfolk.engines.questionnaires.plans import editing
from byfolk.engines.questionnaires.plans import queries as plans
from byfolk.engines.questionnaires.plans.effects import Compared
from byfolk.engines.questionnaires.plans.rules import reference
from byfolk.engines.questionnaires.results import queries
from byfolk.engines.questionnaires.results.queries import Result
from byfolk.kernel.access.doors import door
from byfolk.kernel.organisation.models import Level, Unit
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import add_months, month_start, now, today

#: One looks at an action again so many months on, unless somebody says otherwise.
MONTHS_AHEAD = 4
#: So many seconds may what moved below a unit be behind.
KEPT_FOR = 600


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _planning(actor: Actor, campaign: int, code: str) -> Planning:
    """Where one chooses. Not found: a result that one may not see, or that one does not act for."""
    found = queries.result(actor, campaign, code)
    if found is None or not acts_here(actor, found):
        raise Http404
    return page.planning(actor, found, today())


@door("plans.choose")
def plan(request: HttpRequest, campaign: int, code: str) -> HttpResponse:
    """Choose one or two areas; once they are chosen, make actions. `?endre=1` chooses otherwise, `?omrade=` is the area
    that an action is made for, `?ide=` the idea that it begins with.
    """
    actor = _actor(request)
    planned = _planning(actor, campaign, code)
    if not planned.found.shown:
        return render(request, "surveys/plans/choose.html", page.hidden_context(planned))
    if request.method == "POST":
        return _chosen(request, actor, planned)
    if planned.plan is None and planned.over:
        return HttpResponseRedirect(reverse("survey_result", args=[campaign, code]))
    if planned.plan is None or (request.GET.get("endre") and not planned.over):
        return _choose_page(request, planned, _choose_form(planned), done=_notice(request, actor, planned))
    return _plan_page(request, actor, planned, _area(planned, request.GET.get("omrade", "")))


def _choose_form(planned: Planning, data: Any = None) -> ChooseForm:
    shown = [(one.code, title_of(planned.found.content, one.code)) for one in planned.found.shown]
    return ChooseForm(data, factors=shown, span=planned.span, initial=as_chosen(planned.plan, planned.on))


def _choose_page(
    request: HttpRequest, planned: Planning, form: ChooseForm, status: int = 200, done: dict[str, str] | None = None
) -> HttpResponse:
    known = page.choose_context(planned, form) | {"done": done}
    return render(request, "surveys/plans/choose.html", known, status=status)


def _chosen(request: HttpRequest, actor: Actor, planned: Planning) -> HttpResponse:
    form = _choose_form(planned, request.POST)
    status = 422
    if form.is_valid():
        data = form.cleaned_data
        try:
            editing.choose_areas(
                actor=actor, campaign=planned.found.campaign, unit=Unit.objects.get(pk=planned.found.place.pk),
                factors=data["factors"], present=form.present, met_on=data["met_on"], version=data["version"],
                now=now(),
            )  # fmt: skip
            return _to(planned, "valgt")
        except PermissionError:
            raise Http404 from None
        except editing.PlanRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, _refusal(refused))
        except editing.ChangedMeanwhile:
            planned = page.planning(actor, planned.found, planned.on)
            given = request.POST.copy()
            given["version"] = str(planned.plan.version if planned.plan else 0)
            form = _choose_form(planned, given)
            form.add_error(None, _meanwhile(planned))
            status = 409
    return _choose_page(request, planned, form, status)


def _refusal(refused: editing.PlanRefused) -> str:
    texts = {
        "over": _("Neste undersøkelse har fått resultat, så dette valget står som det er."),
        "met_on": _("Velg en dag fra resultatet kom, til og med i dag"),
    }
    return texts.get(refused.field, _("Velg ett eller to områder som vises for enheten"))


def _meanwhile(planned: Planning) -> str:
    if planned.plan is None:
        return _("Noen andre tok valget tilbake mens du skrev. Lagre på nytt hvis du fortsatt vil.")
    chosen = _(" og ").join(f"«{title_of(planned.found.content, one)}»" for one in planned.plan.factors)
    return _("Noen andre valgte %(chosen)s mens du skrev. Lagre på nytt hvis du fortsatt vil endre det.") % {
        "chosen": chosen
    }


def _to(planned: Planning, done: str, more: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{planned.url()}?gjort={done}{more}")


def _area(planned: Planning, wanted: str) -> str:
    """The area that an action is made for: the one that is asked for, else the first without an action."""
    assert planned.plan is not None
    if wanted in planned.plan.factors:
        return wanted
    empty = (one for one in planned.plan.factors if not planned.actions[one])
    return next(empty, planned.plan.factors[0])


def _plan_page(
    request: HttpRequest, actor: Actor, planned: Planning, factor: str, form: MakeForm | None = None
) -> HttpResponse:
    closed = planned.over or planned.found.mean(factor) is None
    shown = None if closed else form or _make_form(request, actor, planned, factor)
    known = page.plan_context(actor, planned, factor, shown) | {
        "done": None if form else _notice(request, actor, planned)
    }
    return render(request, "surveys/plans/plan.html", known, status=422 if form else 200)


def _make_form(request: HttpRequest, actor: Actor, planned: Planning, factor: str, data: Any = None) -> MakeForm:
    found, on = planned.found, planned.on
    own = (actor.own_id, _("%(name)s (deg)") % {"name": actor.name})
    rest = [one for one in doing.candidates(found.place.pk, on) if one[0] != actor.person_id]
    initial = {
        "title": page.idea_text(found, factor, request.GET.get("ide", "")), "owner": actor.person_id,
        "due": add_months(month_start(on), MONTHS_AHEAD + 1) - dt.timedelta(days=1),
        "sign": page.first_sign(found, factor),
    }  # fmt: skip
    return MakeForm(data, owners=[own, *rest], earliest=on, initial=initial)


def _notice(request: HttpRequest, actor: Actor, planned: Planning) -> dict[str, str] | None:
    """What was done, and for whoever just chose the way to take it back."""
    done = request.GET.get("gjort", "")
    notices = {
        "valgt": {"title": _("Valget er lagret."), "text": _("Alle som ser resultatet, ser hva dere har valgt.")},
        "tiltak": {"title": _("Tiltaket er lagret."), "text": _("Den som har ansvaret, ser det på hjemmesiden sin.")},
        "angret": {"title": _("Valget er angret."), "text": _("Det er slik det var før.")},
        "ikke-angret": {
            "title": _("Valget kunne ikke angres."),
            "text": _("Noen har valgt på nytt siden, eller det er gått for lang tid. Endre valget i stedet."),
            "tone": "warning",
        },
    }
    notice = notices.get(done)
    plan = planned.plan
    if notice and done == "valgt" and plan and editing.may_undo(actor, plans.history_of(actor, plan), now()):
        arguments = [plan.campaign_id, planned.found.place.code, plan.version]
        notice["undo_url"] = reverse("undo_survey_plan", args=arguments)
    return notice


@door("results.see")
def since(request: HttpRequest, campaign: int, code: str) -> HttpResponse:
    """What moved below a unit since the last campaign, where it had been chosen and where it had not. For the city,
    departments and agencies; of no campaign without one before it.
    """
    actor = _actor(request)
    found = queries.result(actor, campaign, code)
    if found is None or found.place.level > Level.AGENCY or found.results.earlier is None:
        raise Http404
    return render(request, "surveys/plans/since.html", effects.context_of(found, _moved(actor, found)))


def _moved(actor: Actor, found: Result) -> dict[str, Compared | None]:
    """What moved below the unit, of what the reader may see. Every unit below is read, so it is kept for a while."""
    earlier = found.results.earlier_id
    key = f"moved:{found.campaign.pk}:{found.place.pk}:{actor.standing}:{today()}"
    known: dict[str, Compared | None] | None = caches["drawings"].get(key)
    if known is None:
        known = effects.compare(found, plans.changes_below(actor, found.campaign.pk, earlier or 0, found.place.pk))
        caches["drawings"].set(key, known, KEPT_FOR)
    return known


@door("plans.choose")
@require_POST
def undo(request: HttpRequest, campaign: int, code: str, version: int) -> HttpResponse:
    """Take back one's own choice that was just saved, while nobody has chosen since."""
    actor = _actor(request)
    planned = _planning(actor, campaign, code)
    if planned.plan is None or planned.over:
        raise Http404
    try:
        editing.undo_choice(actor=actor, plan=planned.plan, version=version, now=now())
    except PermissionError:
        raise Http404 from None
    except (editing.PlanRefused, editing.ChangedMeanwhile):
        return _to(planned, "ikke-angret")
    return _to(planned, "angret")


@door("plans.choose")
@require_POST
def make(request: HttpRequest, campaign: int, code: str, factor: str) -> HttpResponse:
    """Make an action for a chosen area. Who was there when it was chosen is noted on the action."""
    actor = _actor(request)
    planned = _planning(actor, campaign, code)
    plan, found = planned.plan, planned.found
    if plan is None or planned.over or factor not in plan.factors or found.mean(factor) is None:
        raise Http404
    form = _make_form(request, actor, planned, factor, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.start_action(
                actor=actor, unit=Unit.objects.get(pk=found.place.pk), title=data["title"], owner_id=data["owner"],
                due=data["due"], now=now(), indicator=page.figure_of(found, factor), sign=data["sign"],
                source=(page.SOURCE, reference(campaign, factor)),
                participants=actions.Participants(
                    plan.staff_representative, plan.safety_representative, plan.union, plan.participants
                ),
            )  # fmt: skip
            return _to(planned, "tiltak", f"&omrade={factor}")
        except PermissionError:
            raise Http404 from None
        except actions.ActionRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, _action_refusal(refused.field))
    return _plan_page(request, actor, planned, factor, form)


def _action_refusal(field: str) -> str:
    texts = {
        "owner": _("Velg en som jobber i enheten eller leder den"),
        "title": _("Skriv hva dere skal gjøre"),
        "due": _("Velg en dag som ikke er før i dag"),
    }
    return texts.get(field, _("Tiltaket kunne ikke lagres. Prøv igjen."))
