"""Addresses of the open data. What lies under filer/ and figur/ is the same for everybody (`AS_VISITOR`)."""

from django.urls import path

from byfolk.accounts.open_data import views

urlpatterns = [
    path("", views.open_data, name="open_data"),
    path("definisjoner/", views.definitions, name="open_definitions"),
    path("filer/datapackage.json", views.descriptor, name="open_package"),
    path("filer/katalog.jsonld", views.dcat, name="open_catalogue"),
    path("filer/<slug:name>.csv", views.file, name="open_file"),
    path("figur/<slug:indicator>/<str:code>.svg", views.figure, name="open_figure"),
]
