"""Every address of the installation, by door."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("console/", include("huiying.web.console.urls")),
    path("", include("huiying.web.shared.urls")),
    path("", include("huiying.web.portal.urls")),
]

handler400 = "huiying.web.shared.errors.bad_request"
handler403 = "huiying.web.shared.errors.forbidden"
handler404 = "huiying.web.shared.errors.not_found"
handler500 = "huiying.web.shared.errors.broken"
