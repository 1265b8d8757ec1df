"""Addresses of reviewing texts."""

from django.urls import path

from byfolk.areas.surveys.texts import views

urlpatterns = [
    path("runder/<int:number>/tekster/", views.batches, name="campaign_texts"),
    path("runder/<int:number>/tekster/<str:code>/", views.review, name="review_texts"),
    path("runder/<int:number>/tekster/<str:code>/frigi", views.release, name="release_texts"),
    path("runder/<int:number>/tekster/<str:code>/<uuid:text>", views.decide, name="decide_text"),
]
