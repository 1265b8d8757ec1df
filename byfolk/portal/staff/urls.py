"""Addresses of the staff lists."""

from django.urls import path

from byfolk.portal.staff import person, views

urlpatterns = [
    path("", views.staff, name="staff"),
    path("ansatte.csv", views.staff_csv, name="staff_csv"),
    path("ansatte.xlsx", views.staff_xlsx, name="staff_xlsx"),
    path("<int:person>/", person.person, name="staff_person"),
    path("<int:person>/<slug:kind>/", person.sensitive, name="staff_sensitive"),
]
