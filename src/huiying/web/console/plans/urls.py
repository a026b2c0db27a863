"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.plans import (
    care,
    commenting,
    editing,
    filing,
    history,
    importing,
    opinions,
    rehearsing,
    road,
    views,
)
from huiying.web.console.plans.care_acts import view_of

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.plans, name="plans"),
    path("new/", views.new, name="plan_new"),
    path("imports/", importing.imports, name="plan_imports"),
    path("imports/<int:import_id>/", importing.page, name="plan_import"),
    path("imports/<int:import_id>/certain/", importing.certain, name="plan_import_certain"),
    path("imports/<int:import_id>/finish/", importing.finish, name="plan_import_finish"),
    path("imports/<int:import_id>/drop/", importing.drop, name="plan_import_drop"),
    path("<slug:code>/", views.page, name="plan_page"),
    path("<slug:code>/draft/", views.draft, name="plan_draft"),
    path("<slug:code>/<int:number>/", views.version_page, name="plan_version"),
    path("<slug:code>/<int:number>/edit/", views.edit, name="plan_edit"),
    path("<slug:code>/<int:number>/undo/", editing.undo, name="plan_undo"),
    path("<slug:code>/<int:number>/sections/<str:section>/", editing.section, name="plan_section"),
    path("<slug:code>/<int:number>/sections/<str:section>/add/", editing.add, name="plan_clause_add"),
    path("<slug:code>/<int:number>/clauses/<str:clause_id>/", editing.clause, name="plan_clause"),
    path("<slug:code>/<int:number>/clauses/<str:clause_id>/move/", editing.move, name="plan_clause_move"),
    path(
        "<slug:code>/<int:number>/clauses/<str:clause_id>/delete/", editing.delete, name="plan_clause_delete"
    ),
    path("<slug:code>/<int:number>/history/", history.history, name="plan_history"),
    path("<slug:code>/<int:number>/download/<str:form>/", history.download, name="plan_download"),
    path("<slug:code>/<int:number>/changes/", views.changes, name="plan_changes"),
    path("<slug:code>/<int:number>/road/", road.road, name="plan_road"),
    path("<slug:code>/<int:number>/submit/", road.submit, name="plan_submit"),
    path("<slug:code>/<int:number>/withdraw/", road.withdraw, name="plan_withdraw"),
    path("<slug:code>/<int:number>/return/", road.send_back, name="plan_return"),
    path("<slug:code>/<int:number>/approve/", road.approve, name="plan_approve"),
    path("<slug:code>/<int:number>/promulgate/", road.promulgate, name="plan_promulgate"),
    path("<slug:code>/<int:number>/opinions/", opinions.ask, name="opinion_ask"),
    path("<slug:code>/<int:number>/opinions/<int:opinion_id>/", opinions.give, name="opinion_give"),
    path("<slug:code>/<int:number>/opinions/<int:opinion_id>/deal/", opinions.deal, name="opinion_deal"),
    path(
        "<slug:code>/<int:number>/opinions/<int:opinion_id>/again/",
        opinions.ask_again,
        name="opinion_ask_again",
    ),
    path("<slug:code>/<int:number>/filings/<int:filing_id>/send/", filing.send, name="plan_file_send"),
    path("<slug:code>/<int:number>/filings/<int:filing_id>/receipt/", filing.receipt, name="plan_receipt"),
    path(
        "<slug:code>/<int:number>/acknowledgements/<int:acknowledgement_id>/",
        filing.acknowledge,
        name="plan_acknowledge",
    ),
    path("<slug:code>/<int:number>/rehearse/", rehearsing.rehearse, name="plan_rehearse"),
    path("<slug:code>/<int:number>/rehearse/compare/", rehearsing.compare, name="plan_rehearsals_compare"),
    path(
        "<slug:code>/<int:number>/rehearse/<int:rehearsal_id>/", rehearsing.rehearsal, name="plan_rehearsal"
    ),
    path(
        "<slug:code>/<int:number>/rehearse/<int:rehearsal_id>/change/<int:place>/",
        rehearsing.change,
        name="plan_rehearsal_change",
    ),
    path("<slug:code>/<int:number>/care/", care.page, name="plan_care"),
    path("<slug:code>/<int:number>/care/describe/", view_of("describe"), name="plan_describe"),
    path("<slug:code>/<int:number>/care/evaluated/", view_of("evaluated"), name="plan_evaluated"),
    path("<slug:code>/<int:number>/care/practised/", view_of("practised"), name="plan_practised"),
    path("<slug:code>/<int:number>/care/addendum/", view_of("addendum_draft"), name="plan_addendum_draft"),
    path(
        "<slug:code>/<int:number>/care/addendum/change/",
        view_of("addendum_change"),
        name="plan_addendum_change",
    ),
    path("<slug:code>/<int:number>/care/addendum/drop/", view_of("addendum_drop"), name="plan_addendum_drop"),
    path(
        "<slug:code>/<int:number>/care/addendum/promulgate/",
        view_of("addendum_promulgate"),
        name="plan_addendum_promulgate",
    ),
    path("<slug:code>/<int:number>/care/addendum/end/", view_of("addendum_end"), name="plan_addendum_end"),
    path("<slug:code>/<int:number>/care/figure/", view_of("parameter_set"), name="plan_parameter_set"),
    path(
        "<slug:code>/<int:number>/care/figure/restore/",
        view_of("parameter_restore"),
        name="plan_parameter_restore",
    ),
    path("<slug:code>/<int:number>/care/revise/", view_of("revision_raise"), name="plan_revision_raise"),
    path(
        "<slug:code>/<int:number>/care/revise/settle/",
        view_of("revision_settle"),
        name="plan_revision_settle",
    ),
    path("<slug:code>/<int:number>/care/suggest/", view_of("suggestion_give"), name="plan_suggestion_give"),
    path(
        "<slug:code>/<int:number>/care/suggest/answer/",
        view_of("suggestion_answer"),
        name="plan_suggestion_answer",
    ),
    path("<slug:code>/<int:number>/comment/", commenting.comment, name="plan_comment"),
    path("<slug:code>/<int:number>/comment/settle/", commenting.settle, name="plan_comment_settle"),
]
