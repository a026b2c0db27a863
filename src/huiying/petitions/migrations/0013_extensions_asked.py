from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("petitions", "0012_rounds_rated_recusals_ended"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="extension",
            index=models.Index(condition=models.Q(("state", "asked")), fields=["id"], name="extension_asked"),
        ),
    ]
