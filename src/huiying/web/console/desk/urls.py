"""Addresses of my day and the search box."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.desk import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
]
