"""Django's entry for this room."""

from django.apps import AppConfig


class EmergencyConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.emergency"
    label = "emergency"
    default_auto_field = "django.db.models.BigAutoField"
