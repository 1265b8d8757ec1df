"""What differs between two versions, as a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.policy.document.forms import LANGUAGE_NAMES
from byfolk.areas.policy.document.views import actor_of
from byfolk.areas.policy.document.words import find_version, here, name_of, state_sentence
from byfolk.areas.policy.wording import language
from byfolk.engines.goals import versions
from byfolk.engines.goals.comparison import Difference, What, compare
from byfolk.engines.goals.document import Document, Placed, walk
from byfolk.engines.goals.models import PolicyVersion
from byfolk.engines.goals.sentences import joined
from byfolk.engines.indicators import registry
from byfolk.kernel.access.doors import door
from byfolk.lib import norwegian
from byfolk.lib.differences import words


@door("policy.see")
def comparison(request: HttpRequest) -> HttpResponse:
    """What is new, gone, moved and changed from one version to another: `?fra=1&til=2`."""
    actor = actor_of(request)
    found = versions.versions(actor)
    if not found:
        raise Http404
    numbers = [one.number for one in found]
    before = find_version(actor, _number(request, "fra", numbers[-1]))
    after = find_version(actor, _number(request, "til", numbers[0]))
    old, new = versions.document(actor, before), versions.document(actor, after)
    differences = compare(old, new)
    context = {
        "before": before,
        "after": after,
        "fields": [_field("fra", _("Fra"), found, before), _field("til", _("Til"), found, after)],
        "verdict": _verdict(differences),
        "sentences": [
            _("Versjon %(number)d: %(state)s") % {"number": one.number, "state": norwegian.inside(state_sentence(one))}
            for one in (before, after)
        ],
        "groups": _groups(differences, old, new),
        "title_words": words(here(old.title), here(new.title)) if here(old.title) != here(new.title) else (),
    }
    return render(request, "policy/document/compare.html", context)


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise


def _field(name: str, label: str, found: list[PolicyVersion], chosen: PolicyVersion) -> dict[str, Any]:
    options = [
        {
            "value": one.number,
            "label": _("Versjon %(number)d, %(state)s")
            % {"number": one.number, "state": one.get_state_display().lower()},
            "chosen": one.pk == chosen.pk,
        }
        for one in found
    ]
    return {"name": name, "label": label, "options": options}


def _verdict(differences: list[Difference]) -> str:
    n = {what: sum(one.what is what for one in differences) for what in What}
    if not differences:
        return _("De to versjonene sier det samme")
    parts = [
        ngettext("%(n)d avsnitt er nytt", "%(n)d avsnitt er nye", n[What.NEW]) % {"n": n[What.NEW]},
        ngettext("%(n)d er borte", "%(n)d er borte", n[What.GONE]) % {"n": n[What.GONE]},
        ngettext("%(n)d er endret eller flyttet", "%(n)d er endret eller flyttet", n[What.CHANGED])
        % {"n": n[What.CHANGED]},
    ]
    return joined(
        [part for part, number in zip(parts, (n[What.NEW], n[What.GONE], n[What.CHANGED]), strict=True) if number]
    )


def _groups(differences: list[Difference], old: Document, new: Document) -> list[dict[str, Any]]:
    """The differences, area by area; what is of no area comes first."""
    area_of = _areas(old) | _areas(new)
    groups: dict[str, dict[str, Any]] = {}
    for one in differences:
        key, title = area_of[one.placed.paragraph.key]
        groups.setdefault(key, {"title": title or _("Formål, verdier og prinsipper"), "rows": []})["rows"].append(
            _row(one)
        )
    return list(groups.values())


def _areas(document: Document) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for placed in walk(document):
        one = placed.paragraph
        if one.kind in ("area", "reputation"):
            found[one.key] = (one.key, here(one.title))
        else:
            found[one.key] = found[placed.above.key] if placed.above else ("", "")
    return found


def _row(one: Difference) -> dict[str, Any]:
    said = {What.NEW: (_("Nytt"), "good"), What.GONE: (_("Borte"), "bad"), What.CHANGED: (_("Endret"), "warn")}
    word, tone = said[one.what]
    if one.what is What.CHANGED and one.moved and not (one.fields or one.translations or one.figures):
        word = _("Flyttet")
    return {"name": name_of(one.placed), "word": word, "tone": tone, "pieces": _pieces(one), "notes": _notes(one)}


def _pieces(one: Difference) -> tuple[tuple[str, str], ...]:
    old, new = (here(placed.paragraph.title) if placed else "" for placed in (one.before, one.after))
    return words(old, new)


def _notes(one: Difference) -> list[str]:
    notes = []
    if one.moved and one.before and one.after:
        notes.append(_moved(one.before, one.after))
    names = {"short": _("Det korte navnet er endret."), "text": _("Forklaringen er endret."),
             "planned": _("Hva det skal måles med, er endret.")}  # fmt: skip
    notes += [names[name] for name, _pieces_of_it in one.fields if name in names]
    others = [str(LANGUAGE_NAMES[code]) for code in one.translations if code != language()]
    if others and not one.fields:
        notes.append(_("Teksten på %(languages)s er endret.") % {"languages": joined(others)})
    if one.figures:
        before, after = ([str(registry.indicator(code).title) for code in codes] for codes in one.figures)
        gone, new = ([name for name in a if name not in b] for a, b in ((before, after), (after, before)))
        notes += [_("Følges ikke lenger med %(figures)s.") % {"figures": joined(gone)}] if gone else []
        notes += [_("Følges også med %(figures)s.") % {"figures": joined(new)}] if new else []
        notes += [_("Tallene står i en annen rekkefølge.")] if not gone and not new else []
    return notes


def _moved(before: Placed, after: Placed) -> str:
    if before.above and after.above and before.above.key != after.above.key:
        return _("Flyttet fra «%(before)s» til «%(after)s».") % {
            "before": here(before.above.title), "after": here(after.above.title),
        }  # fmt: skip
    return _("Flyttet blant de andre.")
