"""The portal's addresses."""

from django.urls import include, path
from django.views.i18n import set_language

from byfolk.kernel.access.doors import door

urlpatterns = [
    path("", include("byfolk.areas.policy.urls")),
    path("", include("byfolk.areas.surveys.urls")),
    path("", include("byfolk.portal.home.urls")),
    path("", include("byfolk.portal.importing.urls")),
    path("", include("byfolk.portal.first_steps.urls")),
    path("api/v1/", include("byfolk.portal.api.urls")),
    path("apne-data/", include("byfolk.accounts.open_data.urls")),
    path("ansatte/", include("byfolk.portal.staff.urls")),
    path("kolleger/", include("byfolk.portal.directory.urls")),
    path("mitt/", include("byfolk.portal.me.urls")),
    path("om/", include("byfolk.portal.about.urls")),
    path("organisasjon/", include("byfolk.portal.organisation.urls")),
    path("personalregnskap/", include("byfolk.accounts.urls")),
    path("regnskap/", include("byfolk.accounts.open_data.accounts_urls")),
    path("revisjon/", include("byfolk.portal.audit.urls")),
    path("roller/", include("byfolk.portal.grants.urls")),
    path("sok/", include("byfolk.portal.search.urls")),
    path("sprak/", door("portal.open")(set_language), name="set_language"),
]
