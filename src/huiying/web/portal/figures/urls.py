"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.portal.figures import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.page, name="figures"),
]
