"""Django's entry for this room."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """Names the room and its table prefix."""

    name = "huiying.petitions"
    label = "petitions"
    default_auto_field = "django.db.models.BigAutoField"
