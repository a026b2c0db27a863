"""Django's entry for this room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"
