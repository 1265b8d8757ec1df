from django.urls import path

from byfolk.portal.organisation import views

urlpatterns = [
    path("", views.organisation, name="organisation"),
    path("<str:code>/", views.organisation, name="organisation_unit"),
]
