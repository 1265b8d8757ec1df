"""Addresses of the frozen accounts for anyone. Files are the same for everybody (`AS_VISITOR`)."""

from django.urls import path

from byfolk.accounts.open_data import accounts

urlpatterns = [
    path("", accounts.index, name="all_open_accounts"),
    path("filer/<int:year>/<str:code>/<int:version>/<str:name>", accounts.file, name="open_accounts_file"),
    path("<int:year>/<str:code>/", accounts.read, name="open_accounts"),
    path("<int:year>/<str:code>/sammendrag/", accounts.one_page, name="open_accounts_summary"),
    path("<int:year>/<str:code>/versjon/<int:version>/", accounts.read, name="open_accounts_version"),
]
