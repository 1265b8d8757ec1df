"""Addresses of roles."""

from django.urls import path

from byfolk.portal.grants import views

urlpatterns = [
    path("", views.grants, name="grants"),
    path("gi/", views.choose_person, name="give_role"),
    path("gi/<int:person>/", views.give, name="give_role_to"),
    path("<int:grant>/avslutt/", views.end, name="end_role"),
    path("angre/<int:change>/", views.undo, name="undo_role"),
    path("historikk/", views.history, name="grant_history"),
]
