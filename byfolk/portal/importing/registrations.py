"""What import adds to the navigation, and what matters now to those who bring files in and own data."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.registry import HOME, NAVIGATION, HomeSource, NavigationItem
from byfolk.portal.importing import cards

NAVIGATION += [
    # Whoever imports has many entries in the head already: data quality is a tab beside the files.
    NavigationItem(_("Import"), "imports", 80, lambda actor: actor.may("imports.manage"), covers=("data_quality",)),
    NavigationItem(
        _("Datakvalitet"),
        "data_quality",
        81,
        lambda actor: actor.may("data_quality.see") and not actor.may("imports.manage"),
    ),
]
HOME += [HomeSource("files", 1, cards.files), HomeSource("data_quality", 45, cards.owned)]
