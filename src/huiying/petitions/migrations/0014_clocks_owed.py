from django.db import migrations, models

OWED = models.Q(
    ("clock__in", ("enquiry", "handle", "notice", "route", "suggestion")),
    ("met_at", None),
    ("stopped_at", None),
)


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0013_extensions_asked"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="petitionclock", name="clock_running_body"),
        migrations.RemoveIndex(model_name="petitionclock", name="clock_running_unit"),
        migrations.AddIndex(
            model_name="petitionclock",
            index=models.Index(condition=OWED, fields=["body_id", "due_on", "id"], name="clock_owed_body"),
        ),
        migrations.AddIndex(
            model_name="petitionclock",
            index=models.Index(condition=OWED, fields=["unit_id", "due_on", "id"], name="clock_owed_unit"),
        ),
    ]
