"""A response keeps the body's own figures it began with; a cause to revise names the text it led to."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns."""

    dependencies: ClassVar = [("emergency", "0003_plans_care_supplies")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="activation",
            name="parameters",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="revisionnote",
            name="version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revision_notes",
                to="emergency.planversion",
            ),
        ),
    ]
