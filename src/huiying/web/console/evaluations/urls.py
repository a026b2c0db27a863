"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.evaluations import following, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.listing, name="evaluations"),
    path("open/", views.open_new, name="evaluation_open"),
    path("correctives/", following.correctives, name="correctives"),
    path("correctives/<int:corrective_id>/", following.corrective, name="corrective_page"),
    path("correctives/<int:corrective_id>/done/", following.done, name="corrective_done"),
    path("correctives/<int:corrective_id>/verify/", following.verify, name="corrective_verify"),
    path("correctives/<int:corrective_id>/return/", following.send_back, name="corrective_return"),
    path("<slug:reference>/", views.page, name="evaluation_page"),
    path("<slug:reference>/summary/", views.summarise, name="evaluation_summarise"),
    path("<slug:reference>/refresh/", views.refresh, name="evaluation_refresh"),
    path("<slug:reference>/adopt/", views.adopt, name="evaluation_adopt"),
    path("<slug:reference>/findings/", views.finding_record, name="finding_record"),
    path("<slug:reference>/findings/<int:finding_id>/corrective/", following.order, name="corrective_order"),
    path("<slug:reference>/findings/<int:finding_id>/change/", following.propose, name="change_propose"),
    path("<slug:reference>/changes/<int:change_id>/draft/", following.draft, name="change_draft"),
]
