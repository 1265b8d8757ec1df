"""Addresses of the personnel accounts."""

from django.urls import path

from byfolk.accounts import views

urlpatterns = [
    path("", views.index, name="accounts"),
    path("<int:year>/", views.read, name="accounts_year"),
    path("<int:year>/pdf/", views.pdf, name="accounts_year_pdf"),
    path("<int:year>/regneark/", views.workbook, name="accounts_year_workbook"),
    path("<int:year>/<str:code>/", views.read, name="accounts_agency"),
    path("<int:year>/<str:code>/pdf/", views.pdf, name="accounts_agency_pdf"),
    path("<int:year>/<str:code>/regneark/", views.workbook, name="accounts_agency_workbook"),
]
