import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Exists, OuterRef, Subquery


def lay_rounds(apps, schema_editor):
    """What was said so far is about the last answer that had been read by then, and about the unit that wrote it."""
    rating, follow_up = apps.get_model('petitions', 'Rating'), apps.get_model('petitions', 'FollowUp')
    replies = apps.get_model('petitions', 'Reply').objects.filter(petition_id=OuterRef('petition_id'))
    for model, moment in ((rating, 'rated_at'), (follow_up, 'opened_at')):
        read = replies.filter(served_at__lte=OuterRef(moment)).order_by('-number')
        model.objects.filter(Exists(read)).update(round=Subquery(read.values('number')[:1]))
    answered = replies.filter(number=OuterRef('round'))
    rating.objects.update(unit_id=Subquery(answered.values('unit_id')[:1]))
    if schema_editor.connection.vendor == 'postgresql':
        # What the update leaves to be checked at the end would keep the new columns' indexes from being built.
        schema_editor.execute('SET CONSTRAINTS ALL IMMEDIATE')
        schema_editor.execute('SET CONSTRAINTS ALL DEFERRED')


class Migration(migrations.Migration):

    dependencies = [
        ('petitions', '0010_speed_matter'),
        ('registry', '0003_sign_in_calendar_numbering'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RecusalEnded',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('ground', models.CharField(choices=[('complained_of', '被反映人'), ('interest', '有直接利害关系')], max_length=16)),
                ('recused_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('ended_at', models.DateTimeField()),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals_taken_back', to=settings.AUTH_USER_MODEL)),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals_ended', to='petitions.petition')),
                ('recused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recusals_recorded_ended', to=settings.AUTH_USER_MODEL)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals_ended', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RemoveConstraint(model_name='followup', name='follow_up_once'),
        migrations.RemoveConstraint(model_name='rating', name='rating_once'),
        migrations.AddField(
            model_name='followup',
            name='round',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='rating',
            name='round',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='rating',
            name='unit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='registry.unit'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.UniqueConstraint(fields=('petition', 'side', 'round'), name='follow_up_once_a_round'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('petition', 'side', 'round'), name='rating_once_a_round'),
        ),
        migrations.RunPython(lay_rounds, migrations.RunPython.noop),
    ]
