"""Actions: one's own, a unit's board, one action, and what may be done to it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.areas.policy.action import board, page, words
from byfolk.areas.policy.action.forms import PARTS, CommentForm, EditForm, HandOverForm, StateForm
from byfolk.areas.policy.addresses import actions_url, crumbs
from byfolk.areas.policy.downloads import file_answer, wanted_kind
from byfolk.areas.policy.places import find_place
from byfolk.engines.actions import actions, queries
from byfolk.engines.actions.models import Action, State
from byfolk.engines.actions.rules import may_steer
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of, now, today

#: What may be taken back from the page that says that it is saved.
UNDOABLE = ("endret", "gitt", "status")


@door("actions.see")
def mine(request: HttpRequest) -> HttpResponse:
    """The open actions that the reader answers for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    on, own = today(), queries.owned_by(actor)
    moved = queries.moved(actor, own)
    rows = [
        {
            "label": one.title,
            "url": reverse("action", args=[one.pk]),
            "note": _("%(unit)s, frist %(due)s. %(moved)s")
            % {"unit": one.unit.name, "due": words.day_text(one.due), "moved": words.moved_text(one, moved[one.pk])},
            **words.state_cell(one, on),
        }
        for one in own
    ]
    units = {held.unit_code: held.unit_name for held in actor.held if queries.sees_unit(actor, held.unit_id)}
    boards = [{"label": name, "url": actions_url(code)} for code, name in units.items()]
    return render(request, "policy/my_actions.html", {"rows": rows, "boards": boards})


@door("actions.see")
def unit_actions(request: HttpRequest, code: str) -> HttpResponse:
    """The board of a unit. It is found by those who see the unit's actions."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    place, on = find_place(code), today()
    if not queries.sees_unit(actor, place.unit.pk, place.ids):
        raise Http404
    kind = wanted_kind(request)
    may_start = may_steer(actor, place.ids) and place.closed_on(on) is None
    found = board.board_of(actor, place, request.GET, on=on, may_start=may_start, whole=kind is not None)
    if kind:
        return file_answer(kind, board.sheets_of(found, on=on), name=f"tiltak-{place.unit.code}")
    return render(request, "policy/actions.html", board.context_of(found, on=on))


@door("actions.see")
def action(request: HttpRequest, action: int) -> HttpResponse:
    """One action."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return _page(request, page.page_of(actor, _found(actor, action)))


def _found(actor: Actor, number: int) -> Action:
    found: Action = get_object_or_404(queries.visible(actor), pk=number)
    return found


def _page(request: HttpRequest, found: page.ActionPage, *, undo_failed: bool = False, **forms: Any) -> HttpResponse:
    done = None if forms else _notice(request, found)
    if undo_failed:
        words = _("Noen har endret tiltaket siden, eller det er gått for lang tid. Endre det selv om det er feil.")
        done = {"title": _("Endringen kunne ikke angres."), "text": words, "tone": "warning"}
    return render(request, "policy/action.html", page.context_of(found, on=today(), **forms) | {"done": done})


def _notice(request: HttpRequest, found: page.ActionPage) -> dict[str, str] | None:
    """What was done, and for whoever just changed the action the way to take it back."""
    owner = page.name_of(found, found.action.owner_id)
    told = _("%(name)s ser det på hjemmesiden sin.") % {"name": owner}
    notices = {
        "startet": {"title": _("Tiltaket er startet."), "text": told},
        "endret": {"title": _("Tiltaket er endret."), "text": _("Den som har ansvaret, ser det i historikken.")},
        "gitt": {"title": _("Ansvaret er gitt videre."), "text": told},
        "status": {"title": _("Statusen er lagret."), "text": ""},
        "kommentert": {"title": _("Kommentaren er lagret."), "text": ""},
        "angret": {"title": _("Endringen er angret."), "text": _("Tiltaket er slik det var før.")},
    }
    done = request.GET.get("gjort", "")
    notice = notices.get(done)
    if notice and done in UNDOABLE and actions.undoable(_actor(request), found.history, now()):
        notice["undo_url"] = reverse("undo_action", args=[found.action.pk, found.action.version])
    return notice


@door("actions.see")
@require_POST
def undo(request: HttpRequest, action: int, version: int) -> HttpResponse:
    """Take back one's own change that was just saved, while nobody has changed the action since."""
    actor = _actor(request)
    found = page.page_of(actor, _found(actor, action))
    if not found.works:
        raise Http404
    try:
        actions.take_back(actor=actor, action=found.action, version=version, now=now())
    except (actions.ActionRefused, actions.ChangedMeanwhile, PermissionError):
        return _page(request, found, undo_failed=True)
    return to_action(action, "angret")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def to_action(number: int, done: str) -> HttpResponseRedirect:
    """Back to the page of an action, which says what was done."""
    return HttpResponseRedirect(f"{reverse('action', args=[number])}?gjort={done}")


def _changed_meanwhile(found: page.ActionPage) -> str:
    last = found.history[-1] if found.history else None
    if last is None:
        return _("Noen andre har endret tiltaket mens du skrev. Se hva som står nå, og lagre på nytt.")
    return _("%(name)s endret tiltaket mens du skrev. Se hva som står nå, og lagre på nytt hvis du fortsatt vil.") % {
        "name": page.name_of(found, last.by_person_id)
    }


@door("actions.see")
@require_POST
def action_state(request: HttpRequest, action: int) -> HttpResponse:
    """Say where an action stands."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = page.page_of(actor, _found(actor, action))
    if not found.works:
        raise Http404
    form = StateForm(request.POST)
    if form.is_valid():
        how = {"actor": actor, "action": found.action, "version": form.cleaned_data["version"], "now": now()}
        try:
            if form.cleaned_data["state"] == State.DROPPED:
                actions.drop_action(reason=form.cleaned_data["reason"], **how)
            else:
                shared = form.cleaned_data["shared"]
                actions.set_state(state=State(form.cleaned_data["state"]), shared=shared, **how)
            return to_action(action, "status")
        except actions.ChangedMeanwhile:
            form = StateForm(_with_version(request, found.action))
            form.add_error(None, _changed_meanwhile(found))
    return _page(request, found, state_form=form)


def _with_version(request: HttpRequest, action: Action) -> Any:
    """What was sent, for the version that the reader sees now."""
    given = request.POST.copy()
    given["version"] = str(action.version)
    return given


@door("actions.see")
@require_POST
def comment(request: HttpRequest, action: int) -> HttpResponse:
    """Say something about an action."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = page.page_of(actor, _found(actor, action))
    if not found.reads_comments:
        raise Http404
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _page(request, found, comment_form=form)
    actions.comment_on(actor=actor, action=found.action, text=form.cleaned_data["text"], now=now())
    return to_action(action, "kommentert")


@door("actions.see")
def edit(request: HttpRequest, action: int) -> HttpResponse:
    """Change what is to be done, by when and with whom."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = page.page_of(actor, _found(actor, action))
    if not found.works:
        raise Http404
    one = found.action
    form = EditForm(request.POST or None, earliest=one.started_on, initial=_initial(one))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_action(
                actor=actor, action=one, title=form.cleaned_data["title"], due=form.cleaned_data["due"],
                participants=form.taking_part, version=form.cleaned_data["version"], sign=form.cleaned_data["sign"],
            )  # fmt: skip
            return to_action(action, "endret")
        except actions.ChangedMeanwhile:
            form = EditForm(_with_version(request, one), earliest=one.started_on)
            form.add_error(None, _changed_meanwhile(found))
            return _form(request, found, form, now_it_says=True)
    return _form(request, found, form)


def _initial(one: Action) -> dict[str, Any]:
    return {
        "title": one.title, "due": one.due, "parts": [part for part in PARTS if getattr(one, part)],
        "participants": one.participants, "sign": one.sign, "version": one.version,
    }  # fmt: skip


def _form(request: HttpRequest, found: page.ActionPage, form: Any, *, now_it_says: bool = False) -> HttpResponse:
    one = found.action
    hand_over = isinstance(form, HandOverForm)
    here: list[dict[str, str]] = [{"label": one.title, "url": reverse("action", args=[one.pk])}]
    facts = [
        {"label": _("Tiltak"), "value": one.title},
        {"label": _("Ansvarlig"), "value": page.name_of(found, one.owner_id)},
        {"label": _("Frist"), "value": words.day_text(one.due)},
    ]
    title = _("Gi ansvaret til en annen") if hand_over else _("Endre tiltaket")
    context = {
        "title": title,
        "crumbs": [*crumbs(found.place), *here, {"label": title}],
        "form": form,
        "action": one,
        "facts": facts if now_it_says or hand_over else [],
        "button": _("Gi ansvaret videre") if hand_over else _("Lagre endringen"),
        "sees": _("Alle som jobber ved %(unit)s, ser tiltaket.") % {"unit": one.unit.name},
        "cancel_url": reverse("action", args=[one.pk]),
    }
    return render(request, "policy/action_form.html", context)


@door("actions.start")
def hand_over(request: HttpRequest, action: int) -> HttpResponse:
    """Give an action to another owner."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found, moment = page.page_of(actor, _found(actor, action)), now()
    if not found.steers:
        raise Http404
    one = found.action
    owners = owners_for(actor, one.unit_id, day_of(moment), also=(one.owner_id, found.names.get(one.owner_id, "")))
    form = HandOverForm(request.POST or None, owners=owners, initial={"owner": one.owner_id, "version": one.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(
                actor=actor, action=one, owner_id=form.cleaned_data["owner"], version=form.cleaned_data["version"],
                now=moment,
            )  # fmt: skip
            return to_action(action, "gitt")
        except actions.ChangedMeanwhile:
            form = HandOverForm(_with_version(request, one), owners=owners)
            form.add_error(None, _changed_meanwhile(found))
        except actions.ActionRefused:
            form.add_error("owner", _("Velg en som jobber i enheten eller leder den"))
    return _form(request, found, form)


def owners_for(
    actor: Actor, unit_id: int, on: dt.date, *, also: tuple[int, str] | None = None
) -> list[tuple[int, str]]:
    """Who may answer for an action in a unit, the reader first, for a list to choose from."""
    found = queries.candidates(unit_id, on)
    own = [(actor.own_id, _("%(name)s (deg)") % {"name": actor.name})]
    rest = [(person, name) for person, name in found if person != actor.person_id]
    known = {person for person, _name in (*own, *rest)}
    extra = [also] if also and also[1] and also[0] not in known else []
    return [*own, *extra, *rest]
