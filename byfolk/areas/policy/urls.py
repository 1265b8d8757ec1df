from django.urls import path

from byfolk.areas.policy.board import views as board
from byfolk.areas.policy.figure import views as figure
from byfolk.areas.policy.targets import views as targets
from byfolk.areas.policy.unit import views as unit

urlpatterns = [
    path("styring", board.board, name="board"),
    path("styring/<str:code>", board.board, name="board_unit"),
    path("tall", figure.index, name="figures"),
    path("tall/<slug:indicator>/<str:code>", figure.figure, name="figure"),
    path("tall/<slug:indicator>/<str:code>/mal", targets.targets, name="targets"),
    path("tall/<slug:indicator>/<str:code>/mal/<int:change>/angre", targets.undo, name="undo_target"),
    path("enheter/<str:code>", unit.unit, name="unit"),
]
