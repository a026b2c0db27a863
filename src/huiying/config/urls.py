"""Every address of the installation, by door."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("console/", include("huiying.web.console.urls")),
    path("", include("huiying.web.shared.urls")),
    path("", include("huiying.web.portal.urls")),
]
