from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The frame of every page, and the pages that belong to no single area."""

    name = "byfolk.portal"
    label = "portal"
