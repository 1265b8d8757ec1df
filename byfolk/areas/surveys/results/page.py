"""A unit's result as its template takes it: three sentences, then every factor, then the units below."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from byfolk.areas.surveys.results import words
from byfolk.areas.surveys.results.sentences import cards, moved_of, to_speak_about, unsure, year_before
from byfolk.areas.surveys.results.together import Together
from byfolk.engines.indicators.states import State
from byfolk.engines.questionnaires.instruments.content import Factor
from byfolk.engines.questionnaires.results.queries import Alike, Compared, Group, Result
from byfolk.kernel.organisation.models import Level
from byfolk.lib import charts, norwegian

_NOTHING = Decimal(0)


def context_of(
    found: Result, *, beside_it: Sequence[Together] | None = None, like: Alike | None = None
) -> dict[str, Any]:
    """Everything that `surveys/results/unit.html` needs but for the unit's plan (`plans.beside`). `beside_it`: what
    goes together with what is to be spoken about, None where that was not looked at; `like`: the units that it is like.
    """
    title = found.campaign.title.in_language(words.language())
    known: dict[str, Any] = {
        "title": title, "unit": found.place, "crumbs": _crumbs(found, title), "lead": _lead(found),
        "warning": _warning(found), "hidden": _hidden(found),
        "below": below_rows(found), "why_hidden": _why_hidden(found), "note": unsure_note(),
        "links": _links(found), "together": _together(found, beside_it),
    }  # fmt: skip
    if found.shown:
        known |= {
            "cards": cards(found, like), "rows": [factor_row(found, factor) for factor in found.content.factors],
            "legend": legend(found), "numbers": numbers(found, like), "bands": bands(found),
            "groups": [_group(found, group) for group in found.groups], "ends": _ends(found),
            "low_level": found.place.level > Level.AGENCY,
        }  # fmt: skip
    return known


def unsure_note() -> str:
    """What "clearly" and "may be" mean, and what uncertainty covers."""
    return _(
        "Vi skriver «klart» bare når endringen er større enn usikkerheten. «Kan være» betyr at vi ikke vet sikkert. "
        "Usikkerheten dekker tilfeldigheter i hvem som svarte, ikke hva de som lot være, mener."
    )


#: So many factors have room on a slide.
ON_A_SLIDE = 5


def slides_of(found: Result, like: Alike | None) -> dict[str, Any]:
    """What `surveys/results/slides.html` needs. Only for a result that is shown."""
    known = context_of(found, like=like)
    first = len(known["cards"]) + 2
    parts = [known["rows"][start : start + ON_A_SLIDE] for start in range(0, len(known["rows"]), ON_A_SLIDE)]
    return known | {
        "parts": [
            {
                "number": first + place,
                "rows": rows,
                "title": _("Alt dere svarte på") + (f" ({place + 1}/{len(parts)})" if len(parts) > 1 else ""),
            }
            for place, rows in enumerate(parts)
        ],
        "last": first + len(parts),
        "back_url": reverse("survey_result", args=[found.campaign.pk, found.place.code]),
    }


def _crumbs(found: Result, title: str) -> list[dict[str, str]]:
    return [
        {"label": _("Resultater"), "url": reverse("survey_results")},
        {"label": f"{title}, {found.place.name}", "url": ""},
    ]


def _together(found: Result, beside_it: Sequence[Together] | None) -> dict[str, Any] | None:
    """What goes with the factor to speak about, in sentences."""
    talk = to_speak_about(found) if found.shown else None
    if beside_it is None or talk is None:
        return None
    names = {one.code: one.title.in_language(words.language()) for one in found.content.factors}
    sentences = []
    for one in beside_it[:MOST_TOGETHER]:
        told = {"x": names[one.factor], "y": names[talk.code]}
        if one.relation.rho > 0:
            sentences.append(_("Enheter som ligger høyt på «%(x)s», ligger oftere høyt på «%(y)s».") % told)
        else:
            sentences.append(_("Enheter som ligger høyt på «%(x)s», ligger oftere lavt på «%(y)s».") % told)
    none = _("Vi ser ingen tydelig sammenheng mellom «%(y)s» og de andre områdene.") % {"y": names[talk.code]}
    return {
        "title": _("Hva henger sammen med «%(y)s»?") % {"y": names[talk.code]},
        "sentences": sentences or [none],
    }


#: So many of what goes together is told.
MOST_TOGETHER = 3


def _links(found: Result) -> dict[str, str]:
    """The same on a wall, on paper and in a spreadsheet; nothing where nothing is shown."""
    names = {"slides": "survey_result_slides", "pdf": "survey_result_pdf", "xlsx": "survey_result_xlsx"}
    arguments = [found.campaign.pk, found.place.code]
    return {key: reverse(name, args=arguments) for key, name in names.items()} if found.shown else {}


def _lead(found: Result) -> str:
    if found.unit.answered is None or not found.shown:
        return ""
    said = words.answered_text(found.unit.answered, found.unit.invited) + "."
    if words.is_low(found.unit.answered, found.unit.invited):
        return said
    return f"{said} {words.response_text(found.unit.answered, found.unit.invited)}"


def _warning(found: Result) -> str:
    answered, invited = found.unit.answered, found.unit.invited
    if answered is None or not found.shown or not words.is_low(answered, invited):
        return ""
    return words.response_text(answered, invited)


def _hidden(found: Result) -> dict[str, str] | None:
    """Why nothing is shown of the unit, and where to look instead."""
    if found.shown:
        return None
    state = State.HIDDEN_SMALL if found.unit.state == State.HIDDEN_SMALL else State.HIDDEN_SECONDARY
    known = {
        "title": _("Resultatet for %(unit)s vises ikke") % {"unit": found.place.name},
        "reason": words.hidden_text(state, found.campaign.smallest_total)
        + " "
        + _("Svarene teller med i resultatet for enheten over. Ingen kan åpne dette, heller ikke HR."),
        "url": "", "link": "",
    }  # fmt: skip
    if found.above:
        known["url"] = reverse("survey_result", args=[found.campaign.pk, found.above.place.code])
        known["link"] = _("Se resultatet for %(unit)s") % {"unit": found.above.place.name}
    return known


def factor_row(found: Result, factor: Factor) -> dict[str, Any]:
    """One factor: its name, the picture, the mean, and how it has moved; or why it is not shown."""
    row, language = found.factors.get(factor.code), words.language()
    known: dict[str, Any] = {
        "code": factor.code, "name": factor.title.in_language(language), "about": factor.about.in_language(language),
    }  # fmt: skip
    if row is None or row.mean is None:
        state = row.state if row else State.HIDDEN_SECONDARY
        return known | {"hidden": words.hidden_text(state, found.campaign.smallest_total)}
    said, year, ends = moved_of(found, factor), year_before(found), found.results.factors[factor.code]
    other = found.above.means.get(factor.code) if found.above else None
    picture = charts.span(
        float(row.mean), low=ends["low"], high=ends["high"], unsure=float(unsure(found, factor)),
        before=float(row.mean - row.change) if row.change is not None else None,
        parent=float(other) if other is not None else None,
    )  # fmt: skip
    known |= {"svg": picture, "mean": words.mean_text(row.mean)}
    if said is not None and year is not None:
        known["tag"] = {
            "tone": words.TONES.get(said, "plain"), "sign": words.SIGNS[said], "word": words.since_text(said, year),
        }  # fmt: skip
    return known


def legend(found: Result) -> list[dict[str, str]]:
    """What the marks of the pictures are."""
    marks = [{"mark": "now", "word": _("Nå")}, {"mark": "unsure", "word": _("Så usikkert er tallet")}]
    year = year_before(found)
    if year is not None:
        marks.append({"mark": "before", "word": str(year)})
    if found.above:
        marks.append({"mark": "parent", "word": found.above.place.name})
    return marks


def _ends(found: Result) -> dict[str, str]:
    """What the ends of the scale are called."""
    factor = found.shown[0]
    scale = found.content.scale(found.content.scored()[factor.items[0]])
    assert scale is not None
    low, high = (step.label.in_language(words.language()) for step in (scale.steps[0], scale.steps[-1]))
    return {"low": f"{scale.values[0]} {low}", "high": f"{scale.values[-1]} {high}"}


def numbers(found: Result, like: Alike | None = None) -> dict[str, Any]:
    """The same as a table: now, then, the units that it is like, and the units above."""
    year = year_before(found)
    over = [one for one in (found.above, found.top) if one]
    columns = [{"label": _("Område")}, {"label": found.place.name, "numeric": True}]
    if year is not None:
        columns.append({"label": str(year), "numeric": True})
    if like is not None:
        columns.append({"label": _("Lignende enheter"), "numeric": True})
    columns += [{"label": one.place.name, "numeric": True} for one in over]
    return {
        "caption": _("Gjennomsnitt for hvert område"),
        "columns": columns,
        "rows": [{"cells": _cells(found, factor, year, over, like)} for factor in found.content.factors],
    }


def _cells(
    found: Result, factor: Factor, year: int | None, over: Sequence[Compared], like: Alike | None
) -> list[dict[str, Any]]:
    row = found.factors.get(factor.code)
    mean = row.mean if row else None
    values: list[Decimal | None] = [mean]
    if year is not None:
        change = row.change if row else None
        values.append(mean - change if mean is not None and change is not None else None)
    values += [like.means.get(factor.code)] if like is not None else []
    values += [one.means.get(factor.code) for one in over]
    said = [words.mean_text(value) if value is not None else _("Vises ikke") for value in values]
    name: dict[str, Any] = {"value": factor.title.in_language(words.language())}
    return [name, *({"value": text, "numeric": True} for text in said)]


def bands(found: Result) -> list[dict[str, Any]]:
    """How the answers are spread, for the factors where that is shown."""
    rows = []
    for factor in found.shown:
        row = found.factors[factor.code]
        if row.low is None or row.middle is None or row.high is None:
            continue
        parts = [(row.low, "--seg-4"), (row.middle, "--seg-3"), (row.high, "--seg-1")]
        shares = [norwegian.percent(part, 0, words.language()) for part, _colour in parts]
        rows.append(
            {
                "name": factor.title.in_language(words.language()),
                "svg": charts.share_bar([charts.Segment(part, colour) for part, colour in parts]),
                "low": shares[0], "middle": shares[1], "high": shares[2],
            }
        )  # fmt: skip
    return rows


def _group(found: Result, group: Group) -> dict[str, Any]:
    item = found.content.item(group.background)
    assert item is not None
    language = words.language()
    names = {option.code: option.text.in_language(language) for option in item.options}
    rows = []
    for factor in found.shown:
        means = [group.means.get((option, factor.code)) for option in group.options]
        if all(mean is None for mean in means):
            continue
        cells: list[dict[str, Any]] = [{"value": factor.title.in_language(language)}]
        cells += [{"value": words.mean_text(mean) if mean is not None else "", "numeric": True} for mean in means]
        rows.append({"cells": cells})
    return {
        "title": item.text.in_language(language),
        "columns": [{"label": _("Område")}, *({"label": names[one], "numeric": True} for one in group.options)],
        "rows": rows,
    }


def below_rows(found: Result) -> list[dict[str, Any]]:
    """The units below that the reader may see, hidden ones too."""
    rows = []
    for one in found.below:
        if one.answered is None:
            tag = {"tone": "plain", "word": _("Vises ikke"), "icon": "eye-slash"}
            rows.append({"title": one.place.name, "tag": tag})
        else:
            url = reverse("survey_result", args=[found.campaign.pk, one.place.code])
            rows.append({"title": one.place.name, "url": url, "aside": words.answered_text(one.answered, one.invited)})
    return rows


def _why_hidden(found: Result) -> dict[str, Any] | None:
    """Why some of the units below are not shown."""
    small = [one.place.name for one in found.below if one.answered is None and one.small]
    guarded = [one.place.name for one in found.below if one.answered is None and not one.small]
    if not small and not guarded:
        return None
    k = norwegian.in_words(found.campaign.smallest_total, words.language())
    sentences = []
    if small:
        said = ngettext(
            "I %(units)s svarte færre enn %(k)s. Da kunne noen bli kjent igjen.",
            "I disse svarte færre enn %(k)s, og da kunne noen bli kjent igjen: %(units)s.",
            len(small),
        )
        sentences.append(said % {"units": ", ".join(small), "k": k})
    if guarded:
        said = ngettext(
            "%(units)s har mange nok svar, men fra dem kunne man regnet seg fram til hva noen få har svart.",
            "Disse har mange nok svar, men fra dem kunne man regnet seg fram til hva noen få svarte: %(units)s.",
            len(guarded),
        )
        sentences.append(said % {"units": ", ".join(guarded)})
    title = ngettext("Hvorfor vises ikke én enhet?", "Hvorfor vises ikke %(n)s enheter?", len(small) + len(guarded))
    return {
        "title": title % {"n": norwegian.in_words(len(small) + len(guarded), words.language())},
        "sentences": sentences,
        "rest": _("Svarene deres teller med i tallene for enheten over. Ingen kan åpne dette, heller ikke HR."),
    }
