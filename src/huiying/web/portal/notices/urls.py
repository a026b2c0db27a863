"""Addresses of this part."""

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_safe

from huiying.web.portal.notices import feeds, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.listing, name="notices"),
    path("feed.atom", require_safe(feeds.NoticeFeed()), name="notice_feed"),
    path("<slug:reference>/", views.page, name="notice"),
]
