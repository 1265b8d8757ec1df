"""Addresses of answers by name."""

from django.urls import path

from byfolk.areas.surveys.signed import views

urlpatterns = [
    path("runder/<int:number>/svar/", views.people, name="signed_people"),
    path("runder/<int:number>/svar/<int:person>", views.person, name="signed_person"),
]
