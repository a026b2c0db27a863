"""`huiying check`: name what would lose or block a petition, each with its remedy.

Every look below answers with findings and never raises; a look that cannot be made is itself a finding.
"""

import argparse
import json
import re
import smtplib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from huiying.config import folder
from huiying.config.folder import CannotStart
from huiying.config.options import Options, load_options

WAITS_TOO_LONG = timedelta(minutes=10)
NEWEST_FILES = 50
START_A_WORKER = "Run `huiying worker`, or `huiying serve` without --no-worker, and look at its messages."
RELEASED_ON = datetime(2026, 11, 1, tzinfo=UTC)  # a clock before the program was written is wrong
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})


@dataclass(frozen=True)
class Finding:
    """One thing that would lose or block a petition, and what to do about it."""

    area: str
    problem: str
    remedy: str


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """`--json` for machines."""
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def run_check(arguments: argparse.Namespace) -> int:
    """Print every finding with its remedy; 1 when there is any, else 0."""
    from huiying.records import clock

    findings = list(findings_now(load_options(), at=clock.now()))
    if arguments.json:
        print(json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=2))
    else:
        _print(findings)
    return 1 if findings else 0


def findings_now(options: Options, *, at: datetime) -> Iterator[Finding]:
    """Every finding, cheapest look first; looks into the database only where it can be reached and is migrated."""
    yield from look_at_folder(options)
    yield from look_at_production(options)
    yield from look_at_mail(options)
    blocked = list(look_at_database())
    yield from blocked
    if not blocked:
        yield from look_at_master_key()
        yield from look_at_files()
        for look in (look_at_ledger, look_at_clock, look_at_worker):
            yield from look(at=at)
        yield from look_at_demo(options)
        yield from look_at_openness(options)


def look_at_folder(options: Options) -> Iterator[Finding]:
    """The data folder exists, can be written and has room."""
    where = options.data_dir
    if not where.is_dir():
        yield Finding("data folder", f"{where} is not there.", "Run `huiying migrate`, or correct data_dir.")
    elif not folder.is_writable(where):
        yield Finding(
            "data folder", f"{where} cannot be written.", "Give this user the right to write there."
        )
    elif folder.free_bytes(where) < folder.NEEDED_BYTES:
        free = folder.free_bytes(where) // 2**20
        yield Finding("data folder", f"Only {free} MB are free.", "Free at least 500 MB, or move the folder.")


def look_at_master_key() -> Iterator[Finding]:
    """The master key is there, private, whole, and the one that the identities were sealed with."""
    from huiying.records import master_key, vault

    try:
        vault.check_key()
    except master_key.MasterKeyUnusable as wrong:
        yield Finding(
            "master key",
            f"Nothing can be filed or opened: {wrong}",
            "Keep its backup apart from the database.",
        )


def look_at_files() -> Iterator[Finding]:
    """The newest files that people handed in lie where the database says, whole."""
    from huiying.records import files

    lost = files.lost_among_newest(NEWEST_FILES)
    if lost:
        yield Finding(
            "files",
            f"{lost} of the newest {NEWEST_FILES} files are missing or damaged.",
            "Put back the folder files/ of the data folder from the backup of the same day as the database.",
        )


def look_at_production(options: Options) -> Iterator[Finding]:
    """What is convenient in a demo and wrong for real people."""
    if not options.production:
        return
    if options.debug:
        yield Finding("settings", "debug shows inner details to strangers.", "Set debug = false.")
    if "*" in options.hosts:
        yield Finding(
            "settings", "hosts allows every name, so links in letters can be forged.", "List your names."
        )
    if set(options.hosts) <= LOCAL_HOSTS:
        yield Finding(
            "settings", "hosts has this machine only; petitioners are refused.", "Add your public name."
        )
    if not options.public_url.startswith("https://"):
        yield Finding(
            "settings", "public_url is not an https address.", "Set the address people type, with https."
        )
    if any(each.url.startswith("http://") for each in options.sms.providers):
        yield Finding(
            "settings",
            "A provider of short messages is asked without TLS; telephone numbers can be read on the way.",
            "Use its https address, unless it stands in your own network.",
        )
    if not options.source_url:
        yield Finding(
            "settings",
            "source_url is empty: who uses a changed program over a network must be offered its source (AGPL-3.0, 13).",
            "Set it to where the source code of what runs here can be had.",
        )


def look_at_mail(options: Options) -> Iterator[Finding]:
    """Letters leave, or lie where somebody knows about them."""
    mail = options.mail
    if mail.adapter == "file":
        if options.production:
            yield Finding(
                "mail",
                f"Letters are only laid in {options.mail_folder}.",
                'Set mail.adapter = "smtp" and mail.host.',
            )
        return
    try:
        with smtplib.SMTP(mail.host, mail.port, timeout=5) as server:
            server.noop()
    except (OSError, smtplib.SMTPException) as wrong:
        yield Finding(
            "mail",
            f"{mail.host}:{mail.port} does not answer ({wrong}).",
            "Check mail.host, mail.port, the firewall.",
        )


def look_at_database() -> Iterator[Finding]:
    """The database answers and has the tables of this version."""
    from huiying.config.database import pending_migrations

    try:
        pending = pending_migrations()
    except CannotStart as wrong:
        yield Finding("database", str(wrong), "Start the database, or correct database_url.")
        return
    if pending:
        yield Finding("database", f"{len(pending)} migrations are pending.", "Run `huiying migrate`.")


def look_at_ledger(*, at: datetime) -> Iterator[Finding]:
    """The triggers that refuse UPDATE and DELETE on the ledger are there."""
    del at
    missing = {"UPDATE", "DELETE"} - _ledger_triggers()
    if missing:
        yield Finding(
            "ledger",
            f"Nothing refuses {' and '.join(sorted(missing))} on the ledger; entries could be changed unseen.",
            "Restore the database from a backup, or recreate the triggers of the migrations of records.",
        )


def look_at_clock(*, at: datetime) -> Iterator[Finding]:
    """The machine's clock is not behind what has already been recorded, nor behind this program's release."""
    from huiying.records.models import LedgerEvent

    newest = LedgerEvent.objects.order_by("-id").values_list("at", flat=True).first()
    if at < RELEASED_ON or (newest and newest - at > WAITS_TOO_LONG):
        yield Finding(
            "clock",
            f"The clock says {at:%Y-%m-%d %H:%M} UTC, which is before what is already recorded; due dates would be wrong.",
            "Set the clock and switch on time synchronisation (timedatectl set-ntp true).",
        )


def look_at_worker(*, at: datetime) -> Iterator[Finding]:
    """A worker is alive, and neither jobs nor letters wait longer than ten minutes or have been given up."""
    from huiying.records.jobs import DEAD_AFTER, health

    queue = health(at=at)
    if queue.worker_seen_at is None or at - queue.worker_seen_at > DEAD_AFTER:
        yield Finding("worker", "No job worker is alive; letters and schedules stand still.", START_A_WORKER)
    elif queue.stuck or _letters_late(at - WAITS_TOO_LONG):
        yield Finding(
            "worker", "Jobs or letters wait more than ten minutes; the worker cannot keep up.", START_A_WORKER
        )
    if queue.failed:
        yield Finding(
            "worker", f"{queue.failed} jobs failed for good.", "Look at the worker's messages for the reason."
        )
    yield from _letters_given_up()


def look_at_demo(options: Options) -> Iterator[Finding]:
    """No invented people beside real ones."""
    from huiying.config.town import refuse_demo_in_production

    try:
        refuse_demo_in_production(options)
    except CannotStart as wrong:
        yield Finding("demo town", str(wrong), "Use an empty database.")


def look_at_openness(options: Options) -> Iterator[Finding]:
    """Every body has given what it must publish about petitioning: 信访工作条例 art. 18."""
    from huiying.registry.openness import missing_of
    from huiying.registry.selectors import public_bodies

    online = options.public_url if options.production else options.address_shown
    for body in public_bodies():
        missing = missing_of(body, online=online)
        if missing:
            yield Finding(
                "public information",
                f"{body.name} has not published: {', '.join(missing)} (信访工作条例 art. 18).",
                "Places and hours: console, settings. online: public_url in the settings file. The rest: with the body.",
            )


def _ledger_triggers() -> set[str]:
    from django.db import connection

    from huiying.records.models import LedgerEvent

    table = LedgerEvent._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            text = " ".join(row[0].upper() for row in cursor.fetchall())
            return {act for act in ("UPDATE", "DELETE") if f" {act} " in text}
        # Not from information_schema: that lists a trigger that was switched off like any other.
        cursor.execute(
            "SELECT upper(pg_get_triggerdef(oid)) FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled IN ('O', 'A')",
            [table],
        )
        text = " ".join(row[0] for row in cursor.fetchall())
        return {act for act in ("UPDATE", "DELETE") if re.search(rf"\b{act}\b", text)}


def _letters_late(limit: datetime) -> int:
    from huiying.records.models import OutboxMessage, OutboxState

    return OutboxMessage.objects.filter(state=OutboxState.WAITING, next_at__lt=limit).count()


def _letters_given_up() -> Iterator[Finding]:
    from huiying.records.models import OutboxMessage, OutboxState

    failed = OutboxMessage.objects.filter(state=OutboxState.FAILED).count()
    if failed:
        yield Finding(
            "mail",
            f"{failed} letters could not be sent and were given up.",
            "Look at them in the console: outbox.",
        )


def _print(findings: list[Finding]) -> None:
    if not findings:
        print("Nothing found that would lose or block a petition.")
    for each in findings:
        print(f"[{each.area}] {each.problem}\n    Remedy: {each.remedy}")
