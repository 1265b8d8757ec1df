"""A hearing: what is said about each paragraph, and the HR direction's answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from byfolk.areas.policy.document.forms import AnswerForm, CommentForm
from byfolk.areas.policy.document.reading import notice
from byfolk.areas.policy.document.views import actor_of
from byfolk.areas.policy.document.words import day, find_version, here, name_of, url, version_crumbs
from byfolk.engines.goals import hearing, versions
from byfolk.engines.goals.document import Placed, by_key, walk
from byfolk.engines.goals.editing import PolicyRefused
from byfolk.engines.goals.models import Comment, PolicyVersion, Side
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import day_of, now, today
from byfolk.lib.differences import Piece, words


@door("policy.see")
def paragraph(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """One paragraph with what is said about it; for those who may, the forms to speak and to answer."""
    return _page(request, number, key)


@door("policy.comment")
@require_POST
def comment(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Speak about a paragraph."""
    actor = actor_of(request)
    version, voices = find_version(actor, number), versions.voices(actor)
    if not voices or not versions.hearing_is_open(version, today()):
        raise Http404
    form = CommentForm(request.POST, units=[(one.unit.pk, _voice(one)) for one in voices])
    if not form.is_valid():
        return _page(request, number, key, form)
    unit = next(one.unit for one in voices if str(one.unit.pk) == form.cleaned_data["unit"])
    try:
        hearing.comment(actor=actor, version=version, key=key, unit=unit, text=form.cleaned_data["text"], now=now())
    except (LookupError, PolicyRefused):
        raise Http404 from None
    return HttpResponseRedirect(url("policy_paragraph", number, key, gjort="uttalt"))


@door("policy.comment")
@require_POST
def withdraw(request: HttpRequest, number: int, comment_id: int) -> HttpResponse:
    """Take back what one said oneself, while the hearing is open."""
    actor = actor_of(request)
    version = find_version(actor, number)
    said = next((one for one in versions.comments(actor, version) if one.pk == comment_id), None)
    if said is None or not _may_withdraw(actor, version, said):
        raise Http404
    hearing.withdraw_comment(actor=actor, said=said, now=now())
    return HttpResponseRedirect(url("policy_paragraph", number, said.key, gjort="trukket"))


def _may_withdraw(actor: Actor, version: PolicyVersion, said: Comment) -> bool:
    mine = said.person_id == actor.person_id and actor.may("policy.comment")
    return mine and said.withdrawn_at is None and versions.hearing_is_open(version, today())


@door("policy.write")
@require_POST
def answer(request: HttpRequest, number: int, comment_id: int) -> HttpResponse:
    """Answer what was said."""
    actor = actor_of(request)
    version = find_version(actor, number)
    said = next((one for one in versions.comments(actor, version) if one.pk == comment_id), None)
    if said is None:
        raise Http404
    form = AnswerForm(request.POST, prefix=f"svar-{said.pk}")
    if not form.is_valid():
        return _page(request, number, said.key, answering=(said.pk, form))
    try:
        hearing.answer_comment(actor=actor, said=said, answer=form.cleaned_data["answer"], now=now())
    except PolicyRefused:
        raise Http404 from None
    return HttpResponseRedirect(url("policy_paragraph", number, said.key, gjort="svart"))


@door("policy.see")
def everything(request: HttpRequest, number: int) -> HttpResponse:
    """All that was said in a hearing, paragraph by paragraph."""
    actor, on = actor_of(request), today()
    version = find_version(actor, number)
    if version.hearing_from is None:
        raise Http404
    document = versions.document(actor, version)
    said = versions.comments(actor, version)
    names = versions.names([*(one.person_id for one in said), *(one.answered_by for one in said)])
    known = by_key(document)
    order = [placed.paragraph.key for placed in walk(document)]
    order += [one.key for one in said if one.key not in known]
    groups = [
        _group(version, known.get(key), key, [one for one in said if one.key == key], names)
        for key in dict.fromkeys(order)
        if any(one.key == key for one in said)
    ]
    standing = [one for one in said if one.withdrawn_at is None]
    waiting = sum(not one.answer for one in standing)
    context = {
        "version": version,
        "crumbs": version_crumbs(version, {"label": _("Uttalelser")}),
        "notice": notice(actor, version, on),
        "verdict": _verdict(len(standing), waiting),
        "groups": groups,
    }
    return render(request, "policy/document/hearing.html", context)


def _verdict(n: int, waiting: int) -> str:
    if not n:
        return _("Ingen har uttalt seg ennå")
    text = ngettext("%(n)d uttalelse", "%(n)d uttalelser", n) % {"n": n}
    if not waiting:
        return _("%(said)s, og alle har fått svar") % {"said": text}
    rest = ngettext("%(n)d venter på svar", "%(n)d venter på svar", waiting) % {"n": waiting}
    return _("%(said)s, og %(waiting)s") % {"said": text, "waiting": rest}


def _group(
    version: PolicyVersion, placed: Placed | None, key: str, said: list[Comment], names: Mapping[int, str]
) -> dict[str, Any]:
    return {
        "name": name_of(placed) if placed else _("Avsnittet er tatt ut"),
        "text": here(placed.paragraph.title) if placed else here(said[0].about),
        "url": url("policy_paragraph", version.number, key),
        "said": [_said(one, placed, names) for one in said],
    }


def _said(one: Comment, placed: Placed | None, names: Mapping[int, str]) -> dict[str, Any]:
    about = here(one.about)
    current = here(placed.paragraph.title) if placed else ""
    return {
        "pk": one.pk,
        "who": one.unit.name,
        "side": Side(one.side).label,
        "person": names.get(one.person_id, ""),
        "day": day(day_of(one.at)),
        "withdrawn": day(day_of(one.withdrawn_at)) if one.withdrawn_at else "",
        "text": "" if one.withdrawn_at else one.text,
        "answer": "" if one.withdrawn_at else one.answer,
        "answered_by": names.get(one.answered_by or 0, ""),
        "answered_day": day(day_of(one.answered_at)) if one.answered_at else "",
        "changed": _marked(about, current) if about != current and not one.withdrawn_at else (),
    }


def _marked(about: str, current: str) -> tuple[Piece, ...]:
    """What was spoken about, and what it has become."""
    return words(about, current)


def _voice(one: versions.Voice) -> str:
    return f"{one.unit.name} ({one.side.label.lower()})"


def _page(
    request: HttpRequest,
    number: int,
    key: str,
    form: CommentForm | None = None,
    answering: tuple[int, AnswerForm] | None = None,
) -> HttpResponse:
    actor, on = actor_of(request), today()
    version = find_version(actor, number)
    placed = by_key(versions.document(actor, version)).get(key)
    said = versions.comments(actor, version, key)
    if placed is None and not said:
        raise Http404
    names = versions.names([*(one.person_id for one in said), *(one.answered_by for one in said)])
    voices = versions.voices(actor) if placed and versions.hearing_is_open(version, on) else []
    if form is None and voices:
        form = CommentForm(units=[(one.unit.pk, _voice(one)) for one in voices])
    rows = [
        _said(one, placed, names)
        | {
            "form": _answer_form(actor, version, one, answering),
            "withdraw_url": url("policy_withdraw", number, one.pk) if _may_withdraw(actor, version, one) else "",
        }
        for one in said
    ]
    text = here(placed.paragraph.title) if placed else here(said[0].about)
    name = name_of(placed) if placed else _("Avsnittet er tatt ut")
    told = {
        "uttalt": _("Uttalelsen er sendt. Alle kan lese den."),
        "svart": _("Svaret er lagret. Alle kan lese det."),
        "trukket": _("Uttalelsen er trukket tilbake. Ingen ser lenger hva som sto der."),
    }
    context = {
        "version": version,
        "crumbs": version_crumbs(
            version, {"label": _("Uttalelser"), "url": url("policy_hearing", number)}, {"label": name}
        ) if version.hearing_from else version_crumbs(version, {"label": name}),
        "title": text,
        "name": name,
        "notice": notice(actor, version, on),
        "said": rows,
        "form": form,
        "voice": voices[0].unit.name if len(voices) == 1 else "",
        "wrong": answering[1] if answering else form,
        "done": told.get(request.GET.get("gjort", ""), ""),
        "key": key,
    }  # fmt: skip
    return render(request, "policy/document/paragraph.html", context)


def _answer_form(
    actor: Actor, version: PolicyVersion, one: Comment, answering: tuple[int, AnswerForm] | None
) -> AnswerForm | None:
    if not actor.may("policy.write") or version.state not in ("draft", "hearing") or one.withdrawn_at:
        return None
    if answering and answering[0] == one.pk:
        return answering[1]
    return AnswerForm(prefix=f"svar-{one.pk}", initial={"answer": one.answer})
