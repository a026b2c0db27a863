"""Where near-copies of a text meet: keys of its sketch, about words alone."""

from typing import ClassVar

from django.db import models

from huiying.petitions.models.matter import Petition


class SketchBand(models.Model):
    """One key of the sketch of a petition's readable words: near-copies share at least one. Nothing of a person."""

    id = models.BigAutoField(primary_key=True)
    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="sketch_bands", db_index=False
    )
    body_id = models.BigIntegerField()
    band = models.BigIntegerField()

    class Meta:
        """Those who share a key are found by it, newest first; a petition's own keys by petition."""

        indexes: ClassVar = [
            models.Index(fields=["body_id", "band", "-petition"], name="sketch_band"),
            models.Index(fields=["petition"], name="sketch_of_petition"),
        ]
