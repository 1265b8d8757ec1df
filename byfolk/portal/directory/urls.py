from django.urls import path

from byfolk.portal.directory import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("<int:person>/", views.colleague, name="colleague"),
]
