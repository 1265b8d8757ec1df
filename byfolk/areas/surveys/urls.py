"""Every address of the surveys."""

from django.urls import include, path

from byfolk.areas.surveys.answering import openly

urlpatterns = [
    path("svar/<str:word>/", openly.answer_openly, name="open_link"),
    path("undersokelser/skjemaer/", include("byfolk.areas.surveys.instruments.urls")),
    path("undersokelser/", include("byfolk.areas.surveys.results.urls")),
    path("undersokelser/", include("byfolk.areas.surveys.plans.urls")),
    path("undersokelser/", include("byfolk.areas.surveys.campaigns.urls")),
    path("undersokelser/", include("byfolk.areas.surveys.texts.urls")),
    path("undersokelser/", include("byfolk.areas.surveys.signed.urls")),
    path("undersokelser/", include("byfolk.areas.surveys.answering.urls")),
]
