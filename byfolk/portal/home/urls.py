from django.urls import path

from byfolk.portal.home import views

urlpatterns = [path("", views.home, name="home")]
