"""Addresses of the public door: everything of a body lies under its code."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiying.web.portal.pages.urls")),
    path("<slug:body_code>/file/", include("huiying.web.portal.filing.urls")),
    path("<slug:body_code>/follow/", include("huiying.web.portal.following.urls")),
    path("<slug:body_code>/notices/", include("huiying.web.portal.notices.urls")),
    path("<slug:body_code>/figures/", include("huiying.web.portal.figures.urls")),
    path("<slug:body_code>/suggest/", include("huiying.web.portal.suggesting.urls")),
]
