from django.urls import include, path

urlpatterns = [
    path("undersokelser/skjemaer/", include("byfolk.areas.surveys.instruments.urls")),
]
