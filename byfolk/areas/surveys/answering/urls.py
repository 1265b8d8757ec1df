"""Addresses of answering. Those under `urne/` know nobody (`settings.AS_VISITOR`)."""

from django.urls import path

from byfolk.areas.surveys.answering import urn, views

urlpatterns = [
    path("<int:campaign>/", views.survey, name="survey"),
    path("<int:campaign>/svar", views.signed, name="survey_signed"),
    path("hent/<int:campaign>", views.collect, name="collect_ballot"),
    path("urne/<int:campaign>/", urn.answering, name="answering"),
    path("urne/<int:campaign>/arbeider.js", urn.page_worker, name="page_worker"),
    path("urne/<int:campaign>/lever", urn.deliver, name="hand_in"),
    path("urne/<int:campaign>/sjekk", urn.check, name="check_ballot"),
    path("urne/<int:campaign>/koder.txt", urn.codes, name="counted_codes"),
]
