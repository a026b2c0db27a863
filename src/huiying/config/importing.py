"""`huiying import`: petitions from a CSV file, by a map of its columns."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from huiying.config.folder import CannotStart

if TYPE_CHECKING:
    from datetime import datetime

    from huiying.petitions.importing import ImportMap, Parsed
    from huiying.records.ledger import HasActor
    from huiying.registry.models import Body, Unit

CONTENT_MAX = 512 * 1024 * 1024
FOUND, CANNOT = 1, 2


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, its map, and into whose hands it goes."""
    parser.add_argument("file", metavar="FILE.csv", help="the file: UTF-8 or GB 18030, one row a message")
    parser.add_argument(
        "--map",
        required=True,
        metavar="MAP",
        help="a TOML file that says which column is what, or the name of one that comes with the program",
    )
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
    from huiying.petitions.importing import parse, read_map

    chosen = read_map(_map_text(arguments.map))
    body = _body(arguments.body)
    unit = _unit(body, arguments.unit or chosen.unit)
    by = _importer(body, arguments.by, at)
    parsed = parse(_content(Path(arguments.file)), chosen, at=at)
    _describe(parsed)
    if parsed.bad:
        return _refuse(parsed, dry_run=arguments.dry_run)
    return _preview(body, parsed) if arguments.dry_run else _write(parsed, chosen, unit=unit, by=by, at=at)


def _write(parsed: "Parsed", chosen: "ImportMap", *, unit: "Unit", by: "HasActor", at: "datetime") -> int:
    from huiying.petitions.actions import petition_import

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
    print(f"Read {len(parsed.rows)} rows ({parsed.encoding}, delimiter {mark}), {answered} with an answer.")
    blanked = sum(row.blanked for row in parsed.rows)
    if blanked:
        print(f"In {blanked} rows the words repeat the sender's name; it is blanked out there.")
    for line, earlier in parsed.repeats:
        print(f"Line {line} repeats line {earlier} and is taken once.")


def _refuse(parsed: "Parsed", *, dry_run: bool) -> int:
    for bad in parsed.bad:
        print(f"Line {bad.line}: {bad.reason}.", file=sys.stderr)
    print(
        f"{len(parsed.bad)} rows cannot be imported, so nothing was. Correct them and try again.",
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
