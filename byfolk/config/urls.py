"""Every address of Byfolk."""

from django.conf import settings
from django.urls import include, path

from byfolk.config import health
from byfolk.demo.step_in import step_in

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path(settings.SIGN_IN.lstrip("/"), include("byfolk.portal.sign_in.urls")),
    path("demo/step-in", step_in, name="step_in"),
    path("", include("byfolk.portal.urls")),
]
handler404 = "byfolk.portal.errors.not_found"
handler500 = "byfolk.portal.errors.server_error"
handler403 = "byfolk.portal.errors.not_found"
handler400 = "byfolk.portal.errors.bad_request"
