"""Addresses of the personnel accounts."""

from django.urls import path

from byfolk.accounts import views
from byfolk.accounts.drafting import views as drafting

urlpatterns = [
    path("", views.index, name="accounts"),
    path("<int:year>/", views.read, name="accounts_year"),
    path("<int:year>/pdf/", views.pdf, name="accounts_year_pdf"),
    path("<int:year>/regneark/", views.workbook, name="accounts_year_workbook"),
    path("<int:year>/<str:code>/", views.read, name="accounts_agency"),
    path("<int:year>/<str:code>/pdf/", views.pdf, name="accounts_agency_pdf"),
    path("<int:year>/<str:code>/regneark/", views.workbook, name="accounts_agency_workbook"),
    path("<int:year>/<str:code>/versjoner/", views.versions, name="accounts_versions"),
    path("<int:year>/<str:code>/versjon/<int:version>/", views.read, name="accounts_version"),
    path("<int:year>/<str:code>/versjon/<int:version>/pdf/", views.pdf, name="accounts_version_pdf"),
    path("<int:year>/<str:code>/versjon/<int:version>/regneark/", views.workbook, name="accounts_version_workbook"),
    path("<int:year>/<str:code>/utkast/", drafting.overview, name="accounts_draft"),
    path("<int:year>/<str:code>/utkast/begynn/", drafting.begin, name="accounts_begin"),
    path("<int:year>/<str:code>/utkast/les/", drafting.read, name="accounts_draft_read"),
    path("<int:year>/<str:code>/utkast/frys/", drafting.freeze, name="accounts_freeze"),
    path("<int:year>/<str:code>/utkast/kast/", drafting.discard, name="accounts_discard"),
    path("<int:year>/<str:code>/utkast/kapittel/<str:anchor>/", drafting.section, name="accounts_section"),
    path("<int:year>/<str:code>/utkast/kapittel/<str:anchor>/be/", drafting.ask, name="accounts_ask"),
    path("<int:year>/<str:code>/utkast/kapittel/<str:anchor>/kommentar/", drafting.comment, name="accounts_comment"),
]
