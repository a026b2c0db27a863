"""Django's entry for this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand the doors' periodic work to the worker."""
        from huiying.records.jobs import register
        from huiying.web.jobs import SCHEDULE

        register(*SCHEDULE)
