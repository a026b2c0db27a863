"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.portal.suggesting import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.suggest, name="plan_suggest"),
    path("<uuid:suggestion_ref>/", views.suggestion, name="plan_suggestion"),
]
