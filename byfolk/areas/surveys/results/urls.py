"""Addresses of results."""

from django.urls import path

from byfolk.areas.surveys.results import views

urlpatterns = [
    path("resultater/", views.rounds, name="survey_results"),
    path("<int:campaign>/resultat/<str:code>/", views.unit, name="survey_result"),
]
