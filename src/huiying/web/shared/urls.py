"""Addresses both doors share."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.shared import calendars, calls, views

app_name = "shared"
urlpatterns: list[URLPattern | URLResolver] = [
    path("language/", views.language, name="language"),
    path("leave/", views.leave, name="leave"),
    path("left/", views.left, name="left"),
    path("r/<slug:key>/", calls.answer, name="call_answer"),
    path("hooks/voice/<slug:key>/", calls.pressed, name="voice_hook"),
    path("calendar/<str:key>.ics", calendars.feed, name="calendar_feed"),
    path("components/", views.components, name="components"),
]
