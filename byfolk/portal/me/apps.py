from django.apps import AppConfig


class MeConfig(AppConfig):
    """My page: what is registered about me, who sees it, and what I have said is wrong."""

    name = "byfolk.portal.me"
    label = "me"
