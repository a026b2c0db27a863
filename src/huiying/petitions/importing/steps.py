"""An import through the page: handed in → checked (nothing written) → confirmed → imported, at once or as a job.

Each step takes up a waiting file only from the step before, so a second click, a second worker or a repeated job does
nothing twice. What an import wrote is told by petition_import alone.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import connection
from django_tasks import task

from huiying.petitions.actions.importing import Imported, met_before, petition_import
from huiying.petitions.importing import waiting
from huiying.petitions.importing.files import ROWS_MAX, TOO_MANY, open_sheet
from huiying.petitions.importing.guessing import SAMPLE, Guess, guess, map_of
from huiying.petitions.importing.maps import ImportMap
from huiying.petitions.importing.parts import Part
from huiying.petitions.importing.refusing import FileRefused
from huiying.petitions.importing.rows import BadRow, Parsed, Row, parse, without
from huiying.petitions.importing.waiting import Step, Waiting
from huiying.records import clock
from huiying.registry.models import Body, Staff, Unit
from huiying.registry.officers import Officer, officer_for
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, NotThere, Refusal
from huiying.rules.words import N_, Sentence, said

log = logging.getLogger("huiying.imports")

AT_ONCE = 2_000  # rows that are worked through while the person waits; more are a job
BYTES_AT_ONCE = 4 * 1024 * 1024
PREVIEW = 20
SAMPLES = 3
SHOWN = 60  # characters of a cell on the page
BAD_KEPT = 20_000
# On SQLite an import holds the one right to write; a filing waits for it at most twenty seconds.
ROWS_BESIDE_FILINGS = 20_000
QUIET = timedelta(minutes=3)  # without a sign of progress: whoever worked on it is gone


def hand_in(content: bytes, *, by: Officer, at: datetime) -> Waiting:
    """Guess the columns of a file, let it wait, and check it. Raises FileRefused, Refusal, NotPermitted."""
    by.check(Action.PETITION_IMPORT)
    guessed = guess_of(content)
    state = waiting.put(content, staff_id=by.staff_id, body_id=by.body_id, at=at)
    parts = {str(at_): part.value for at_, part in guessed.parts.items()}
    changed = waiting.change(
        state.token, lambda held: replace(held, parts=parts, source=guessed.source, found=_columns(content))
    )
    assert changed is not None
    return check_now(changed, content, at=at)


def choose(
    state: Waiting, parts: dict[str, str], *, source: str, kind: str, matter: str, unit: str, at: datetime
) -> Waiting:
    """Take other columns and check again. Raises Incomplete by field where they cannot be imported."""
    content = waiting.content_of(state)
    wanted = replace(state, parts=parts, source=source.strip(), kind=kind, matter=matter, unit=unit)
    map_for(wanted, guess_of(content))

    def again(held: Waiting) -> Waiting | None:
        if held.step not in (Step.CHECKED, Step.REFUSED):
            return None
        return replace(
            held, parts=parts, source=wanted.source, kind=kind, matter=matter, unit=unit, step=Step.CHECKING,
            since=at.isoformat(), beat_at="",
        )  # fmt: skip

    changed = waiting.change(state.token, again)
    return check_now(changed, content, at=at) if changed else state


def check_now(state: Waiting, content: bytes, *, at: datetime) -> Waiting:
    """Check a file at once, or let a job do it where it is large."""
    if is_large(content):
        import_step.enqueue(state.token)
        return state
    return _check(state, at=at)


def confirm(state: Waiting, *, by: Officer, at: datetime) -> Waiting:
    """Import what was checked: at once, or as a job where it is large. A second click finds it begun."""
    by.check(Action.PETITION_IMPORT)

    def begin(held: Waiting) -> Waiting | None:
        ready = held.step is Step.CHECKED and not held.found.get("bad_count")
        if not ready and not (held.step is Step.IMPORTING and is_quiet(held, at)):
            return None
        return replace(held, step=Step.IMPORTING, since=at.isoformat(), beat_at=at.isoformat(), written=0)

    begun = waiting.change(state.token, begin)
    if begun is None:
        return waiting.read(state.token) or state
    if begun.found.get("rows", 0) > AT_ONCE:
        import_step.enqueue(begun.token)
        return begun
    return _import(begun, at=at)


@task()
def import_step(token: str) -> None:
    """Do what a waiting file is waiting for; nothing where it is done, erased or not confirmed."""
    state = waiting.read(token)
    if state is None:
        return
    if state.step is Step.CHECKING:
        _check(state, at=clock.now())
    elif state.step is Step.IMPORTING:
        _import(state, at=clock.now())


def rows_most() -> int:
    """How many rows a file may have here, so that nobody who files meanwhile is turned away."""
    return ROWS_BESIDE_FILINGS if connection.vendor == "sqlite" else ROWS_MAX


def is_quiet(state: Waiting, at: datetime) -> bool:
    """Whether nothing has been heard of the work on it for minutes."""
    heard = state.beat_at or state.since
    return bool(heard) and datetime.fromisoformat(heard) < at - QUIET


def is_large(content: bytes) -> bool:
    """Whether a person should not wait for it."""
    return len(content) > BYTES_AT_ONCE or (content[:2] != b"PK" and content.count(b"\n") > 10 * AT_ONCE)


def guess_of(content: bytes) -> Guess:
    """What the file seems to be, by its headings and its first rows. Raises FileRefused."""
    sheet = open_sheet(content)
    return guess(sheet, [cells for _line, cells in islice(sheet.rows, SAMPLE)])


def map_for(state: Waiting, guessed: Guess) -> ImportMap:
    """The map of what was chosen. Raises Incomplete by field."""
    width = len(guessed.columns)
    parts = {
        int(at): Part(part)
        for at, part in state.parts.items()
        if part in set(Part) and at.isdecimal() and int(at) < width
    }
    if state.kind not in set(PetitionKind) or state.kind == PetitionKind.ACCUSATION:
        raise Incomplete(N_("列还没有对好。"), fields={"kind": N_("请选择事项种类。")})
    matter = Matter(state.matter) if state.matter in set(Matter) else Matter.OTHER
    kind = PetitionKind(state.kind)
    return map_of(guessed, parts, source=state.source, kind=kind, matter=matter, unit=state.unit)


def _columns(content: bytes) -> dict[str, Any]:
    """The columns as the page shows them: what stands in a sender's column is not shown."""
    sheet = open_sheet(content)
    rows = [cells for _line, cells in islice(sheet.rows, SAMPLE)]
    guessed = guess(sheet, rows).columns
    persons = [column.at for column in guessed if column.person]
    columns = [
        {
            "at": column.at,
            "heading": column.heading,
            "person": bool(column.person),
            "samples": [] if column.person else _samples(rows, column.at, persons),
        }
        for column in guessed
        if column.heading
    ]
    return {"columns": columns, "written_in": sheet.encoding}


def _samples(rows: list[list[str]], at: int, persons: list[int]) -> list[str]:
    """What stands in a column, without the senders whom the words repeat."""
    filled = (row for row in rows if at < len(row) and row[at].strip())
    return [
        _short(
            without(
                " ".join(row[at].split()), [row[person].strip() for person in persons if person < len(row)]
            )
        )
        for row in islice(filled, SAMPLES)
    ]


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _check(state: Waiting, *, at: datetime) -> Waiting:
    """Read every row and say what would be imported; nothing is written but the answer."""
    content = waiting.content_of(state)
    try:
        chosen = map_for(state, guess_of(content))
        body = Body.objects.get(pk=state.body_id)
        parsed = parse(content, chosen, at=at)
        if len(parsed.rows) > rows_most():
            raise FileRefused(said(TOO_MANY, rows=rows_most()))
        found = {**state.found, **_found(parsed, body)}
        done = replace(state, step=Step.CHECKED, found=found, refusal=[])
    except Incomplete as refusal:  # needed columns were not recognised: the person chooses them
        done = replace(state, step=Step.REFUSED, refusal=_told(next(iter(refusal.fields.values()))))
    except Refusal as refusal:
        done = replace(state, step=Step.REFUSED, refusal=_told(refusal.message))
    waiting.change(state.token, lambda held: done if held.step is Step.CHECKING else None)
    return done


def _found(parsed: Parsed, body: Body) -> dict[str, Any]:
    met = met_before(body, parsed.rows)
    bad = sorted((*parsed.bad, *met.bad), key=lambda row: row.line)
    return {
        "rows": len(parsed.rows) - len(met.bad),
        "known": met.known,
        "answered": sum(row.replied_at is not None for row in parsed.rows),
        "blanked": sum(row.blanked for row in parsed.rows),
        "repeats": len(parsed.repeats),
        "bad_count": len(bad),
        "bad": [[row.line, *_told(row.reason)] for row in bad[:BAD_KEPT]],
        "first": [_shown(row) for row in parsed.rows[:PREVIEW]],
    }


def _shown(row: Row) -> dict[str, Any]:
    return {
        "line": row.line,
        "title": row.title,
        "text": _short(row.text),
        "claim": _short(row.claim),
        "place": row.place,
        "received_at": row.received_at.isoformat(),
        "reply": _short(row.reply),
        "replied_at": row.replied_at.isoformat() if row.replied_at else "",
        "matter": row.matter.value if row.matter else "",
    }


def bad_rows(state: Waiting) -> list[BadRow]:
    """Every row that cannot be imported, with its reason in words that can still be translated."""
    return [BadRow(line, _sentence(told)) for line, *told in state.found.get("bad", [])]


def _import(state: Waiting, *, at: datetime) -> Waiting:
    """Import all rows or none; then the file is erased."""
    try:
        done = replace(state, step=Step.DONE, found=_result(state, _imported(state, at=at)), refusal=[])
    except Refusal as refusal:
        done = replace(state, step=Step.REFUSED, refusal=_told(refusal.message))
    waiting.change(state.token, lambda held: done if held.step is Step.IMPORTING else None)
    if done.step is Step.DONE:
        waiting.erase_content(state.token)
    return done


def _imported(state: Waiting, *, at: datetime) -> Imported:
    content = waiting.content_of(state)
    chosen = map_for(state, guess_of(content))
    by = officer_for(_staff(state), at=at)  # whose rights may have ended since the upload
    body = Body.objects.get(pk=state.body_id)
    parsed = parse(content, chosen, at=at)
    if parsed.bad or met_before(body, parsed.rows).bad:
        raise Refusal(N_("文件里有不能导入的行；什么都没有写入。"), remedy=N_("请改好后重新上传。"))
    return petition_import(
        rows=parsed.rows,
        source=chosen.source,
        body=body,
        unit=unit_of(body, state.unit),
        kind=chosen.kind,
        matter=chosen.matter,
        by=by,
        at=at,
        progress=lambda written: waiting.beat(state.token, written, at=clock.now()),
    )


def unit_of(body: Body, code: str) -> Unit:
    """The unit whose answers the file holds; unsaid, the petition office. Raises NotThere."""
    units = Unit.objects.filter(body=body).order_by("pk")
    found = (units.filter(code=code) if code else units.filter(kind="petition_office")).first()
    if found is None:
        raise NotThere(N_("没有这个单位。"), rule="import.unit")
    return found


def _staff(state: Waiting) -> Staff:
    return Staff.objects.get(pk=state.staff_id, body_id=state.body_id)


def _result(state: Waiting, done: Imported) -> dict[str, Any]:
    return {
        "rows": state.found.get("rows", 0),
        "petitions": done.petitions,
        "answered": done.answered,
        "known": done.known,
    }


def _told(sentence: str) -> list[Any]:
    if isinstance(sentence, Sentence):
        return [sentence.template, {name: _plain(value) for name, value in sentence.values.items()}]
    return [sentence, {}]


def _plain(value: Any) -> Any:
    return value if isinstance(value, int) else str(value)


def _sentence(told: list[Any]) -> str:
    sentence = Sentence(told[0].format(**told[1]))
    sentence.template, sentence.values = told[0], told[1]
    return sentence
