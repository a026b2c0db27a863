"""Triggers that refuse UPDATE, DELETE and TRUNCATE on the ledger."""

from django.db import migrations

from huiying.records import guards


def lay(apps, schema_editor):
    """Refuse changes from here on."""
    guards.lay(schema_editor.connection)


def lift(apps, schema_editor):
    """Allow the tables to be taken away by the migrations before this one."""
    guards.lift(schema_editor.connection)


class Migration(migrations.Migration):
    """After the ledger's tables exist."""

    dependencies = [("records", "0003_search_index")]
    operations = [migrations.RunPython(lay, lift)]
