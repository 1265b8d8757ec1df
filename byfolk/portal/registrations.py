"""The portal's own entries in navigation and search."""

from django.utils.translation import gettext_lazy as _

from byfolk.kernel.registry import HOME, NAVIGATION, SEARCH, HomeSource, NavigationItem, SearchProvider
from byfolk.portal.audit.cards import looks
from byfolk.portal.home.cards import new_figures, without_leader
from byfolk.portal.search import providers

NAVIGATION += [
    NavigationItem(_("Hjem"), "home", 0, lambda actor: True),
    NavigationItem(_("Enheter"), "organisation", 30, lambda actor: True),
    NavigationItem(_("Kolleger"), "directory", 40, lambda actor: True),
    NavigationItem(_("Ansatte"), "staff", 35, lambda actor: actor.may("staff.see")),
    NavigationItem(_("Roller"), "grants", 85, lambda actor: actor.may("grants.manage")),
    NavigationItem(_("Oppslag"), "audit_reads", 90, lambda actor: actor.may("read_log.audit")),
]
SEARCH += [
    SearchProvider("units", _("Enheter"), 10, providers.find_organisation),
    SearchProvider("people", _("Kolleger"), 20, providers.find_people),
    SearchProvider("pages", _("Sider"), 40, providers.find_pages),
]
HOME += [
    HomeSource("without_leader", 15, without_leader),
    HomeSource("looks", 80, looks),
    HomeSource("new_figures", 90, new_figures),
]
