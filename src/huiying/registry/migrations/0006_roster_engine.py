from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0005_watch_revised'),
    ]

    operations = [
        migrations.AddField(
            model_name='dutyroster',
            name='engine',
            field=models.CharField(blank=True, default='', max_length=8),
        ),
    ]
