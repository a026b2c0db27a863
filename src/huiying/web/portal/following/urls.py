"""Addresses of this part: the form, one petition's page, and what its holder can do there."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.portal.following import acts, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.follow, name="follow"),
    path("<slug:reference>/", views.petition, name="petition"),
    path("<slug:reference>/read/", acts.read, name="petition_read"),
    path("<slug:reference>/rate/", acts.rate, name="petition_rate"),
    path("<slug:reference>/withdraw/", acts.withdraw, name="petition_withdraw"),
    path("<slug:reference>/close/", acts.close, name="petition_close"),
]
