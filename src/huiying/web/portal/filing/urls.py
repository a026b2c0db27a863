"""Addresses of this part: four steps, the receipt, and putting the receipt away."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.portal.filing import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.told, name="file"),
    path("where/", views.placed, name="file_where"),
    path("name/", views.named, name="file_name"),
    path("check/", views.check, name="file_check"),
    path("receipt/", views.receipt, name="file_receipt"),
    path("receipt/put-away/", views.put_away, name="file_put_away"),
]
