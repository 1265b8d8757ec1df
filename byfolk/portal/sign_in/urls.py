"""Sign-in: only what Byfolk uses of allauth, so that nothing else is open."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
