"""Addresses of causes and warnings."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.issues import views, warnings

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.issues, name="issues"),
    path("open/", views.open_issue, name="issue_open"),
    path("choose/<str:petition_reference>/", views.choose, name="issue_choose"),
    path("warnings/", warnings.warnings, name="warnings"),
    path("warnings/<str:reference>/", warnings.page, name="warning_page"),
    path("warnings/<str:reference>/verify/", warnings.verify, name="warning_verify"),
    path("warnings/<str:reference>/confirm/", warnings.confirm, name="warning_confirm"),
    path("warnings/<str:reference>/dismiss/", warnings.dismiss, name="warning_dismiss"),
    path("warnings/<str:reference>/lift/", warnings.lift, name="warning_lift"),
    path("<str:reference>/", views.page, name="issue_page"),
    path("<str:reference>/tie/", views.tie, name="issue_tie"),
    path("<str:reference>/untie/", views.untie, name="issue_untie"),
    path("<str:reference>/propose/", views.propose, name="warning_propose"),
    path("<str:reference>/close/", views.close, name="issue_close"),
]
