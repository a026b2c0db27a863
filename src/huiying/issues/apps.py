"""Django's entry for this room."""

from django.apps import AppConfig


class IssuesConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.issues"
    label = "issues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand this room's periodic work to the worker."""
        from huiying.issues.jobs import SCHEDULE
        from huiying.records.jobs import register

        register(*SCHEDULE)
