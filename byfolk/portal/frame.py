"""What the frame of every page needs: the municipality, who is signed in, navigation and links."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse

from byfolk.kernel.access.acting import who
from byfolk.kernel.access.second_step import is_missing
from byfolk.kernel.organisation.queries import municipality
from byfolk.kernel.registry import NavigationItem, navigation_for
from byfolk.kernel.rights import ROLE_TITLES, VISITOR, Actor, Role


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for `portal/base.html`: `municipality`, `actor` and `frame` (see there)."""
    actor: Actor = getattr(request, "actor", VISITOR)
    reader = _reader(request, actor)
    may_go_on = reader.person_id is not None and not is_missing(request, reader)
    known = caches["drawings"].get_or_set("municipality", municipality, timeout=60)
    demo = bool(known and known.demo)
    return {
        "municipality": known,
        "actor": actor,
        "frame": {
            "home_url": reverse("home"),
            "search_url": reverse("search") if may_go_on else "",
            "search_text": request.GET.get("q", "") if request.path == reverse("search") else "",
            "navigation": [
                {"label": item.title, "url": reverse(item.url_name), "current": _is_current(request.path, item)}
                for item in (navigation_for(reader) if may_go_on else [])
            ],
            "person": _person(reader),
            "sign_in_url": "" if reader.person_id else reverse("account_login"),
            "sign_out_url": reverse("account_logout"),
            "step_in_url": reverse("step_in") if demo else "",
            "who_sees_url": reverse("who_sees") if may_go_on else "",
            "privacy_url": reverse("privacy"),
            "accessibility_url": reverse("accessibility"),
            "help_url": reverse("help"),
            "set_language_url": reverse("set_language"),
            "demo": demo,
        },
    }


def _reader(request: HttpRequest, actor: Actor) -> Actor:
    """Whom the frame is for. The sign-in pages act as nobody, but whoever is signed in already is named there too."""
    if not request.path_info.startswith(settings.WITHOUT_ACTOR):
        return actor
    user = getattr(request, "user", None)
    person_id = getattr(user, "person_id", None) if user is not None and user.is_authenticated else None
    return who(person_id) if person_id is not None else VISITOR


def _is_current(path: str, item: NavigationItem) -> bool:
    urls = [reverse(name) for name in (item.url_name, *item.covers)]
    return any(path == url if url == "/" else path.startswith(url) for url in urls)


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
