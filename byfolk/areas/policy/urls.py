from django.urls import path

from byfolk.areas.policy.action import starting
from byfolk.areas.policy.action import views as action
from byfolk.areas.policy.board import views as board
from byfolk.areas.policy.document import beginning, comparing, deciding, heard, owning, writing
from byfolk.areas.policy.document import views as document
from byfolk.areas.policy.explaining import views as explaining
from byfolk.areas.policy.figure import views as figure
from byfolk.areas.policy.guides import views as guides
from byfolk.areas.policy.guides import writing as guide_writing
from byfolk.areas.policy.relations import views as relations
from byfolk.areas.policy.targets import views as targets
from byfolk.areas.policy.unit import views as unit

urlpatterns = [
    path("personalpolitikk", document.policy, name="policy"),
    path("personalpolitikk/versjoner", document.all_versions, name="policy_versions"),
    path("personalpolitikk/sammenlign", comparing.comparison, name="policy_compare"),
    path("personalpolitikk/ny", beginning.new, name="policy_new"),
    path("personalpolitikk/omrade/<slug:key>", document.area_now, name="policy_area_now"),
    path("personalpolitikk/mal/<slug:key>", document.goal, name="policy_goal"),
    path("personalpolitikk/mal/<slug:key>/tiltak", owning.add_own, name="policy_own"),
    path("personalpolitikk/mal/<slug:key>/tiltak/<int:measure>/fjern", owning.remove_own, name="policy_own_remove"),
    path("personalpolitikk/eier/<slug:key>", owning.owner, name="policy_owner"),
    path("personalpolitikk/<int:number>", document.version, name="policy_version"),
    path("personalpolitikk/<int:number>/omrade/<slug:key>", document.area, name="policy_area"),
    path("personalpolitikk/<int:number>/fil", document.file, name="policy_file"),
    path("personalpolitikk/<int:number>/horing", heard.everything, name="policy_hearing"),
    path("personalpolitikk/<int:number>/horing/<int:comment_id>/svar", heard.answer, name="policy_answer"),
    path("personalpolitikk/<int:number>/horing/<int:comment_id>/trekk", heard.withdraw, name="policy_withdraw"),
    path("personalpolitikk/<int:number>/avsnitt/<slug:key>", heard.paragraph, name="policy_paragraph"),
    path("personalpolitikk/<int:number>/avsnitt/<slug:key>/uttal", heard.comment, name="policy_comment"),
    path("personalpolitikk/<int:number>/skriv", writing.overview, name="policy_write"),
    path("personalpolitikk/<int:number>/skriv/tittel", deciding.title, name="policy_title"),
    path("personalpolitikk/<int:number>/skriv/nytt", writing.add, name="policy_add"),
    path("personalpolitikk/<int:number>/skriv/horing", deciding.send, name="policy_send"),
    path("personalpolitikk/<int:number>/skriv/avslutt", deciding.end, name="policy_end"),
    path("personalpolitikk/<int:number>/skriv/vedta", deciding.adopt, name="policy_adopt"),
    path("personalpolitikk/<int:number>/skriv/kast", deciding.discard, name="policy_discard"),
    path("personalpolitikk/<int:number>/avsnitt/<slug:key>/endre", writing.edit, name="policy_edit"),
    path("personalpolitikk/<int:number>/avsnitt/<slug:key>/flytt", writing.move, name="policy_move"),
    path("personalpolitikk/<int:number>/avsnitt/<slug:key>/slett", writing.delete, name="policy_delete"),
    path("veiledere", guides.guides, name="guides"),
    path("veiledere/ny", guide_writing.new, name="guide_new"),
    path("veiledere/<slug:code>", guides.guide, name="guide"),
    path("veiledere/<slug:code>/utgaver/<int:number>", guides.edition, name="guide_edition"),
    path("veiledere/<slug:code>/utgaver/<int:number>/fil", guides.file, name="guide_file"),
    path("veiledere/<slug:code>/sammenlign", guides.comparison, name="guide_compare"),
    path("veiledere/<slug:code>/bekreft", guides.confirm, name="guide_confirm"),
    path("veiledere/<slug:code>/ny-utgave", guide_writing.start, name="guide_start"),
    path("veiledere/<slug:code>/utkast", guide_writing.draft, name="guide_draft"),
    path("veiledere/<slug:code>/skriv", guide_writing.write, name="guide_write"),
    path("veiledere/<slug:code>/publiser", guide_writing.publish, name="guide_publish"),
    path("veiledere/<slug:code>/kast", guide_writing.discard, name="guide_discard"),
    path("veiledere/<slug:code>/se-over", guide_writing.review, name="guide_review"),
    path("veiledere/<slug:code>/avslutt", guide_writing.retire, name="guide_retire"),
    path("veiledere/<slug:code>/lest", guide_writing.receipts, name="guide_receipts"),
    path("styring", board.board, name="board"),
    path("styring/<str:code>", board.board, name="board_unit"),
    path("tall", figure.index, name="figures"),
    path("tall/<slug:indicator>/<str:code>", figure.figure, name="figure"),
    path("tall/<slug:indicator>/<str:code>/mal", targets.targets, name="targets"),
    path("tall/<slug:indicator>/<str:code>/mal/<int:change>/angre", targets.undo, name="undo_target"),
    path("tall/<slug:indicator>/<str:code>/forklaring", explaining.explain, name="explain"),
    path("tall/<slug:indicator>/<str:code>/forklaring/trekk", explaining.withdraw, name="withdraw_note"),
    path("enheter/<str:code>", unit.unit, name="unit"),
    path("enheter/<str:code>/sammenhenger", relations.relations, name="relations"),
    path("enheter/<str:code>/tiltak", action.unit_actions, name="unit_actions"),
    path("enheter/<str:code>/tiltak/nytt", starting.start_action, name="start_action"),
    path("tiltak", action.mine, name="actions"),
    path("tiltak/<int:action>", action.action, name="action"),
    path("tiltak/<int:action>/endre", action.edit, name="edit_action"),
    path("tiltak/<int:action>/gi-videre", action.hand_over, name="hand_over"),
    path("tiltak/<int:action>/status", action.action_state, name="action_state"),
    path("tiltak/<int:action>/angre/<int:version>", action.undo, name="undo_action"),
    path("tiltak/<int:action>/kommentar", action.comment, name="comment_action"),
]
