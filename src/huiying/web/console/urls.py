"""Addresses of the staff door; each part keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from huiying.web.console.plans.readiness import readiness

app_name = "console"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiying.web.console.account.urls")),
    path("", include("huiying.web.console.desk.urls")),
    path("petitions/imports/", include("huiying.web.console.imports.urls")),  # before any reference
    path("petitions/", include("huiying.web.console.petitions.urls")),
    path("", include("huiying.web.console.duties.urls")),
    path("duty/", include("huiying.web.console.duty.urls")),
    path("issues/", include("huiying.web.console.issues.urls")),
    path("readiness/", readiness, name="readiness"),
    path("plans/", include("huiying.web.console.plans.urls")),
    path("supplies/", include("huiying.web.console.supplies.urls")),
    path("contacts/", include("huiying.web.console.contacts.urls")),
    path("incidents/", include("huiying.web.console.incidents.urls")),
    path("notices/", include("huiying.web.console.notices.urls")),
    path("evaluations/", include("huiying.web.console.evaluations.urls")),
    path("calls/", include("huiying.web.console.calls.urls")),
    path("", include("huiying.web.console.ledger.urls")),
    path("settings/", include("huiying.web.console.settings.urls")),
]
