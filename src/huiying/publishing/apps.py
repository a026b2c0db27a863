"""Django's entry for this room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put this room's rows into the schedule."""
        from huiying.publishing.jobs import SCHEDULE
        from huiying.records.jobs import register

        register(*SCHEDULE)
