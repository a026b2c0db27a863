"""Django's entry for this room."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"
