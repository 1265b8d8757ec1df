"""Addresses of the API, its description, and the page that explains it."""

from django.urls import path

from byfolk.kernel.api import mounted
from byfolk.portal.api import views
from byfolk.portal.api.everything import API

urlpatterns = [
    path("", views.page, name="api"),
    path("openapi.json", views.openapi, name="api_openapi"),
    *mounted(API),
]
