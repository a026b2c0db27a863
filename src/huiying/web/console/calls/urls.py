"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.calls import testing, views, ways

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.calls, name="calls"),
    path("start/", views.start, name="call_start"),
    path("ways/", ways.mine, name="contact_ways"),
    path("ways/<int:way_id>/first/", ways.first, name="contact_way_first"),
    path("ways/<int:way_id>/test/", ways.test, name="contact_way_test"),
    path("ways/<int:way_id>/drop/", ways.drop, name="contact_way_drop"),
    path("tests/", testing.tests, name="communication_tests"),
    path("tests/<int:test_id>/end/", testing.end, name="communication_test_end"),
    path("<int:call_id>/", views.call, name="call"),
    path("<int:call_id>/answer/", views.answer, name="call_acknowledge"),
    path("<int:call_id>/off/", views.off, name="call_off"),
]
