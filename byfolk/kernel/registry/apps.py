from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class RegistryConfig(AppConfig):
    """Imports every app's `registrations` module once all models are ready. It must stand last among our apps."""

    name = "byfolk.kernel.registry"
    label = "registry"

    def ready(self) -> None:
        for app in apps.get_app_configs():
            name = f"{app.name}.registrations"
            if app.name.startswith("byfolk.") and find_spec(name):
                import_module(name)
