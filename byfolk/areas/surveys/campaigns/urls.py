"""Addresses of planning and following campaigns."""

from django.urls import path, re_path

from byfolk.areas.surveys.campaigns import paper, posters, views

urlpatterns = [
    path("runder/", views.campaigns, name="campaigns"),
    path("runder/<int:number>/plakater.pdf", posters.posters, name="posters"),
    path("papir/", paper.paper_piles, name="paper_piles"),
    path("papir/<int:number>", paper.draw, name="draw_pile"),
    path("runder/ny", views.new_campaign, name="new_campaign"),
    path("runder/<int:number>/", views.campaign, name="campaign"),
    path("runder/<int:number>/endre", views.change_campaign, name="change_campaign"),
    re_path(
        r"^runder/(?P<number>[0-9]{1,9})/(?P<step>planlegg|ta-tilbake|lukk|arkiver|kast)$",
        views.step_campaign,
        name="step_campaign",
    ),
]
