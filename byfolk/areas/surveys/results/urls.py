"""Addresses of results."""

from django.urls import path

from byfolk.areas.surveys.results import views

urlpatterns = [
    path("", views.rounds, name="survey_results"),
    path("<int:campaign>/resultat/<str:code>/", views.unit, name="survey_result"),
    path("<int:campaign>/resultat/<str:code>/skjerm", views.slides, name="survey_result_slides"),
    path("<int:campaign>/resultat/<str:code>.pdf", views.pdf, name="survey_result_pdf"),
    path("<int:campaign>/resultat/<str:code>.xlsx", views.spreadsheet, name="survey_result_xlsx"),
]
