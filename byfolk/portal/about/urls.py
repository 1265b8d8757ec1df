from django.urls import path

from byfolk.portal.about import views

urlpatterns = [
    path("personvern/", views.about, {"page": "privacy"}, name="privacy"),
    path("tilgjengelighet/", views.about, {"page": "accessibility"}, name="accessibility"),
    path("hjelp/", views.about, {"page": "help"}, name="help"),
]
