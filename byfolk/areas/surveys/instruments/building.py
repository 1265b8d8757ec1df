"""Changing a draft: one part at a time, by plain forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from byfolk.areas.surveys.asking import condition_sentence
from byfolk.areas.surveys.instruments.conditions import ConditionForm, earlier_items
from byfolk.areas.surveys.instruments.forms import FactorForm, FrontForm, ItemForm, PartForm, ScaleForm, SectionForm
from byfolk.areas.surveys.instruments.page import goal_choices
from byfolk.areas.surveys.instruments.words import (
    KIND_NAMES,
    LANGUAGE_NAMES,
    actor_of,
    address,
    crumbs,
    find_draft,
    here,
    language,
    url,
)
from byfolk.engines.goals.sentences import joined
from byfolk.engines.goals.versions import names
from byfolk.engines.questionnaires.instruments import changing, editing
from byfolk.engines.questionnaires.instruments.changing import Change, Part
from byfolk.engines.questionnaires.instruments.checking import FIELDS
from byfolk.engines.questionnaires.instruments.content import LANGUAGES, Content, Kind, Texts
from byfolk.engines.questionnaires.instruments.editing import ChangedMeanwhile, InstrumentRefused
from byfolk.engines.questionnaires.instruments.models import InstrumentVersion
from byfolk.kernel.access.doors import door
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now


@dataclass(frozen=True)
class What:
    """A kind of part as addresses and pages name it."""

    part: Part
    new: Promise | str
    change: Promise
    remove: Promise | str


WHATS = {
    "forside": What(Part.FRONT, "", gettext_lazy("Tittel og innledning"), ""),
    "del": What(Part.SECTION, gettext_lazy("Ny del"), gettext_lazy("Endre delen"), gettext_lazy("Ta ut delen?")),
    "sporsmal": What(
        Part.ITEM, gettext_lazy("Nytt spørsmål"), gettext_lazy("Endre spørsmålet"), gettext_lazy("Ta ut spørsmålet?")
    ),
    "tema": What(Part.FACTOR, gettext_lazy("Nytt tema"), gettext_lazy("Endre temaet"), gettext_lazy("Ta ut temaet?")),
    "skala": What(Part.SCALE, gettext_lazy("Ny skala"), gettext_lazy("Endre skalaen"), gettext_lazy("Ta ut skalaen?")),
}


def _what(what: str, *, without: tuple[str, ...] = ()) -> What:
    if what not in WHATS or what in without:
        raise Http404
    return WHATS[what]


@door("instruments.build")
def add(request: HttpRequest, code: str, number: int, what: str) -> HttpResponse:
    """Write a new part: an item of a kind in a section (`?slag=scale&under=work`), a section, a factor or a scale."""
    actor = actor_of(request)
    version, kind = find_draft(actor, code, number), _what(what, without=("forside",))
    content = version.parsed
    if what == "sporsmal" and "scale" in FIELDS[_kind_of(request)] and not content.scales:
        # Nothing to answer with yet.
        return HttpResponseRedirect(url("instrument_add", code, number, "skala"))
    form = _form(actor, kind, content, "", request.POST or None, request)
    return _save(request, version, kind, form, title=str(kind.new), button=_("Legg til"), done="lagt")


@door("instruments.build")
def edit(request: HttpRequest, code: str, number: int, what: str, part: str) -> HttpResponse:
    """Change a part. Whoever comes second is told what the first one wrote, and keeps what they wrote."""
    actor = actor_of(request)
    version, kind = find_draft(actor, code, number), _what(what)
    content = version.parsed
    own = "" if kind.part is Part.FRONT else part
    mark = changing.seen(content, kind.part, own)
    if not mark and request.method != "POST":
        raise Http404
    form = _form(actor, kind, content, own, request.POST or None, request, mark=mark)
    return _save(request, version, kind, form, title=str(kind.change), button=_("Lagre endringen"), done="endret")


def _form(
    actor: Actor, what: What, content: Content, code: str, posted: Any, request: HttpRequest, mark: str = ""
) -> PartForm:
    given: dict[str, Any] = {"content": content, "code": code, "initial": {"seen": mark}}
    if what.part is Part.FRONT:
        return FrontForm(posted, **given)
    if what.part is Part.SECTION:
        return SectionForm(posted, **given)
    if what.part is Part.SCALE:
        return ScaleForm(posted, **given)
    if what.part is Part.FACTOR:
        return FactorForm(posted, goals=goal_choices(actor), **given)
    item, section = content.item(code), content.section_of(code)
    if not content.sections or (code and item is None and request.method != "POST"):
        raise Http404
    kind = item.kind if item else _kind_of(request)
    under = section.code if section else request.GET.get("under", "")
    return ItemForm(posted, kind=kind, section=under, **given)


def _kind_of(request: HttpRequest) -> Kind:
    kind = request.GET.get("slag", "")
    if kind not in set(Kind):
        raise Http404
    return Kind(kind)


def _save(
    request: HttpRequest, version: InstrumentVersion, what: What, form: PartForm, *, title: str, button: str, done: str
) -> HttpResponse:
    """Answer a form: with the page that it is filled in on, or with the document when it is kept."""
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        change = form.change()
        try:
            _change(request, version, what.part, form.code, form.cleaned_data["seen"], change)
        except ChangedMeanwhile as conflict:
            meanwhile, button = _meanwhile(conflict, what.part, form.code), _("Lagre min tekst likevel")
            posted = request.POST.copy()
            posted["seen"] = changing.seen(conflict.version.parsed, what.part, form.code)
            form.data = posted
        except InstrumentRefused as refused:
            _tell(form, refused)
        else:
            return HttpResponseRedirect(address(version, gjort=done) + f"#{form.code}")
    return render(request, "surveys/instruments/part.html", {
        "version": version,
        "form": form,
        "fields": [form[name] for name in form.fields if name != "seen"],
        "title": title,
        "kind": KIND_NAMES[form.kind] if isinstance(form, ItemForm) else "",
        "button": button,
        "meanwhile": meanwhile,
        "crumbs": crumbs(version, {"label": title}),
        "back_url": address(version),
    })  # fmt: skip


def _change(request: HttpRequest, version: InstrumentVersion, part: Part, code: str, saw: str, change: Change) -> None:
    editing.change_instrument(
        actor=actor_of(request), version=version, part=part, code=code, saw=saw, change=change, now=now()
    )


def _tell(form: forms.Form, refused: InstrumentRefused) -> None:
    """Put the reasons on top of the form: what breaks may lie in another part."""
    if not refused.broken:
        form.add_error(None, _("Utkastet er tatt i bruk eller kastet mens du skrev. Ingenting er lagret."))
    for reason in dict.fromkeys(one.reason for one in refused.broken[:5]):
        form.add_error(None, reason)


def _meanwhile(conflict: ChangedMeanwhile, part: Part, code: str) -> dict[str, Any]:
    """Who changed the part, and what it says now."""
    now_says = conflict.version.parsed
    by = conflict.version.changed_by_id
    gone = part is not Part.FRONT and not changing.seen(now_says, part, code)
    return {
        "who": names([by]).get(by or 0, _("Noen andre")),
        "gone": gone,
        "texts": [
            {"language": LANGUAGE_NAMES[language], "text": texts.written(language)}
            for texts in _texts_of(now_says, part, code)
            for language in LANGUAGES
            if texts.written(language)
        ],
    }


def _texts_of(content: Content, part: Part, code: str) -> list[Texts]:
    if part is Part.FRONT:
        return [content.title, content.intro]
    if item := content.item(code) if part is Part.ITEM else None:
        return [item.text, item.help, *(one.text for one in (*item.options, *item.rows))]
    if factor := content.factor(code) if part is Part.FACTOR else None:
        return [factor.title, factor.about]
    if scale := content.scale(code) if part is Part.SCALE else None:
        return [step.label for step in scale.steps]
    section = next((one for one in content.sections if one.code == code), None) if part is Part.SECTION else None
    return [section.title, section.intro] if section else []


@door("instruments.build")
@require_POST
def move(request: HttpRequest, code: str, number: int, what: str, part: str) -> HttpResponse:
    """Move a part one place up or down."""
    version, kind = find_draft(actor_of(request), code, number), _what(what, without=("forside",))
    mark = changing.seen(version.parsed, kind.part, part)
    if not mark:
        raise Http404
    change = changing.moved(kind.part, part, up=request.POST.get("vei") == "opp")
    try:
        _change(request, version, kind.part, part, mark, change)
    except InstrumentRefused as refused:
        return _refused(request, version, refused)
    return HttpResponseRedirect(address(version, gjort="flyttet") + f"#{part}")


@door("instruments.build")
def remove(request: HttpRequest, code: str, number: int, what: str, part: str) -> HttpResponse:
    """Ask once, then take a part out, and say what else that changes."""
    version, kind = find_draft(actor_of(request), code, number), _what(what, without=("forside",))
    content = version.parsed
    mark = changing.seen(content, kind.part, part)
    if not mark:
        raise Http404
    warning = ""
    if request.method == "POST":
        try:
            saw = request.POST.get("seen", "")[:64]
            _change(request, version, kind.part, part, saw, changing.without(kind.part, part))
        except ChangedMeanwhile:
            warning = _("Noen har endret det siden du åpnet siden. Se over, og velg igjen.")
        except InstrumentRefused as refused:
            return _refused(request, version, refused)
        else:
            return HttpResponseRedirect(address(version, gjort="fjernet"))
    return confirm_page(
        request, version, str(kind.remove), _removal(content, kind.part, part), _("Ta ut"), seen=mark, warning=warning
    )


def _removal(content: Content, part: Part, code: str) -> list[str]:
    """What is taken out, and what else that changes."""
    factors, items = changing.touched(content, part, code)
    said = [here(texts) for texts in _texts_of(content, part, code)[:1]]
    section = next((one for one in content.sections if one.code == code), None)
    if part is Part.SECTION and section and section.items:
        count = len(section.items)
        said.append(ngettext("%(n)d spørsmål følger med ut.", "%(n)d spørsmål følger med ut.", count) % {"n": count})
    if factors:
        text = _("Det tas også ut av %(factors)s.")
        said.append(text % {"factors": joined([f"«{here(factor.title)}»" for factor in factors])})
    said += [_("«%(item)s» vises alltid etterpå.") % {"item": here(item.text)} for item in items]
    return said


@door("instruments.build")
def condition(request: HttpRequest, code: str, number: int, part: str) -> HttpResponse:
    """When an item is shown: first which earlier item it depends on (`?av=had-talk`), then which answers."""
    version = find_draft(actor_of(request), code, number)
    content = version.parsed
    item, section = content.item(part), content.section_of(part)
    if item is None or section is None:
        raise Http404
    mark = changing.seen(content, Part.ITEM, part)
    about = content.item(request.GET.get("av", "")) if "av" in request.GET else None
    if about is not None and about not in earlier_items(content, item):
        raise Http404
    form = ConditionForm(request.POST or None, content=content, item=item, about=about, initial={"seen": mark})
    if request.method == "POST" and form.is_valid():
        change = changing.with_item(replace(item, shown_if=form.condition), section.code)
        try:
            _change(request, version, Part.ITEM, part, form.cleaned_data["seen"], change)
        except ChangedMeanwhile:
            form.add_error(None, _("Noen har endret spørsmålet siden du åpnet siden. Åpne det på nytt."))
        except InstrumentRefused as refused:
            _tell(form, refused)
        else:
            return HttpResponseRedirect(address(version, gjort="vilkar") + f"#{part}")
    return render(request, "surveys/instruments/condition.html", {
        "version": version,
        "form": form,
        "item": item,
        "text": here(item.text),
        "about": here(about.text) if about else "",
        "now": condition_sentence(content, item.shown_if, language()),
        "earlier": [{"code": one.code, "text": here(one.text)} for one in earlier_items(content, item)],
        "crumbs": crumbs(version, {"label": _("Når spørsmålet vises")}),
        "back_url": address(version),
    })  # fmt: skip


def _refused(request: HttpRequest, version: InstrumentVersion, refused: InstrumentRefused) -> HttpResponse:
    """Say why something cannot be done, and change nothing."""
    reasons = list(dict.fromkeys(one.reason for one in refused.broken[:5]))
    if not reasons:
        reasons = [_("Noen har endret det samme, eller tatt utkastet i bruk.")]
    return confirm_page(request, version, _("Det går ikke"), reasons, "")


def confirm_page(
    request: HttpRequest, version: InstrumentVersion, title: str, texts: list[str], button: str, **more: Any
) -> HttpResponse:
    """Ask once, or say why not (no `button`). `edition`, `seen`: what the reader saw, posted back; `warning` on top."""
    return render(request, "surveys/instruments/confirm.html", {
        "version": version,
        "title": title,
        "texts": [text for text in texts if text],
        "button": button,
        "crumbs": crumbs(version, {"label": title}),
        "back_url": address(version),
        **more,
    })  # fmt: skip
