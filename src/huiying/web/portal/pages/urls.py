"""Addresses of the pages about the body and about how things work."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.portal.pages import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.bodies, name="bodies"),
    path("help/", views.help_page, name="help"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("<slug:body_code>/", views.home, name="home"),
    path("<slug:body_code>/how/", views.how, name="how"),
]
