"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.notices import conferences, figures, signing, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.desk, name="notices"),
    path("facts/", views.facts, name="notice_facts"),
    path("new/", views.new, name="notice_new"),
    path("figures/", figures.page, name="figures"),
    path("figures/release/", signing.release, name="figures_release"),
    path("duties/<int:pk>/conference/", conferences.record, name="conference_record"),
    path("<slug:reference>/", views.page, name="notice_page"),
    path("<slug:reference>/edit/", views.edit, name="notice_edit"),
    path("<slug:reference>/submit/", views.submit, name="notice_submit"),
    path("<slug:reference>/approve/", signing.approve, name="notice_approve"),
    path("<slug:reference>/return/", signing.send_back, name="notice_return"),
    path("<slug:reference>/recall/", signing.recall, name="notice_recall"),
    path("<slug:reference>/publish/", signing.publish, name="notice_publish"),
    path("<slug:reference>/withdraw/", signing.withdraw, name="notice_withdraw"),
    path("<slug:reference>/correct/", signing.correct, name="notice_correct"),
    path(
        "<slug:reference>/corrections/<int:correction_id>/approve/",
        signing.correction_approve,
        name="correction_approve",
    ),
    path(
        "<slug:reference>/corrections/<int:correction_id>/return/",
        signing.correction_return,
        name="correction_return",
    ),
]
