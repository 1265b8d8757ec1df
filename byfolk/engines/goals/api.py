"""The API of the policy. Public: the version that is in force. Signed in: every version that the reader may read."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from byfolk.engines.goals import versions
from byfolk.engines.goals.document import Document, Placed, walk
from byfolk.engines.goals.models import ElementKind, PolicyVersion, VersionState
from byfolk.kernel.api import Page, Paging, Texts, behind
from byfolk.kernel.api.paging import part_of
from byfolk.kernel.api.texts import kept_texts

TAG = _("Personalpolitikken")
Number = Annotated[int, Path(ge=1, le=1_000_000, description=_("Versjonens nummer"))]


class ParagraphOut(Schema):
    """A paragraph of the policy, by an id that stays the same from version to version."""

    key: str
    kind: ElementKind
    number: str = Field(description=_("Som 3.1; tom for avsnitt uten nummer"))
    under: str | None = Field(description=_("Avsnittet over"))
    title: Texts
    short: Texts | None
    text: Texts | None
    planned: Texts | None = Field(description=_("Hva som skal måles"))
    indicators: list[str] = Field(description=_("Tallene som målet måles med"))


class VersionOut(Schema):
    """A version of the policy."""

    number: int
    title: Texts
    state: VersionState
    adopted_on: dt.date | None
    retired_on: dt.date | None


class PolicyOut(VersionOut):
    """A version with all that it says, in order."""

    paragraphs: list[ParagraphOut]


public = Router()
signed_in = Router()


@public.get(
    "/policy", response=PolicyOut, url_name="api_public_policy", summary=_("Personalpolitikken som gjelder"), tags=[TAG]
)
@behind("open_data.read")
def public_policy(request: HttpRequest) -> dict[str, Any]:
    found = versions.adopted_for_anyone()
    if found is None:
        raise Http404
    version, document = found
    # What is in force has not been retired, and a visitor may not ask the table.
    return _version(version, retired_on=None) | {"paragraphs": _paragraphs(document)}


@signed_in.get(
    "/policy", response=PolicyOut, url_name="api_policy", summary=_("Personalpolitikken som gjelder"), tags=[TAG]
)
@behind("policy.see")
def policy(request: HttpRequest) -> dict[str, Any]:
    found = versions.adopted(request.actor)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return _whole(request, found)


@signed_in.get(
    "/policy/versions",
    response=Page[VersionOut],
    url_name="api_policy_versions",
    summary=_("Versjonene av personalpolitikken, nyeste først"),
    tags=[TAG],
)
@behind("policy.see")
def policy_versions(request: HttpRequest, asked: Query[Paging]) -> dict[str, Any]:
    found = versions.versions(request.actor)  # type: ignore[attr-defined]
    return part_of(request, asked, [_version(one, retired_on=one.retired_on) for one in found])


@signed_in.get(
    "/policy/versions/{number}",
    response=PolicyOut,
    url_name="api_policy_version",
    summary=_("Én versjon av personalpolitikken"),
    tags=[TAG],
)
@behind("policy.see")
def policy_version(request: HttpRequest, number: Number) -> dict[str, Any]:
    try:
        found = versions.version(request.actor, number)  # type: ignore[attr-defined]
    except LookupError:
        raise Http404 from None
    return _whole(request, found)


def _whole(request: HttpRequest, found: PolicyVersion) -> dict[str, Any]:
    document = versions.document(request.actor, found)  # type: ignore[attr-defined]
    return _version(found, retired_on=found.retired_on) | {"paragraphs": _paragraphs(document)}


def _version(one: PolicyVersion, *, retired_on: dt.date | None) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": kept_texts(one.title),
        "state": one.state,
        "adopted_on": one.adopted_on,
        "retired_on": retired_on,
    }


def _paragraphs(document: Document) -> list[dict[str, Any]]:
    return [_paragraph(placed) for placed in walk(document)]


def _paragraph(placed: Placed) -> dict[str, Any]:
    one = placed.paragraph
    return {
        "key": one.key,
        "kind": one.kind,
        "number": placed.number,
        "under": placed.above.key if placed.above else None,
        "title": kept_texts(one.title),
        "short": kept_texts(one.short) if one.short else None,
        "text": kept_texts(one.text) if one.text else None,
        "planned": kept_texts(one.planned) if one.planned else None,
        "indicators": list(one.indicators),
    }
