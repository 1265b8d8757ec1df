"""The address of the first steps."""

from django.urls import path

from byfolk.portal.first_steps.views import first_steps

urlpatterns = [path("first-steps", first_steps, name="first_steps")]
