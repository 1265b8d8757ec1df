"""My page, who sees what is on it, and all of it as a file."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from byfolk.engines.actions.actions import choose_mail
from byfolk.engines.actions.models import LANGUAGES
from byfolk.engines.actions.queries import mail_choice as chosen_mail
from byfolk.kernel.access.doors import door
from byfolk.kernel.access.seers import KindSeen, NamedSeer, who_can_see
from byfolk.kernel.rights import ROLE_TITLES, Actor
from byfolk.kernel.time import day_of, now, today
from byfolk.lib import norwegian
from byfolk.lib.tables import write_xlsx
from byfolk.portal.me import export, queries

FIRST_LOOKS = 5
LOOKS_A_PAGE = 50
TONES = {"wallet": "peach", "bandage": "rose", "eye": "mint", "person": "grey", "house": "mint"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door("self.see")
def me(request: HttpRequest) -> HttpResponse:
    """All that is registered about the one who is signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    on = today()
    found = queries.registered(actor, on)
    leader = queries.nearest_leader(who_can_see(actor, on))
    current = [e for e in found.employments if on in e.valid]
    context = {
        "found": found,
        "current": current,
        "earlier": [e for e in found.employments if e not in current],
        "leader": leader,
        "roles": [{"title": ROLE_TITLES[held.role], "unit": held.unit_name} for held in actor.held],
        "two_steps": bool(actor.roles),
        "saved": request.GET.get("sagt") == "1",
        "mail": chosen_mail(actor),
        "mail_languages": settings.LANGUAGES,
    }
    return render(request, "portal/me/me.html", context)


@door("actions.mail")
@require_POST
def mail_choice(request: HttpRequest) -> HttpResponse:
    """Mail about one's actions: on or off, and in which language."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = chosen_mail(actor)
    wanted = request.POST["actions"] == "on" if "actions" in request.POST else known.wanted
    language = request.POST.get("language", known.language)
    if language not in LANGUAGES:
        raise Http404
    choose_mail(actor=actor, wanted=wanted, language=language)
    return HttpResponseRedirect(reverse("me") + "#epost")


@door("self.see")
def who_sees(request: HttpRequest) -> HttpResponse:
    """Who has looked, who can see, and what rights one has."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = who_can_see(actor, today())
    everything = "alle" in request.GET
    page = Paginator(queries.recent_looks(actor), LOOKS_A_PAGE if everything else FIRST_LOOKS).get_page(
        request.GET.get("page")
    )
    looks = queries.looks(actor, seen, list(page))
    context = {
        "page": page,
        "everything": everything,
        "looks": [_look(look) for look in looks],
        "summary": _summary(looks, page.paginator.count),
        "kinds": [_kind(kind, queries.nearest_leader(seen)) for kind in seen],
        "rights": _rights(),
    }
    return render(request, "portal/me/who_sees.html", context)


@door("self.see")
def download_spreadsheet(request: HttpRequest) -> HttpResponse:
    """All about me, to read."""
    target = io.BytesIO()
    write_xlsx(target, export.sheets(request.actor))  # type: ignore[attr-defined]
    return _file(target.getvalue(), XLSX, _("alt-om-meg") + ".xlsx")


@door("self.see")
def download_json(request: HttpRequest) -> HttpResponse:
    """All about me, for another system."""
    return _file(export.as_json(request.actor, now()), "application/json; charset=utf-8", _("alt-om-meg") + ".json")  # type: ignore[attr-defined]


def _file(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _look(look: queries.Look) -> dict[str, Any]:
    lang = get_language() or "nb"
    return {
        "name": look.name,
        "role": look.role,
        "what": look.what,
        "reason": _("Grunn: %(purpose)s") % {"purpose": look.purpose},
        "time": norwegian.sentence(
            f"{norwegian.day(day_of(look.at), lang, weekday=True)} {norwegian.clock(look.at, lang)}"
        ),
        "tone": look.tone,
    }


def _summary(looks: list[queries.Look], count: int) -> dict[str, str]:
    if not count:
        return {
            "title": _("Ingen har åpnet noe følsomt om deg"),
            "text": _("Her står det hvem, hva og hvorfor, den dagen noen gjør det."),
        }
    who = len({look.name for look in looks})
    title = (
        _("Sist åpnet av %(name)s") % {"name": looks[0].name}
        if looks and who == 1
        else _("Flere har åpnet noe følsomt om deg")
    )
    return {"title": title, "text": _("De hadde lov, og ga en grunn. Om grunnen stemmer, vet du best.")}


def _kind(seen: KindSeen, leader: NamedSeer | None) -> dict[str, Any]:
    nearest = leader.person_id if leader else None
    rows = [
        {
            "who": ", ".join(
                part for part in (s.name or _("En som ikke står i adresseboka"), queries.relation(s, nearest)) if part
            ),
            "why": s.why,
        }
        for s in seen.seers
    ]
    names = list(dict.fromkeys(s.name.split()[0] if s.person_id == nearest and s.name else s.name for s in seen.seers))
    names = [name for name in names if name]
    return {
        "kind": seen.kind,
        "rows": rows,
        "text": _who(names, len(rows), own=seen.kind.own),
        "tone": TONES.get(seen.kind.icon, "lilac"),
    }


def _who(names: list[str], count: int, *, own: bool) -> str:
    """Who can see, in a line: the person (where it is theirs to see), the nearest, and how many more."""
    you = [_("Du")] if own else []
    if not count:
        return _("Bare du") if own else _("Ingen")
    if not names:
        names = [_("noen som ikke står i adresseboka")]
    people = you + names
    if len(people) <= 3:
        text = _(" og ").join([", ".join(people[:-1]), people[-1]] if len(people) > 1 else people)
    else:
        rest = norwegian.in_words(len(people) - 2, get_language() or "nb")
        text = _("%(first)s, %(second)s og %(rest)s til") % {"first": people[0], "second": people[1], "rest": rest}
    return norwegian.sentence(text)


def _rights() -> list[dict[str, str]]:
    return [
        {
            "title": _("Last ned alt om meg"),
            "url": reverse("download_me"),
            "text": _("Du får et regneark med alt som er registrert."),
            "icon": "download",
        },
        {
            "title": _("Si fra om noe er feil"),
            "url": reverse("report_error"),
            "text": _("Du får svar innen en måned."),
            "icon": "pencil",
        },
        {
            "title": _("Last ned for et annet system"),
            "url": reverse("download_me_json"),
            "text": _("De samme opplysningene, som maskiner kan lese."),
            "icon": "file-text",
        },
    ]
