"""Addresses of the contacts."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.contacts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.contacts, name="contacts"),
    path("contacts.csv", views.exported, name="contacts_csv"),
    path("print/", views.printed, name="contacts_print"),
    path("round/", views.round_page, name="contacts_round"),
    path("add/", views.add, name="contact_add"),
    path("<int:contact_id>/", views.change, name="contact_change"),
    path("<int:contact_id>/verify/", views.verify, name="contact_verify"),
    path("<int:contact_id>/wrong/", views.wrong, name="contact_wrong"),
    path("<int:contact_id>/end/", views.end, name="contact_end"),
]
