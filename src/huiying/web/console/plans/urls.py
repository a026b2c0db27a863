"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.plans import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.plans, name="plans"),
    path("new/", views.new, name="plan_new"),
    path("<slug:code>/", views.page, name="plan_page"),
    path("<slug:code>/draft/", views.draft, name="plan_draft"),
    path("<slug:code>/<int:number>/", views.version_page, name="plan_version"),
    path("<slug:code>/<int:number>/edit/", views.edit, name="plan_edit"),
    path("<slug:code>/<int:number>/changes/", views.changes, name="plan_changes"),
    path("<slug:code>/<int:number>/promulgate/", views.promulgate, name="plan_promulgate"),
]
