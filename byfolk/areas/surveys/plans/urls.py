"""Addresses of plans."""

from django.urls import path

from byfolk.areas.surveys.plans import views

urlpatterns = [
    path("<int:campaign>/resultat/<str:code>/siden-sist/", views.since, name="survey_since"),
    path("<int:campaign>/resultat/<str:code>/velg/", views.plan, name="survey_plan"),
    path("<int:campaign>/resultat/<str:code>/velg/angre/<int:version>", views.undo, name="undo_survey_plan"),
    path("<int:campaign>/resultat/<str:code>/velg/<slug:factor>/tiltak", views.make, name="survey_plan_action"),
]
