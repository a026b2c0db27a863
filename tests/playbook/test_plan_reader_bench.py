"""The measurement of the plan reader: its marks are well formed, and it counts as its page says."""

import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench.plan_reader.__main__ import READER, as_text, main, reading
from bench.plan_reader.scoring import Counts, Score, read_marks, score
from bench.plan_reader.truth import FOLDER, KINDS, Truth, of, source, truths

# An invented plan of three lines: a purpose, a post and its duty, two steps on one line.
TEXT = "为了让办事大厅停电时仍能接待，制定本方案。\n组长：值班主任。负责点灯。\n先开应急灯。再请人坐下。\n"
LAMP = TEXT.index("先开")
SEAT = TEXT.index("再请")
POST = TEXT.index("组长")
DUTY = TEXT.index("负责")
MARKED = of(
    "invented",
    {
        "source_sha256": "0" * 64,
        "given": True,
        "plan": True,
        "truncated": False,
        "clauses": [
            {"kind": "purpose", "lines": [1, 1], "span": [0, POST - 1]},
            {"kind": "role", "lines": [2, 2], "span": [POST, DUTY]},
            {"kind": "duty", "lines": [2, 2], "span": [DUTY, LAMP - 1]},
            {"kind": "step", "lines": [3, 3], "span": [LAMP, SEAT]},
            {"kind": "step", "lines": [3, 3], "span": [SEAT, len(TEXT) - 1]},
        ],
    },
)


def found(*rows: tuple[str, tuple[int, int], tuple[int, int] | None]) -> Score:
    """The score of a reading that found these clauses."""
    clauses = [SimpleNamespace(kind=kind, lines=lines, span=span) for kind, lines, span in rows]
    return score(MARKED, read_marks(clauses))


def test_whoever_finds_every_clause_in_its_place_has_found_all_by_each_rule() -> None:
    counts = found(*((mark.kind, mark.lines, mark.span) for mark in MARKED.marks)).counts
    assert counts == Counts(marked=5, read=5, lines=5, spans=5, strict=5, places=5)
    assert counts.precision == 1


def test_one_clause_read_over_two_steps_finds_both_but_one_to_one_only_one() -> None:
    step = found(("step", (3, 3), (LAMP, len(TEXT) - 1))).kinds["step"]
    assert (step.lines, step.spans, step.strict) == (2, 2, 1)
    assert (step.share("strict"), step.precision) == (0.5, 1)


def test_the_line_alone_does_not_do_where_the_offsets_lie_elsewhere() -> None:
    step = found(("step", (3, 3), (SEAT - 1, len(TEXT) - 1))).kinds["step"]
    assert (step.lines, step.spans, step.strict) == (2, 1, 1)


def test_without_offsets_the_lines_decide_and_each_read_clause_still_serves_once() -> None:
    step = found(("step", (3, 3), None), ("step", (3, 3), None), ("step", (2, 2), None)).kinds["step"]
    assert (step.read, step.spans, step.strict) == (3, 2, 2)


def test_a_clause_of_another_kind_is_not_found_and_is_named_as_what_it_was_taken_for() -> None:
    read = found(("duty", (2, 2), (POST, DUTY)), ("step", (2, 2), (DUTY, LAMP - 1)))
    assert read.counts.spans == 0
    assert read.counts.places == 2
    assert read.taken_for["role", "duty"] == 1
    assert read.taken_for["duty", "step"] == 1
    assert read.taken_for["purpose", "nothing"] == 1


def test_the_pairing_gives_way_so_that_as_many_as_possible_have_a_clause_of_their_own() -> None:
    whole = ("step", (3, 3), (LAMP, len(TEXT) - 1))
    assert found(whole, ("step", (3, 3), (LAMP, SEAT))).counts.strict == 2
    assert found(("step", (3, 3), (LAMP, SEAT)), whole).counts.strict == 2


def test_what_is_read_and_marked_nowhere_costs_precision_only() -> None:
    read = found(("funds", (1, 1), (0, 3)), ("role", (2, 2), (POST, DUTY)))
    assert read.kinds["funds"].share("strict") is None
    assert read.kinds["funds"].precision == 0
    assert read.counts.precision == 0.5


def test_while_there_is_no_reader_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, READER, None)
    monkeypatch.setattr("sys.argv", ["bench.plan_reader"])
    assert main() == 2
    assert "no reader yet" in capsys.readouterr().out


def test_a_document_that_is_absent_or_changed_is_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "source-plans").mkdir()
    (tmp_path / "source-plans" / "invented.txt").write_text(TEXT, "utf-8")
    absent = of(
        "absent", {"source_sha256": "", "given": True, "plan": True, "truncated": True, "clauses": []}
    )
    assert source(MARKED, "") == (None, "HUIYING_SAMPLES names no folder")
    assert source(absent, str(tmp_path)) == (None, "no such document there")
    assert source(MARKED, str(tmp_path)) == (None, "the document has changed since it was marked")


def test_what_is_no_plan_and_is_refused_is_read_rightly_and_a_wrong_end_is_said() -> None:
    def refuses(path: Path) -> object:
        raise ValueError("this is a regulation")

    def finds_nothing(path: Path) -> object:
        return SimpleNamespace(clauses=(), truncated=True, is_plan=True)

    regulation = replace(MARKED, plan=False, marks=())
    assert "right: it is not a plan" in as_text([reading(refuses, regulation, Path())], {}, misses=False)
    said = as_text([reading(finds_nothing, MARKED, Path())], {}, misses=True)
    assert "a plan, right; read as cut off, WRONG" in said
    assert f"line 3, {(SEAT, len(TEXT) - 1)}: step, read as nothing" in said
    assert "All given plans" in said


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_the_marks_of_a_document_are_numbers_in_order_and_of_known_kinds(path: Path) -> None:
    stored = json.loads(path.read_text("utf-8"))
    assert set(stored) == {"source_sha256", "given", "plan", "truncated", "clauses"}
    assert re.fullmatch(r"[0-9a-f]{64}", stored["source_sha256"])
    assert bool(stored["clauses"]) is stored["plan"]
    assert all(set(row) == {"kind", "lines", "span"} and row["kind"] in KINDS for row in stored["clauses"])
    for of_row in ("span", "lines"):
        ends = [end for row in stored["clauses"] for end in row[of_row]]
        assert all(type(end) is int for end in ends)
        assert ends == sorted(ends)
    assert all(row["span"][0] < row["span"][1] and row["lines"][0] > 0 for row in stored["clauses"])


@pytest.mark.parametrize("truth", truths(), ids=lambda truth: truth.name)
def test_the_marks_fit_the_document_they_were_made_on(truth: Truth) -> None:
    path, reason = source(truth, os.environ.get("HUIYING_SAMPLES", ""))
    if path is None:
        pytest.skip(reason)
    text = path.read_bytes().decode("utf-8")
    for mark in truth.marks:
        words = text[slice(*mark.span)]
        assert words == words.strip() != ""
        first = text.count("\n", 0, mark.span[0]) + 1
        assert mark.lines == (first, first + words.count("\n"))
