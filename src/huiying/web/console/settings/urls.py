"""Addresses of the settings."""

from django.urls import URLPattern, URLResolver, path

from huiying.web.console.settings import bodies, calendars, categories, numbering, people, places, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.settings, name="settings"),
    path("body/", bodies.body, name="settings_body"),
    path("units/", bodies.units, name="settings_units"),
    path("units/found/", bodies.found, name="settings_unit_found"),
    path("units/<int:unit_id>/", bodies.unit, name="settings_unit"),
    path("units/<int:unit_id>/posts/", bodies.post, name="settings_post"),
    path("calendar/", calendars.calendar, name="settings_calendar"),
    path("calendar/<str:day>/", calendars.day, name="settings_day"),
    path("calendar/<int:override_id>/restore/", calendars.restore, name="settings_day_restore"),
    path("categories/", categories.categories, name="settings_categories"),
    path("categories/default/", categories.lay, name="settings_categories_default"),
    path("categories/add/", categories.add, name="settings_category_add"),
    path("categories/<int:category_id>/", categories.category, name="settings_category"),
    path("categories/<int:category_id>/end/", categories.end, name="settings_category_end"),
    path("places/", places.places, name="settings_places"),
    path("places/add/", places.add, name="settings_place_add"),
    path("places/<int:place_id>/", places.place, name="settings_place"),
    path("places/<int:place_id>/close/", places.close, name="settings_place_close"),
    path("numbering/", numbering.numbering, name="settings_numbering"),
    path("people/", people.people, name="settings_people"),
    path("people/enrol/", people.enrol, name="settings_person_enrol"),
    path("people/<int:staff_id>/", people.person, name="settings_person"),
    path("people/<int:staff_id>/passphrase/", people.lend, name="settings_person_lend"),
    path("people/<int:staff_id>/active/", people.active, name="settings_person_active"),
]
