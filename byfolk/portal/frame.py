"""What the frame of every page needs: the municipality, who is signed in, navigation and languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from byfolk.kernel.organisation.queries import municipality
from byfolk.kernel.registry import navigation_for
from byfolk.kernel.rights import ROLE_TITLES, VISITOR, Actor, Role


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for `portal/base.html`: `municipality`, `actor`, `person` (name, role, initials), `navigation`, `languages`."""
    actor: Actor = getattr(request, "actor", VISITOR)
    known = caches["drawings"].get_or_set("municipality", municipality, timeout=60)
    return {
        "municipality": known,
        "actor": actor,
        "person": _person(actor),
        "navigation": [
            {"title": item.title, "url": (url := reverse(item.url_name)), "current": _is_current(request.path, url)}
            for item in (navigation_for(actor) if actor.person_id else [])
        ],
        "languages": [
            {"code": code, "title": title, "current": code == get_language()} for code, title in settings.LANGUAGES
        ],
    }


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _person(actor: Actor) -> dict[str, str] | None:
    if actor.person_id is None:
        return None
    initials = "".join(part[0] for part in actor.name.split()[:1] + actor.name.split()[-1:])
    return {"name": actor.name, "role": role_of(actor), "initials": initials}


def role_of(actor: Actor) -> str:
    """What stands under the name in the head: the actor's first role with its unit, or the title of the post."""
    for held in actor.held:
        title = str(ROLE_TITLES[held.role])
        return f"{title}, {held.unit_name}" if held.role is Role.LEADER else title
    return actor.title
