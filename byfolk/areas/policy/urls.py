from django.urls import path

from byfolk.areas.policy.action import starting
from byfolk.areas.policy.action import views as action
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
    path("enheter/<str:code>/tiltak", action.unit_actions, name="unit_actions"),
    path("enheter/<str:code>/tiltak/nytt", starting.start_action, name="start_action"),
    path("tiltak", action.mine, name="actions"),
    path("tiltak/<int:action>", action.action, name="action"),
    path("tiltak/<int:action>/endre", action.edit, name="edit_action"),
    path("tiltak/<int:action>/gi-videre", action.hand_over, name="hand_over"),
    path("tiltak/<int:action>/status", action.action_state, name="action_state"),
    path("tiltak/<int:action>/kommentar", action.comment, name="comment_action"),
]
