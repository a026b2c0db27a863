"""A draft keeps its text from before it was saved last."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("emergency", "0005_plan_road")]

    operations: ClassVar = [
        migrations.AddField("planversion", "previous_text", models.TextField(blank=True, default="")),
    ]
