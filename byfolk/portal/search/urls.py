from django.urls import path

from byfolk.portal.search import views

urlpatterns = [path("", views.search, name="search")]
