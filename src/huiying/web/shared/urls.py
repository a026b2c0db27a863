"""Addresses both doors share."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.shared import views

app_name = "shared"
urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", views.language, name="language"),
    path("leave/", views.leave, name="leave"),
    path("left/", views.left, name="left"),
    path("components/", views.components, name="components"),
]
