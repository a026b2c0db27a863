"""What the tables of this room share: the member of staff who did it."""

from django.conf import settings
from django.db import models


def person(related_name: str) -> "models.ForeignKey[object, object]":
    """The member of staff who did it; never a member of the public."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name=related_name
    )
