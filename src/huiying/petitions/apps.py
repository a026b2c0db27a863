"""Django's entry for this room."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.petitions"
    label = "petitions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put this room's rows into the schedule."""
        from huiying.petitions.jobs import SCHEDULE
        from huiying.records.jobs import register

        register(*SCHEDULE)
