"""Addresses of import and data quality."""

from django.urls import path, re_path

from byfolk.portal.importing import quality, views

urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/<int:batch>/", views.batch, name="import_batch"),
    path("import/<int:batch>/oppsett/", views.mapping, name="import_mapping"),
    path("import/<int:batch>/hent-inn/", views.land, name="import_land"),
    path("import/<int:batch>/prov-igjen/", views.try_again, name="import_again"),
    path("import/<int:batch>/forkast/", views.throw_away, name="import_throw_away"),
    re_path(r"^import/(?P<batch>\d+)/funn\.(?P<form>csv|xlsx)$", views.findings, name="import_findings"),
    path("datakvalitet/", quality.overview, name="data_quality"),
    path("datakvalitet/<str:code>/", quality.agency, name="data_quality_agency"),
    path("datakvalitet/<str:code>/eier/", quality.owner, name="data_quality_owner"),
]
