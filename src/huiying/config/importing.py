"""`huiying import`: petitions from an .xlsx or CSV file, by a map of its columns or by a guess that is confirmed."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from huiying.config.folder import CannotStart

if TYPE_CHECKING:
    from datetime import datetime

    from huiying.petitions.importing import BadRow, Guess, ImportMap, Parsed
    from huiying.records.ledger import HasActor
    from huiying.registry.models import Body, Unit

CONTENT_MAX = 512 * 1024 * 1024
LONG_ON_SQLITE = 20_000  # rows: written without a pause, while nobody else can file
FOUND, CANNOT = 1, 2


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, its map, and into whose hands it goes."""
    parser.add_argument(
        "file", metavar="FILE", help="the file: .xlsx, or CSV in UTF-8 or GB 18030; one row a message"
    )
    parser.add_argument(
        "--map",
        metavar="MAP",
        help="a TOML file that says which column is what, or the name of one that comes with the program"
        " (default: the columns are guessed, shown, and confirmed)",
    )
    parser.add_argument(
        "--print-map", action="store_true", help="print the guessed map as TOML and do nothing else"
    )
    parser.add_argument("--yes", action="store_true", help="import with the guessed columns without asking")
    parser.add_argument(
        "--body", metavar="CODE", help="the body that received them (needed if there are several)"
    )
    parser.add_argument(
        "--unit", metavar="CODE", help="the unit whose answers the file holds (default: the petition office)"
    )
    parser.add_argument(
        "--by", metavar="ACCOUNT", help="who imports, for the ledger (default: this installation)"
    )
    parser.add_argument("--dry-run", action="store_true", help="read and check everything, write nothing")


def run_import(arguments: argparse.Namespace) -> int:
    """Import the file: all of it or, when a row is bad, nothing of it. Exit code 1: --dry-run found bad rows."""
    from huiying.config.database import pending_migrations
    from huiying.petitions.importing import FileRefused, MapRefused
    from huiying.records.clock import now
    from huiying.rules.refusals import Refusal

    if pending_migrations():
        raise CannotStart("The database lacks tables of this version; run `huiying migrate` first.")
    try:
        return _import(arguments, at=now())
    except (FileRefused, MapRefused) as wrong:
        print(wrong, file=sys.stderr)
    except Refusal as refused:
        print(refused, file=sys.stderr)
    return CANNOT


def _import(arguments: argparse.Namespace, *, at: "datetime") -> int:
    from huiying.petitions.importing import parse, read_map, written

    content = _content(Path(arguments.file))
    chosen = read_map(_map_text(arguments.map)) if arguments.map else _guessed(content)
    if arguments.print_map:
        print(written(chosen), end="")
        return 0
    body = _body(arguments.body)
    unit = _unit(body, arguments.unit or chosen.unit)
    by = _importer(body, arguments.by, at)
    parsed = parse(content, chosen, at=at)
    _describe(parsed)
    bad = _bad_rows(body, parsed)
    if bad:
        return _refuse(bad, dry_run=arguments.dry_run)
    if arguments.dry_run:
        return _preview(body, parsed)
    if not (arguments.map or arguments.yes or _agreed()):
        return CANNOT
    return _write(parsed, chosen, unit=unit, by=by, at=at)


def _guessed(content: bytes) -> "ImportMap":
    """The map that the file's own headings and cells suggest, shown column by column."""
    from huiying.petitions.importing import map_of
    from huiying.petitions.importing.steps import guess_of
    from huiying.rules.refusals import Incomplete

    guessed = guess_of(content)
    _show(guessed)
    try:
        return map_of(guessed, guessed.parts, source=guessed.source)
    except Incomplete as refusal:
        wanted = " ".join(refusal.fields.values())
        raise CannotStart(f"The columns cannot be guessed: {wanted} Say which is which with --map.") from None


def _show(guessed: "Guess") -> None:
    for column in guessed.columns:
        taken = column.part.value if column.part else ("dropped: the sender" if column.person else "left out")
        print(f"  {column.heading or '(no heading)'}: {taken}", file=sys.stderr)


def _agreed() -> bool:
    """Whether the person at the terminal agrees to the guess; nobody there has to say --yes."""
    if not sys.stdin.isatty():
        print("The columns were guessed. Look at them (--dry-run), then say --yes or --map.", file=sys.stderr)
        return False
    return input("Import with these columns? [y/N] ").strip().lower() in ("y", "yes")


def _bad_rows(body: "Body", parsed: "Parsed") -> "list[BadRow]":
    from huiying.petitions.actions.importing import met_before

    return sorted((*parsed.bad, *met_before(body, parsed.rows).bad), key=lambda row: row.line)


def _write(parsed: "Parsed", chosen: "ImportMap", *, unit: "Unit", by: "HasActor", at: "datetime") -> int:
    from huiying.petitions.actions import petition_import

    _warn_of_waiting(len(parsed.rows))
    started = time.monotonic()
    done = petition_import(
        rows=parsed.rows,
        source=chosen.source,
        body=unit.body,
        unit=unit,
        kind=chosen.kind,
        matter=chosen.matter,
        by=by,
        at=at,
        progress=_progress(len(parsed.rows)),
    )
    seconds = time.monotonic() - started
    rate = f" ({done.petitions / seconds:,.0f} a second)" if done.petitions else ""
    print(f"Imported {done.petitions} petitions into {unit.body.name} in {seconds:.1f} s{rate}.")
    if done.answered:
        print(f"{done.answered} of them came with their answer and are settled by {unit.name}.")
    if done.known:
        print(f"{done.known} rows were imported before and are passed over.")
    return 0


def _warn_of_waiting(rows: int) -> None:
    from django.db import connection

    if connection.vendor == "sqlite" and rows > LONG_ON_SQLITE:
        print(
            "On SQLite nobody can file while this is written; best done outside office hours.",
            file=sys.stderr,
        )


def _preview(body: "Body", parsed: "Parsed") -> int:
    from huiying.petitions.actions.importing import known_keys

    known = len(known_keys(body, parsed.rows))
    print(
        f"Would import {len(parsed.rows) - known} petitions into {body.name}; {known} were imported before."
    )
    print("Nothing was written (--dry-run).")
    return 0


def _describe(parsed: "Parsed") -> None:
    answered = sum(row.replied_at is not None for row in parsed.rows)
    mark = {"\t": "tab"}.get(parsed.delimiter, parsed.delimiter)
    written_in = f"{parsed.encoding}, delimiter {mark}" if mark else parsed.encoding
    print(f"Read {len(parsed.rows)} rows ({written_in}), {answered} with an answer.")
    blanked = sum(row.blanked for row in parsed.rows)
    if blanked:
        print(f"In {blanked} rows the words repeat the sender's name; it is blanked out there.")
    for line, earlier in parsed.repeats:
        print(f"Line {line} repeats line {earlier} and is taken once.")


def _refuse(bad: "list[BadRow]", *, dry_run: bool) -> int:
    for row in bad:
        print(f"Line {row.line}: {row.reason}.", file=sys.stderr)
    print(
        f"{len(bad)} rows cannot be imported, so nothing was. Correct them and try again.",
        file=sys.stderr,
    )
    return FOUND if dry_run else CANNOT


def _progress(total: int) -> Callable[[int], None]:
    live = sys.stdout.isatty()

    def show(done: int) -> None:
        end = "\n" if done >= total or not live else "\r"
        print(f"  {done} of {total} rows written", end=end, flush=True)

    return show


def _map_text(named: str) -> str:
    from huiying.petitions.importing import shipped_maps

    if named in shipped_maps():
        return shipped_maps()[named]
    try:
        return Path(named).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise CannotStart(
            f"The map {named} cannot be read: {_why(wrong)}. Maps of the program: {', '.join(shipped_maps())}."
        ) from None


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > CONTENT_MAX:
            raise CannotStart(f"{file} is larger than {CONTENT_MAX >> 20} MB; split it.")
        return file.read_bytes()
    except OSError as wrong:
        raise CannotStart(f"{file} cannot be read: {_why(wrong)}.") from None


def _why(wrong: Exception) -> str:
    return str(getattr(wrong, "strerror", None) or "it is not UTF-8 text")


def _body(code: str | None) -> "Body":
    from huiying.registry.models import Body

    bodies = {body.code: body for body in Body.objects.order_by("code")}
    if not bodies:
        raise CannotStart("No body is founded yet, so nobody can receive petitions.")
    if code is None and len(bodies) == 1:
        return next(iter(bodies.values()))
    if code not in bodies:
        raise CannotStart(f"Name the body with --body: {', '.join(bodies)}.")
    return bodies[code]


def _unit(body: "Body", code: str) -> "Unit":
    from huiying.registry.models import Unit, UnitKind

    units = Unit.objects.filter(body=body).order_by("pk")
    found = units.filter(code=code) if code else units.filter(kind=UnitKind.PETITION_OFFICE)
    unit = found.first()
    if unit is None:
        raise CannotStart(f"Name the unit with --unit: {', '.join(units.values_list('code', flat=True))}.")
    return unit


def _importer(body: "Body", account: str | None, at: "datetime") -> "HasActor":
    from huiying.registry.models import Staff
    from huiying.registry.officers import officer_for
    from huiying.rules.actors import SYSTEM

    if account is None:
        return SYSTEM
    staff = Staff.objects.filter(body=body, account=account, is_active=True).first()
    if staff is None:
        raise CannotStart(f"{body.name} has no account {account}.")
    return officer_for(staff, at=at)
