"""Addresses of the import."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.imports import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.imports, name="imports"),
    path("<str:token>/", views.page, name="import_page"),
    path("<str:token>/confirm/", views.confirm, name="import_confirm"),
    path("<str:token>/bad.csv", views.bad, name="import_bad"),
    path("<str:token>/map.toml", views.column_map, name="import_map"),
    path("<str:token>/erase/", views.erase, name="import_erase"),
]
