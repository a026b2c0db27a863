"""Addresses of reception, the list and the workbench."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.petitions import (
    deciding,
    drafting,
    handling,
    listing,
    papers,
    reception,
    shielding,
    similar,
    views,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", listing.petitions, name="petitions"),
    path("views/", listing.view_save, name="view_save"),
    path("views/<int:number>/drop/", listing.view_drop, name="view_drop"),
    path("reception/", reception.reception, name="reception"),
    path("reception/receipt/", reception.receipt, name="reception_receipt"),
    path("similar/", similar.beside, name="petition_similar"),
    path("<str:reference>/", views.page, name="petition_page"),
    path("<str:reference>/register/", deciding.register, name="petition_register"),
    path("<str:reference>/shield/", shielding.shield, name="petition_shield"),
    path("<str:reference>/link/", similar.link, name="petition_link"),
    path("<str:reference>/link/<int:number>/end/", similar.unlink, name="petition_unlink"),
    path("<str:reference>/accept/", deciding.accept, name="petition_accept"),
    path("<str:reference>/decline/", deciding.decline, name="petition_decline"),
    path("<str:reference>/refer/", deciding.refer, name="petition_refer"),
    path("<str:reference>/assign/", deciding.assign, name="petition_assign"),
    path("<str:reference>/danger/", deciding.danger, name="petition_danger"),
    path("<str:reference>/identity/", deciding.identity, name="petition_identity"),
    path("<str:reference>/notify/", handling.notify, name="petition_notify"),
    path("<str:reference>/claims/<int:number>/", handling.answer, name="claim_answer"),
    path("<str:reference>/submit/", drafting.submit, name="draft_submit"),
    path("<str:reference>/return/", drafting.give_back, name="draft_return"),
    path("<str:reference>/approve/", drafting.approve, name="draft_approve"),
    path("<str:reference>/send/", drafting.send, name="reply_send"),
    path("<str:reference>/reply/", drafting.printed, name="reply_printed"),
    path("<str:reference>/serve/", handling.serve, name="reply_serve"),
    path("<str:reference>/papers/", papers.add, name="petition_papers"),
    path("<str:reference>/papers/<uuid:file_id>/", papers.show, name="petition_paper"),
    path("<str:reference>/papers/<uuid:file_id>/pass/", papers.pass_on, name="petition_paper_pass"),
]
