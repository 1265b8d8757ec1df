"""What import adds to the navigation."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.registry import NAVIGATION, NavigationItem

NAVIGATION += [
    NavigationItem(_("Import"), "imports", 80, lambda actor: actor.may("imports.manage")),
    # Whoever imports reaches it from the page of imports, and has many entries in the head already.
    NavigationItem(
        _("Datakvalitet"),
        "data_quality",
        81,
        lambda actor: actor.may("data_quality.assign") and not actor.may("imports.manage"),
    ),
]
