"""Where the measurements run: a throw-away folder and database, and a town with its petitions in it."""

import os
import pickle
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from tests.postgres import cluster

if TYPE_CHECKING:
    from tests.cast import Cast

# As an office would run it: what is acknowledged has reached the disk.
DURABLE = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}
CAST = "cast.pickle"


@dataclass(frozen=True)
class Place:
    """A throw-away installation: its engine, data folder and database address."""

    engine: str
    folder: Path
    url: str

    @property
    def on_sqlite(self) -> bool:
        """Whether the embedded database is measured."""
        return not self.url


@contextmanager
def place(engine: str, kept: Path | None = None) -> Iterator[Place]:
    """Make an installation and set this process up for it; everything is removed at the end.

    Of an installation that was kept, a copy is made and measured: the next measurement finds it as it was.
    """
    folder = Path(tempfile.mkdtemp(prefix="huiying-bench-", dir=kept and kept.parent))
    try:
        if kept:
            subprocess.run(["cp", "-a", "--reflink=auto", f"{kept}/.", folder], check=True)
        with _installed(engine, folder) as here:
            yield here
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_kept(kept: Path) -> bool:
    """Whether a load lies there whole."""
    return (kept / CAST).exists()


def keep(engine: str, petitions: int, kept: Path) -> None:
    """Load so many petitions into an installation in this folder, and leave it there."""
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    with _installed(engine, kept) as here:
        from django.db import connections

        from bench import intake

        cast = settle(petitions)
        intake.action_rate(here, 1)  # the newest identity must be one that the key opens: see loading.py
        connections.close_all()
    (kept / CAST).write_bytes(pickle.dumps(cast))


def kept_cast(here: Place) -> "Cast":
    """The cast of a load that was kept."""
    cast: Cast = pickle.loads((here.folder.parent / CAST).read_bytes())  # written by `keep`, by nobody else
    return cast


@contextmanager
def _installed(engine: str, folder: Path) -> Iterator[Place]:
    folder.chmod(0o711)  # the database's own user has to pass
    if engine == "SQLite":
        yield _set_up(Place(engine, folder / "data", ""))
        return
    with cluster(DURABLE, folder / "postgresql") as address:
        with psycopg.connect(address.replace("/huiying?", "/postgres?"), autocommit=True) as line:
            if not line.execute("SELECT 1 FROM pg_database WHERE datname = 'huiying'").fetchone():
                line.execute("CREATE DATABASE huiying")
        yield _set_up(Place(engine, folder / "data", address))


def _set_up(here: Place) -> Place:
    """Point the settings there, make the tables. From here on this process may import models."""
    for name in [name for name in os.environ if name.startswith("HUIYING_")]:
        del os.environ[name]
    os.environ |= {
        "HUIYING_DATA": str(here.folder),
        "HUIYING_DATABASE_URL": here.url,
        "DJANGO_SETTINGS_MODULE": "huiying.config.settings",
    }
    from huiying.config.folder import prepare_folder
    from huiying.config.options import load_options

    options = load_options()
    prepare_folder(options)
    import django

    django.setup()
    from huiying.config.database import ensure_master_key, migrate

    migrate(lambda line: None)
    ensure_master_key(options)
    return here


def settle(petitions: int) -> "Cast":
    """Found the town of the tests' cast and let so many petitions lie there, in every state, over fifty days."""
    from django.conf import settings
    from django.db import transaction

    from bench import loading, town
    from huiying.records import clock
    from tests.cast import gather

    # Here only: the server that is measured has its own.
    settings.PASSWORD_HASHERS = ["tests.cast.QuickArgon2"]
    patterns, first_at = min(petitions, town.PATTERNS), clock.now() - town.SPAN
    each = town.SPAN / max(1, petitions // patterns)
    with transaction.atomic():
        cast = gather()
        town.file_patterns(cast, patterns, first_at=first_at, last_at=first_at + each)
    drain()
    loading.multiply(patterns, petitions, span=town.SPAN - each)
    return cast


def drain(*, everywhere: bool = True) -> None:
    """Do now what the worker would do for minutes after such a load, so that pages are timed and not its work.

    `everywhere` looks for what is left through the whole ledger; of a load that was kept, nothing old is left.
    """
    from huiying.petitions.actions import linking
    from huiying.records import clock, delivery, sequence

    while linking.sketch_new():
        pass
    while sequence.sequence_new(everywhere=everywhere):
        pass
    while delivery.send_due(at=clock.now()):
        pass
