"""`huiying verify-proof`: whether a proof of ledger events holds, by arithmetic alone and against the ledger at hand.

Exit codes: 0 every event holds; 1 one does not; 2 the file cannot be read or is no proof (one sentence on stderr).
"""

import argparse
import os
import sys
import uuid
from collections.abc import Collection
from datetime import datetime, timedelta, timezone
from pathlib import Path

from huiying.rules.events import EventKind
from huiying.rules.proof import Checked, NotAProof, Verdict, check, read

LARGEST = 5 * 1024 * 1024
FOUND, CANNOT = 1, 2
BEIJING = timezone(timedelta(hours=8))
OTHER_LEDGER = "机关的记录里没有这一条，或者与凭证不同"


def add_verify_proof_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and whether the ledger is left aside."""
    parser.add_argument(
        "file", metavar="FILE", help="the JSON file that a petition's page gives to its holder"
    )
    parser.add_argument(
        "--offline", action="store_true", help="compute only; do not look into this installation's ledger"
    )


def run_verify_proof(arguments: argparse.Namespace) -> int:
    """Print a verdict for each event; return the exit code."""
    try:
        checked = [check(event) for event in read(_content(Path(arguments.file)))]
    except NotAProof as wrong:
        print(wrong, file=sys.stderr)
        return CANNOT
    except OSError as wrong:
        print(f"{arguments.file} 读不出来：{wrong.strerror}。", file=sys.stderr)
        return CANNOT
    known = None if arguments.offline else _committed([each.event_id for each in checked])
    missing = set() if known is None else {each.event_id for each in checked if not _stands(each, known)}
    _print(checked, missing, looked=known is not None)
    return FOUND if missing or any(each.verdict is not Verdict.HOLDS for each in checked) else 0


def _content(file: Path) -> bytes:
    if file.stat().st_size > LARGEST:
        raise NotAProof(f"这不是办理记录凭证：文件超过 {LARGEST >> 20} MB。")
    return file.read_bytes()


def _print(checked: list[Checked], missing: Collection[str], *, looked: bool) -> None:
    for each in checked:
        verdict = each.verdict.label
        if each.verdict is Verdict.HOLDS and each.event_id in missing:
            verdict = OTHER_LEDGER
        print(f"{_moment(each.at)}  {_what(each.kind)}  {verdict}")
    holding = sum(each.verdict is Verdict.HOLDS and each.event_id not in missing for each in checked)
    how = "已与这里的机关记录对照" if looked else "只核对了计算，没有与机关记录对照"
    print(f"{len(checked)} 条记录，{holding} 条相符；{how}。")


def _moment(text: str) -> str:
    """A moment as the person's page shows it, in Beijing time."""
    try:
        return f"{datetime.fromisoformat(text).astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
    except (ValueError, OverflowError):
        return text[:19]


def _what(kind: str) -> str:
    """What happened in words: by the kind that is proved, not by what the file says of it."""
    return EventKind(kind).label if kind in set(EventKind) else kind


def _stands(each: Checked, known: dict[str, str]) -> bool:
    return known.get(each.event_id) == each.commitment


def _committed(event_ids: list[str]) -> dict[str, str] | None:
    """The commitments that the ledger of this installation holds for these events; None where no ledger is at hand."""
    if not _database_at_hand():
        return None
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiying.config.settings")
    django.setup()
    from django.db import DatabaseError

    from huiying.records.ledger import commitments_of

    try:
        return commitments_of([uuid.UUID(each) for each in event_ids if _is_id(each)])
    except DatabaseError:
        return None


def _database_at_hand() -> bool:
    """Whether settings can be read and name a database; an embedded one must be there already."""
    from huiying.config.options import WrongSettings, load_options

    try:
        options = load_options()
    except WrongSettings:
        return False
    return not options.uses_sqlite or options.sqlite_path.is_file()


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
