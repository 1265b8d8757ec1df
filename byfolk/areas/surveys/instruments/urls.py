from django.urls import path

from byfolk.areas.surveys.instruments import beginning, building, lifecycle, views

VERSION = "<slug:code>/<int:number>/"

urlpatterns = [
    path("", views.index, name="instruments"),
    path("nytt/", beginning.new, name="instrument_new"),
    path("les-inn/", beginning.bring, name="instrument_bring"),
    path("les-inn/lag/", beginning.take_in, name="instrument_take_in"),
    path("<slug:code>/", views.newest, name="instrument_newest"),
    path(VERSION, views.version, name="instrument"),
    path(f"{VERSION}fil/", views.file, name="instrument_file"),
    path(f"{VERSION}forhandsvisning/", views.preview, name="instrument_preview"),
    path(f"{VERSION}kopi/", beginning.copy, name="instrument_copy"),
    path(f"{VERSION}ny-versjon/", lifecycle.new_version, name="instrument_new_version"),
    path(f"{VERSION}ta-i-bruk/", lifecycle.use, name="instrument_use"),
    path(f"{VERSION}ta-ut/", lifecycle.retire, name="instrument_retire"),
    path(f"{VERSION}kast/", lifecycle.discard, name="instrument_discard"),
    path(f"{VERSION}legg-til/<slug:what>/", building.add, name="instrument_add"),
    path(f"{VERSION}sporsmal/<slug:part>/vilkar/", building.condition, name="instrument_condition"),
    path(f"{VERSION}<slug:what>/<slug:part>/", building.edit, name="instrument_part"),
    path(f"{VERSION}<slug:what>/<slug:part>/flytt/", building.move, name="instrument_move"),
    path(f"{VERSION}<slug:what>/<slug:part>/ut/", building.remove, name="instrument_remove"),
]
