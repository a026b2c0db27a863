"""The date of a plan's document, and what an opinion said the times before it was asked again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("emergency", "0004_own_figures")]

    operations = [
        migrations.AddField("planversion", "issued_on", models.DateField(null=True)),
        migrations.AddField("planopinion", "earlier", models.JSONField(default=list)),
    ]
