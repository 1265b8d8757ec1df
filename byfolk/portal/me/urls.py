"""Addresses of my page."""

from django.urls import path

from byfolk.portal.me import corrections, views

urlpatterns = [
    path("", views.me, name="me"),
    path("hvem-ser/", views.who_sees, name="who_sees"),
    path("alt-om-meg.xlsx", views.download_spreadsheet, name="download_me"),
    path("alt-om-meg.json", views.download_json, name="download_me_json"),
    path("si-fra/", corrections.report, name="report_error"),
    path("epost/", views.mail_choice, name="mail_choice"),
    path("svar/", corrections.to_answer, name="corrections"),
    path("svar/<int:correction>/", corrections.answer, name="answer_correction"),
]
