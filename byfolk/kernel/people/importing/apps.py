from django.apps import AppConfig


class ImportingConfig(AppConfig):
    """Sources, batches and findings of imports."""

    name = "byfolk.kernel.people.importing"
    label = "importing"
