"""What the accounts add to every page: the way there, and the years in the one search."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from byfolk.accounts.queries import agencies_of, years_with_accounts
from byfolk.kernel.registry import NAVIGATION, SEARCH, NavigationItem, SearchHit, SearchProvider
from byfolk.kernel.rights import Actor

#: Words that lead to the accounts, in the languages of the portal.
WORDS = ("personalregnskap", "årsrapport", "likestilling", "regnskap", "personnel accounts", "equality")


def find_accounts(actor: Actor, text: str, limit: int) -> Sequence[SearchHit]:
    """The accounts of the city by year, and of agencies whose name holds the text, newest year first."""
    wanted = text.lower().strip()
    if len(wanted) < 3:
        return []
    title = _("Personalregnskap")
    words = [word for word in wanted.split() if not word.isdigit()]
    asked = [int(word) for word in wanted.split() if word.isdigit()]
    years = [year for year in years_with_accounts(actor) if not asked or year in asked]
    known = (title.lower(), *WORDS)
    about = [word for word in words if any(term.startswith(word) for term in known)]
    named = " ".join(word for word in words if word not in about)
    if not years or not about:
        return []
    if not named:
        return [
            SearchHit(f"{title} {year}", reverse("accounts_year", args=[year]), _("Hele kommunen")) for year in years
        ][:limit]
    found = [(code, name) for code, name in agencies_of(actor, years[0]) if named in name.lower()]
    return [
        SearchHit(f"{title} {years[0]}", reverse("accounts_agency", args=[years[0], code]), name)
        for code, name in found
    ][:limit]


NAVIGATION.append(
    NavigationItem(
        pgettext_lazy("navigation", "Personalregnskap"), "accounts", 50, lambda actor: actor.may("accounts.read")
    )
)
SEARCH.append(SearchProvider("accounts", gettext_lazy("Personalregnskap"), 35, find_accounts))
