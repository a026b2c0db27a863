"""Addresses of the unit's view, of supervision and of the follow-ups."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.duties import follow_ups, supervision, unit

urlpatterns: list[URLPattern | URLResolver] = [
    path("unit/", unit.unit, name="unit"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/retaliation/<int:number>/", supervision.answer, name="retaliation_answer"),
    path("follow-ups/", follow_ups.follow_ups, name="follow_ups"),
    path("follow-ups/<int:number>/close/", follow_ups.close, name="follow_up_close"),
]
