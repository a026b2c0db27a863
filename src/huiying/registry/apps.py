"""Django's entry for this room."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"
