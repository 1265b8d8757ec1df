"""Addresses of answering. Those under `urne/` and `kode/` know nobody (`settings.AS_VISITOR`)."""

from django.urls import path

from byfolk.areas.surveys.answering import by_code, urn, views

urlpatterns = [
    path("<int:campaign>/", views.survey, name="survey"),
    path("<int:campaign>/svar", views.signed, name="survey_signed"),
    path("hent/<int:campaign>", views.collect, name="collect_ballot"),
    path("urne/<int:campaign>/", urn.answering, name="answering"),
    path("urne/<int:campaign>/arbeider.js", urn.page_worker, name="page_worker"),
    path("urne/<int:campaign>/lever", urn.deliver, name="hand_in"),
    path("urne/<int:campaign>/sjekk", urn.check, name="check_ballot"),
    path("urne/<int:campaign>/koder.txt", urn.codes, name="counted_codes"),
    path("kode/", by_code.enter_code, name="enter_code"),
    path("kode/lever", by_code.deliver, name="hand_in_by_code"),
]
