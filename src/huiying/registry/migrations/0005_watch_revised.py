"""How often a watch was cut, so that a calendar knows the newest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_duty"),
    ]

    operations = [
        migrations.AddField(
            model_name="dutyshift",
            name="revised",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
