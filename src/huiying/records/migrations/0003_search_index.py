"""The inverted index behind search: FTS5 over the entries on SQLite, a generated tsvector with GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE records_search USING fts5("
    "scope, tokens, content='records_searchentry', content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='1')",
    "CREATE TRIGGER records_search_added AFTER INSERT ON records_searchentry BEGIN"
    " INSERT INTO records_search(rowid, scope, tokens) VALUES (new.id, new.scope, new.tokens); END",
    "CREATE TRIGGER records_search_removed AFTER DELETE ON records_searchentry BEGIN"
    " INSERT INTO records_search(records_search, rowid, scope, tokens)"
    " VALUES ('delete', old.id, old.scope, old.tokens); END",
    "CREATE TRIGGER records_search_changed AFTER UPDATE ON records_searchentry BEGIN"
    " INSERT INTO records_search(records_search, rowid, scope, tokens)"
    " VALUES ('delete', old.id, old.scope, old.tokens);"
    " INSERT INTO records_search(rowid, scope, tokens) VALUES (new.id, new.scope, new.tokens); END",
]
SQLITE_BACK = [
    "DROP TRIGGER records_search_added",
    "DROP TRIGGER records_search_removed",
    "DROP TRIGGER records_search_changed",
    "DROP TABLE records_search",
]
POSTGRES = [
    "ALTER TABLE records_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS"
    " (array_to_tsvector(array_remove(string_to_array(tokens, ' '), ''))) STORED",
    # Without fastupdate a search never has to read through a pending list that intake has just filled.
    "CREATE INDEX search_words ON records_searchentry USING gin (words) WITH (fastupdate = off)",
]
POSTGRES_BACK = ["ALTER TABLE records_searchentry DROP COLUMN words"]


def _run(schema_editor, by_vendor):
    for statement in by_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lay(apps, schema_editor):
    """Make the index of this engine."""
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRES})


def lift(apps, schema_editor):
    """Take the index of this engine away; the entries stay."""
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRES_BACK})


class Migration(migrations.Migration):
    """After the entries exist."""

    dependencies = [("records", "0002_search_and_openings")]
    operations = [migrations.RunPython(lay, lift)]
