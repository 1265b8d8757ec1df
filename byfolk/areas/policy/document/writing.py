"""Writing a draft, paragraph by paragraph: the HR direction's pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from byfolk.areas.policy.document.drafts import confirm, draft_of, lacking, to_overview, write_crumb
from byfolk.areas.policy.document.forms import LANGUAGE_NAMES, ElementForm
from byfolk.areas.policy.document.views import actor_of
from byfolk.areas.policy.document.words import find_version, here, name_of, state_sentence, url, version_crumbs
from byfolk.engines.goals import editing, versions
from byfolk.engines.goals.document import TOP, UNDER, Document, Paragraph, Placed, by_key, untranslated, walk
from byfolk.engines.goals.editing import EditedMeanwhile, PolicyRefused
from byfolk.engines.goals.models import Element, ElementKind, PolicyVersion, VersionState
from byfolk.engines.goals.sentences import joined
from byfolk.kernel.access.doors import door
from byfolk.lib.texts import LANGUAGES


@door("policy.write")
def overview(request: HttpRequest, number: int) -> HttpResponse:
    """All paragraphs of a version with what can be done with them, and what can be done with the version."""
    actor = actor_of(request)
    version = find_version(actor, number)
    if version.state not in (VersionState.DRAFT, VersionState.HEARING):
        raise Http404
    document = versions.document(actor, version)
    draft = version.state == VersionState.DRAFT
    heard = version.hearing_from is not None
    context = {
        "version": version,
        "draft": draft,
        "title": here(document.title),
        "crumbs": version_crumbs(version, {"label": _("Skriv")}),
        "lead": state_sentence(version),
        "lacking": lacking(document),
        "groups": _groups(version, document),
        "done": _done(request),
        "may_throw": draft and not (heard and versions.comment_counts(actor, version)),
        "left": request.session.get(f"policy-left-{version.number}") if draft else None,
    }
    return render(request, "policy/document/write.html", context)


def _done(request: HttpRequest) -> str:
    told = {
        "lagt": _("Avsnittet er lagt til."),
        "endret": _("Avsnittet er endret."),
        "slettet": _("Avsnittet er slettet."),
        "flyttet": _("Avsnittet er flyttet."),
        "tittel": _("Tittelen er endret."),
        "utkast": _("Utkastet er laget. Bare HR-direktøren ser det."),
        "avsluttet": _("Høringen er avsluttet. Nå kan teksten endres igjen."),
    }
    return told.get(request.GET.get("gjort", ""), "")


def _groups(version: PolicyVersion, document: Document) -> list[dict[str, Any]]:
    lacks: dict[str, list[str]] = {}
    for placed, language in untranslated(document):
        lacks.setdefault(placed.paragraph.key, []).append(str(LANGUAGE_NAMES[language]))
    groups: list[dict[str, Any]] = []
    for kind in TOP:
        found = document.of(kind)
        label = str(ElementKind(kind).label)
        if kind in ("area", "reputation"):
            for one in found:
                groups.append({"title": here(one.title), "rows": _tree(version, document, one, lacks), "add": []})
            if kind == "area" or not found:
                groups.append({"title": "", "rows": [], "add": [_add(version, kind, "", label)]})
        else:
            rows = [_row(version, placed, lacks) for placed in walk(document) if placed.paragraph.kind == kind]
            groups.append({"title": label, "rows": rows, "add": [_add(version, kind, "", label)]})
    return groups


def _tree(
    version: PolicyVersion, document: Document, top: Paragraph, lacks: dict[str, list[str]]
) -> list[dict[str, Any]]:
    below = {one.key for one in (top, *top.children, *(deep for child in top.children for deep in child.children))}
    return [_row(version, placed, lacks) for placed in walk(document) if placed.paragraph.key in below]


def _row(version: PolicyVersion, placed: Placed, lacks: dict[str, list[str]]) -> dict[str, Any]:
    one, number = placed.paragraph, version.number
    missing = lacks.get(one.key)
    return {
        "key": one.key,
        "name": name_of(placed),
        "text": here(one.title),
        "nested": placed.above is not None,
        "head": one.kind in ("area", "goal", "reputation"),
        "lacks": _("Mangler %(languages)s") % {"languages": joined(missing)} if missing else "",
        "edit_url": url("policy_edit", number, one.key),
        "move_url": url("policy_move", number, one.key),
        "delete_url": url("policy_delete", number, one.key),
        "add": [_add(version, kind, one.key, str(ElementKind(kind).label)) for kind in UNDER.get(one.kind, ())],
    }


def _add(version: PolicyVersion, kind: str, above: str, label: str) -> dict[str, str]:
    return {
        "url": url("policy_add", version.number, slag=kind, under=above),
        "label": _("Legg til: %(kind)s") % {"kind": label.lower()},
    }


def _places(document: Document, kind: str) -> list[tuple[str, str]]:
    """The paragraphs that one of a kind may lie under, as choices."""
    if kind in TOP:
        return []
    return [
        (placed.paragraph.key, f"{placed.number} {here(placed.paragraph.title)}".strip())
        for placed in walk(document)
        if kind in UNDER.get(placed.paragraph.kind, ())
    ]


@door("policy.write")
def add(request: HttpRequest, number: int) -> HttpResponse:
    """Write a new paragraph: `?slag=measure&under=<id>`."""
    actor = actor_of(request)
    version = draft_of(actor, number)
    kind = request.GET.get("slag", "")
    places = _places(versions.document(actor, version), kind) if kind in ElementKind.values else []
    if kind not in ElementKind.values or (kind not in TOP and not places):
        raise Http404
    form = ElementForm(request.POST or None, kind=kind, places=places, initial={"above": request.GET.get("under", "")})
    if request.method == "POST" and form.is_valid():
        above = form.cleaned_data.get("above") or None
        try:
            made = editing.add_element(actor=actor, version=version, kind=kind, above=above, content=form.content)
        except PolicyRefused:
            raise Http404 from None
        return to_overview(number, "lagt", made.key)
    return _form_page(
        request, version, form, _("Nytt: %(kind)s") % {"kind": ElementKind(kind).label.lower()}, _("Legg til")
    )


@door("policy.write")
def edit(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Change a paragraph. Whoever comes second is told what the first one wrote, and keeps what they wrote."""
    actor = actor_of(request)
    version = draft_of(actor, number)
    document = versions.document(actor, version)
    placed = by_key(document).get(key)
    if placed is None:
        raise Http404
    row = versions.element(actor, version, key)
    places = _places(document, row.kind)
    title = name_of(placed)
    if request.method != "POST":
        form = ElementForm(kind=row.kind, places=places, initial=_initial(row, placed))
        return _form_page(request, version, form, title, _("Lagre endringen"))
    form = ElementForm(request.POST, kind=row.kind, places=places)
    if not form.is_valid():
        return _form_page(request, version, form, title, _("Lagre endringen"))
    given = form.cleaned_data
    try:
        editing.edit_element(
            actor=actor, version=version, key=key, edition=given.get("edition") or 0,
            above=given.get("above") or None, content=form.content,
        )  # fmt: skip
    except EditedMeanwhile as meanwhile:
        return _form_page(request, version, _again(request, form, meanwhile.current, places), title,
                          _("Lagre min tekst likevel"), _meanwhile(meanwhile.current))  # fmt: skip
    except PolicyRefused:
        raise Http404 from None
    return to_overview(number, "endret", key)


def _initial(row: Element, placed: Placed) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": getattr(row, name).get(language, "")
        for name in ("title", "short", "text", "planned")
        for language in LANGUAGES
    }
    above = placed.above.key if placed.above else ""
    return texts | {"edition": row.edition, "above": above, "indicators": row.indicators}


def _again(request: HttpRequest, form: ElementForm, current: Element, places: list[tuple[str, str]]) -> ElementForm:
    """The form with what was written, that now overwrites what the other one wrote, and knows it."""
    posted = request.POST.copy()
    posted["edition"] = str(current.edition)
    return ElementForm(posted, kind=form.kind, places=places)


def _meanwhile(current: Element) -> dict[str, Any]:
    who = versions.names([current.changed_by]).get(current.changed_by or 0, _("Noen andre"))
    texts = [
        {"language": str(LANGUAGE_NAMES[code]), "text": current.title[code]}
        for code in LANGUAGES
        if code in current.title
    ]
    more = [text for name in ("short", "text", "planned") for text in getattr(current, name).values()]
    return {"who": who, "texts": texts, "more": more}


def _form_page(
    request: HttpRequest,
    version: PolicyVersion,
    form: ElementForm,
    title: str,
    button: str,
    meanwhile: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "version": version,
        "form": form,
        "fields": [form[name] for name in form.fields if name != "edition"],
        "title": title,
        "button": button,
        "meanwhile": meanwhile,
        "crumbs": version_crumbs(version, write_crumb(version), {"label": title}),
        "back_url": url("policy_write", version.number),
    }
    return render(request, "policy/document/element.html", context, status=200)


@door("policy.write")
@require_POST
def move(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Move a paragraph one place up or down."""
    actor = actor_of(request)
    try:
        editing.move_element(actor=actor, version=draft_of(actor, number), key=key, up=request.POST.get("vei") == "opp")
    except LookupError:
        raise Http404 from None
    return to_overview(number, "flyttet", key)


@door("policy.write")
def delete(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Ask once, then take a paragraph out with all that lies under it."""
    actor = actor_of(request)
    version = draft_of(actor, number)
    placed = by_key(versions.document(actor, version)).get(key)
    if placed is None:
        raise Http404
    row = versions.element(actor, version, key)
    changed = False
    if request.method == "POST":
        edition = request.POST.get("edition", "")
        try:
            wanted = int(edition) if edition.isdecimal() and len(edition) < 9 else 0
            editing.delete_element(actor=actor, version=version, key=key, edition=wanted)
        except EditedMeanwhile:
            changed = True
        else:
            return to_overview(number, "slettet")
    below = sum(1 for one in placed.paragraph.children for _each in (one, *one.children))
    text = ngettext("%(n)d avsnitt under slettes også.", "%(n)d avsnitt under slettes også.", below) % {"n": below}
    warning = _("Noen har endret avsnittet siden du åpnet det. Se over, og velg igjen.") if changed else ""
    texts = [here(row.title), text if below else ""]
    return confirm(
        request, version, _("Slette avsnittet?"), texts, _("Slett avsnittet"), edition=row.edition, warning=warning
    )
