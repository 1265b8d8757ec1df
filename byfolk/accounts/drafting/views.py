"""Writing the accounts: the draft, its chapters, and freezing it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.accounts import editing, editions, making, queries
from byfolk.accounts.compose.lacks import Lack, What
from byfolk.accounts.content import Chapter, Report
from byfolk.accounts.drafting import page
from byfolk.accounts.drafting.forms import AskForm, CommentForm, FreezeForm, SectionForm
from byfolk.accounts.editing import AccountsRefused, WrittenMeanwhile
from byfolk.accounts.editions import Desk
from byfolk.accounts.models import Edition, Section
from byfolk.accounts.queries import NoAccounts
from byfolk.kernel.access.doors import door
from byfolk.kernel.access.seers import names_of
from byfolk.kernel.rights import Actor
from byfolk.kernel.time import now, today


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _desk(request: HttpRequest, code: str) -> Desk:
    try:
        return editions.desk(_actor(request), code)
    except LookupError:
        raise Http404 from None


def _draft(request: HttpRequest, desk: Desk, year: int) -> Edition:
    found = editions.draft_of(_actor(request), desk.unit.pk, year)
    if found is None:
        raise Http404
    return found


def _composed(
    request: HttpRequest, desk: Desk, edition: Edition, sections: dict[str, Section], *, covered: bool = False
) -> tuple[Report, tuple[Lack, ...]]:
    written, language = editions.written(edition, sections), get_language() or "nb"
    try:
        return making.draft_report(
            _actor(request), desk.unit.code, edition.year, written, language, top=desk.top, covered=covered
        )
    except NoAccounts:
        raise Http404 from None


def _to(name: str, *args: Any, done: str = "") -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse(name, args=args) + (f"?gjort={done}" if done else ""))


@door("accounts.draft")
def overview(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The draft: its chapters, who writes them, and what is lacking. Without one, the way to begin."""
    desk = _desk(request, code)
    edition = editions.draft_of(_actor(request), desk.unit.pk, year)
    context: dict[str, Any] = {
        "desk": desk, "year": year, "edition": edition,
        "crumbs": page.crumbs(desk, year, {"label": _("Utkast")}), "done": _done(request),
    }  # fmt: skip
    if edition is None:
        if year not in queries.years_with_accounts(_actor(request)):
            raise Http404
        return render(request, "accounts/draft/none.html", context)
    sections = editions.sections(edition)
    report, lacking = _composed(request, desk, edition, sections)
    # The list of chapters says which lack a text.
    told = [one for one in lacking if one.what is not What.TEXT]
    context |= page.overview(desk, edition, report, told, sections, today())
    return render(request, "accounts/draft/overview.html", context)


def _done(request: HttpRequest) -> str:
    told = {
        "begynt": _("Utkastet er begynt. De som leder eller hjelper enheten, kan skrive i det."),
        "skrevet": _("Teksten er lagret."),
        "bedt": _("Endringen er lagret. Den som er bedt om å skrive, ser det på forsiden sin."),
        "sagt": _("Kommentaren er lagret."),
    }
    return told.get(request.GET.get("gjort", ""), "")


@door("accounts.write")
@require_POST
def begin(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Begin a draft."""
    desk = _desk(request, code)
    if not desk.may_write:
        raise Http404
    try:
        editing.begin(actor=_actor(request), unit=desk.unit, year=year, now=now())
    except NoAccounts:
        raise Http404 from None
    return _to("accounts_draft", year, code, done="begynt")


@door("accounts.draft")
def read(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """The draft as it will read."""
    desk = _desk(request, code)
    edition = _draft(request, desk, year)
    report, _lacking = _composed(request, desk, edition, editions.sections(edition), covered=True)
    links = [{"label": _("Tilbake til utkastet"), "url": reverse("accounts_draft", args=[year, code])}]
    name, body = making.page(report, links)
    # The body was made by our own template, which escapes what it prints.
    return render(request, "accounts/page.html", {"name": name, "body": mark_safe(body)})  # noqa: S308


@door("accounts.draft")
def section(request: HttpRequest, year: int, code: str, anchor: str) -> HttpResponse:
    """One chapter of a draft; for those who may, the form to write it. Whoever comes second is told what the first one
    wrote, and keeps what they wrote.
    """
    desk = _desk(request, code)
    edition = _draft(request, desk, year)
    if request.method != "POST":
        return _section_page(request, desk, edition, anchor)
    if not desk.may_write:
        raise Http404
    if request.POST.get("take"):
        return _with_explanation(request, desk, edition, anchor)
    form = SectionForm(request.POST, listed=page.is_plan(anchor))
    if not form.is_valid():
        return _section_page(request, desk, edition, anchor, form=form)
    _chapter(_composed(request, desk, edition, editions.sections(edition))[0], anchor)
    try:
        editing.write_section(
            actor=_actor(request), edition=edition, anchor=anchor, text=form.cleaned_data["text"], points=form.rows,
            version=form.cleaned_data.get("version") or 1, now=now(),
        )  # fmt: skip
    except WrittenMeanwhile as meanwhile:
        posted = request.POST.copy()
        posted["version"] = str(meanwhile.current.version)
        form = SectionForm(posted, listed=page.is_plan(anchor))
        return _section_page(request, desk, edition, anchor, form=form, meanwhile=meanwhile.current)
    except AccountsRefused:
        raise Http404 from None
    return _to("accounts_section", year, code, anchor, done="skrevet")


def _with_explanation(request: HttpRequest, desk: Desk, edition: Edition, anchor: str) -> HttpResponse:
    """The form as it was written so far, with an explanation of a figure at the end of its text. Nothing is saved:
    whoever writes reads it first, since what is frozen is open to everybody.
    """
    chapter = _chapter(_composed(request, desk, edition, editions.sections(edition))[0], anchor)
    wanted = request.POST["take"]
    taken = next((one for one in page.explanations(_actor(request), edition, chapter) if str(one.id) == wanted), None)
    if taken is None:
        raise Http404
    posted = request.POST.copy()
    posted["text"] = "\n\n".join(part for part in (posted.get("text", "").rstrip(), taken.text) if part)
    form = SectionForm(posted, listed=page.is_plan(anchor))
    return _section_page(request, desk, edition, anchor, form=form, taken=True)


def _chapter(report: Report, anchor: str) -> Chapter:
    found = next((one for one in page.writable(report) if one.anchor == anchor), None)
    if found is None:
        raise Http404
    return found


def _section_page(
    request: HttpRequest,
    desk: Desk,
    edition: Edition,
    anchor: str,
    *,
    form: SectionForm | None = None,
    meanwhile: Section | None = None,
    asking: AskForm | None = None,
    saying: CommentForm | None = None,
    taken: bool = False,
) -> HttpResponse:
    sections = editions.sections(edition)
    report, lacking = _composed(request, desk, edition, sections)
    chapter = _chapter(report, anchor)
    row = sections.get(anchor)
    listed = page.is_plan(anchor)
    if form is None:
        initial = {"text": row.text, "points": "\n".join(row.points), "version": row.version} if row else {}
        form = SectionForm(listed=listed, initial={"version": 1} | initial)
    if asking is None and desk.may_write:
        asking = _ask_form(desk, row)
    context = {
        "desk": desk,
        "year": edition.year,
        "edition": edition,
        "crumbs": page.crumbs(desk, edition.year, page.draft_crumb(desk, edition.year), {"label": chapter.title}),
        "row": row,
        "form": form,
        "wrong": saying or (asking if asking and asking.is_bound else None) or form,
        "meanwhile": meanwhile,
        "meanwhile_by": names_of([meanwhile.changed_by or 0]).get(meanwhile.changed_by or 0) if meanwhile else "",
        "asking": asking,
        "saying": saying or CommentForm(),
        "asked": page.day(row.due) if row else "",
        "lacking": [one.text for one in lacking if one.anchor == anchor and one.what is not What.TEXT],
        "done": _done(request),
        "taken": taken,
        **page.chapter_page(
            report,
            chapter,
            editions.comments(edition, anchor),
            page.explanations(_actor(request), edition, chapter),
        ),
    }
    return render(request, "accounts/draft/section.html", context)


def _ask_form(desk: Desk, row: Section | None, data: Any = None) -> AskForm:
    initial = {"contributor": row.contributor_id or "", "due": row.due} if row else {}
    return AskForm(data, writers=editions.writers(desk.path, today()), on=today(), initial=initial)


@door("accounts.write")
@require_POST
def ask(request: HttpRequest, year: int, code: str, anchor: str) -> HttpResponse:
    """Ask somebody to write a chapter by a date."""
    desk = _desk(request, code)
    if not desk.may_write:
        raise Http404
    edition = _draft(request, desk, year)
    sections = editions.sections(edition)
    form = _ask_form(desk, sections.get(anchor), request.POST)
    if not form.is_valid():
        return _section_page(request, desk, edition, anchor, asking=form)
    _chapter(_composed(request, desk, edition, sections)[0], anchor)
    editing.ask_to_write(
        actor=_actor(request), edition=edition, anchor=anchor, contributor=form.who,
        due=form.cleaned_data["due"] if form.who else None, on=today(),
    )  # fmt: skip
    return _to("accounts_section", year, code, anchor, done="bedt")


@door("accounts.draft")
@require_POST
def comment(request: HttpRequest, year: int, code: str, anchor: str) -> HttpResponse:
    """Say something about a chapter."""
    desk = _desk(request, code)
    edition = _draft(request, desk, year)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _section_page(request, desk, edition, anchor, saying=form)
    _chapter(_composed(request, desk, edition, editions.sections(edition))[0], anchor)
    editing.comment_on_section(
        actor=_actor(request), edition=edition, anchor=anchor, text=form.cleaned_data["text"], now=now()
    )
    return _to("accounts_section", year, code, anchor, done="sagt")


@door("accounts.freeze")
def freeze(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Say what is lacking, ask once, then freeze and sign."""
    desk = _desk(request, code)
    if not desk.may_freeze:
        raise Http404
    edition = _draft(request, desk, year)
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        editing.freeze(actor=_actor(request), edition=edition, reason=form.cleaned_data["reason"], now=now())
        return _to("accounts_versions", year, code, done="frosset")
    sections = editions.sections(edition)
    report, lacking = _composed(request, desk, edition, sections)
    context = {
        "desk": desk, "year": year, "edition": edition, "form": form,
        "crumbs": page.crumbs(desk, year, page.draft_crumb(desk, year), {"label": _("Frys")}),
        "lacking": page.overview(desk, edition, report, lacking, sections, today())["lacking"],
    }  # fmt: skip
    return render(request, "accounts/draft/freeze.html", context)


@door("accounts.write")
def discard(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Ask once, then throw a draft away that nobody has commented on."""
    desk = _desk(request, code)
    edition = _draft(request, desk, year)
    if not desk.may_write or editions.comment_counts(edition):
        raise Http404
    if request.method == "POST":
        editing.discard(actor=_actor(request), edition=edition)
        return _to("accounts_agency", year, code)
    context = {
        "desk": desk, "year": year, "edition": edition,
        "crumbs": page.crumbs(desk, year, page.draft_crumb(desk, year), {"label": _("Kast")}),
    }  # fmt: skip
    return render(request, "accounts/draft/discard.html", context)
