"""Django's entry for this room."""

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.issues"
    label = "issues"
    default_auto_field = "django.db.models.BigAutoField"
