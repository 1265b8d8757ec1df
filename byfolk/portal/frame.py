"""What the frame of every page needs: the municipality, who is signed in, navigation and links."""

from __future__ import annotations

from typing import Any

from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse

from byfolk.kernel.organisation.queries import municipality
from byfolk.kernel.registry import navigation_for
from byfolk.kernel.rights import ROLE_TITLES, VISITOR, Actor, Role


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for `portal/base.html`: `municipality`, `actor` and `frame` (see there)."""
    actor: Actor = getattr(request, "actor", VISITOR)
    known = caches["drawings"].get_or_set("municipality", municipality, timeout=60)
    demo = bool(known and known.demo)
    return {
        "municipality": known,
        "actor": actor,
        "frame": {
            "home_url": reverse("home"),
            "search_url": reverse("search") if actor.person_id else "",
            "search_text": request.GET.get("q", "") if request.path == reverse("search") else "",
            "navigation": [
                {"label": item.title, "url": (url := reverse(item.url_name)), "current": _is_current(request.path, url)}
                for item in (navigation_for(actor) if actor.person_id else [])
            ],
            "person": _person(actor),
            "sign_in_url": "" if actor.person_id else reverse("account_login"),
            "sign_out_url": reverse("account_logout"),
            "step_in_url": reverse("step_in") if demo else "",
            "who_sees_url": reverse("who_sees") if actor.person_id else "",
            "privacy_url": reverse("privacy"),
            "accessibility_url": reverse("accessibility"),
            "help_url": reverse("help"),
            "set_language_url": reverse("set_language"),
            "demo": demo,
        },
    }


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


def _person(actor: Actor) -> dict[str, str] | None:
    if actor.person_id is None:
        return None
    return {"name": actor.name, "role": role_of(actor), "url": reverse("me")}


def role_of(actor: Actor) -> str:
    """What stands under the name in the head: the actor's first role with its unit, or the title of the post."""
    for held in actor.held:
        title = str(ROLE_TITLES[held.role])
        return f"{title}, {held.unit_name}" if held.role is Role.LEADER else title
    return actor.title
