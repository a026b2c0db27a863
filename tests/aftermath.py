"""A look at another installation: `python -m tests.aftermath found` lays it, `… look` prints what lies there as JSON.

The tests' own process has one database for its life; a server that was killed has another.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from tests.doors.running import environment

ROOT = Path(__file__).resolve().parent.parent


def found() -> None:
    """Lay the tables and found 青溪镇."""
    from huiying.config.database import ensure_master_key, migrate
    from huiying.config.options import load_options
    from tests.cast import found_body

    migrate(lambda line: None)
    ensure_master_key(load_options())
    found_body("qingxi", "青溪镇", "QX")


def look() -> dict[str, Any]:
    """Every petition with what the ledger and the outbox say of it, and what no longer verifies."""
    from huiying.petitions.actions.clocks import first_dues
    from huiying.petitions.models import Petition
    from huiying.records import clock, ledger
    from huiying.records.models import LedgerEvent, OutboxMessage, VaultEntry
    from huiying.rules.lifecycle.petition import PetitionKind

    filed = LedgerEvent.objects.filter(kind="petition.filed").values_list("subject_id", flat=True)
    letters = OutboxMessage.objects.filter(letter="petition_received").values_list("subject_id", flat=True)
    events, told = Counter(filed), Counter(letters)
    petitions, clocks = (
        Petition.objects.all(),
        len(first_dues(clock.today(), PetitionKind.REQUEST, body_id=0)),
    )
    return {
        "petitions": {p.reference: [events.pop(str(p.pk), 0), told.pop(str(p.pk), 0)] for p in petitions},
        "whole": all(
            p.claims.count() == 2 and p.submissions.count() == 1 and p.clocks.count() == clocks
            for p in petitions
        ),
        "strays": [*events, *told],
        "identities": VaultEntry.objects.count(),
        "broken": [str(event) for event in ledger.verify()],
    }


def asked(what: str, folder: Path, **settings: str) -> dict[str, Any]:
    """Do it in a process of its own, on the installation in `folder`; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.aftermath", what],
        env={**environment(folder, **settings), "PYTHONPATH": str(ROOT)},
        cwd=folder.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def main(what: str) -> None:
    """Set Django up for the environment's installation, and do what was asked."""
    import os

    import django

    from huiying.config.folder import prepare_folder
    from huiying.config.options import load_options

    os.environ["DJANGO_SETTINGS_MODULE"] = "huiying.config.settings"
    prepare_folder(load_options())
    django.setup()
    print(json.dumps({"found": found, "look": look}[what]()))


if __name__ == "__main__":
    main(sys.argv[1])
