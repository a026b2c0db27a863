"""Addresses of the ledger, of staff and their grants, and of the system page."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.ledger import staff_views, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("ledger/", views.ledger, name="ledger"),
    path("system/", views.system, name="system"),
    path("staff/", staff_views.staff, name="staff"),
    path("staff/<int:staff_id>/", staff_views.staff_page, name="staff_page"),
    path("staff/<int:staff_id>/second-factor/", staff_views.second_factor_reset, name="second_factor_reset"),
    path("staff/grants/<int:grant_id>/extend/", staff_views.grant_extend, name="grant_extend"),
    path("staff/grants/<int:grant_id>/end/", staff_views.grant_end, name="grant_end"),
]
