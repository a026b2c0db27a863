"""Django's entry for this room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put this room's rows into the schedule."""
        from huiying.records import jobs, periodic

        jobs.register(*periodic.ROWS)
