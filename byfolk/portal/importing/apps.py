from django.apps import AppConfig


class ImportPagesConfig(AppConfig):
    """Bringing personnel data in: from the browser, the command line and the queue."""

    name = "byfolk.portal.importing"
    label = "import_pages"
