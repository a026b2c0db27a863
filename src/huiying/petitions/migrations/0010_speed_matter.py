from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0003_similar_words'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['body', 'matter', '-id'], name='petition_matter'),
        ),
    ]
