"""A plan that comes in as a file: read, gone through by a person, made a draft or dropped."""

from datetime import timedelta

import pytest

from huiying.emergency import actions, gate
from huiying.emergency.models import PlanImport, PlanVersion
from huiying.emergency.plan_files import plan_read
from huiying.emergency.running import document_read
from huiying.emergency.selectors import import_page, left_out_of_draft
from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading import CannotRead
from huiying.playbook.reading.deciding import Decision, Verdict, confirmed, guesses_left, reading_of
from huiying.playbook.reading.parts import ReadKind
from huiying.playbook.shipped import shipped_plan
from huiying.playbook.yaml_form import write
from huiying.records.models import LedgerEvent
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Refusal
from tests.cast import Cast
from tests.playbook.reading.invented import FIRE
from tests.rooms.emergency.response import NIGHT, plan_in_force

TEXT = "\n".join((FIRE[0], *(line for _, line in FIRE[1])))
KEPT = Decision(Verdict.KEPT)
NAMED = {"code": "school-fire", "title": "幸福里小学消防应急预案", "body_kind": BodyKind.UNIT}


def imported(cast: Cast) -> PlanImport:
    """The invented fire plan, read and not gone through."""
    source, reading = plan_read(TEXT.encode(), "fire.txt")
    return actions.plan_import(
        body=cast.qingxi, name="fire.txt", source=source, reading=reading, by=cast.planner, at=NIGHT
    )


def gone_through(cast: Cast) -> PlanImport:
    """The same with every guess confirmed."""
    row = imported(cast)
    guesses = dict(confirmed(guesses_left(reading_of(row.reading), {})))
    return say(cast, row, guesses)


def say(cast: Cast, row: PlanImport, decisions: dict[str, Decision | None]) -> PlanImport:
    """One act of confirming."""
    return actions.plan_import_confirm(imported=row, decisions=decisions, by=cast.planner, at=NIGHT)


def finish(cast: Cast, row: PlanImport, **changes: object) -> PlanVersion:
    """The draft of it."""
    return actions.plan_import_finish(
        imported=row,
        by=cast.planner,
        at=NIGHT,
        **{**NAMED, **changes},  # type: ignore[arg-type]
    )


def first_guess(row: PlanImport) -> str:
    """The id of the first clause that waits."""
    return guesses_left(reading_of(row.reading), {})[0].id


def test_confirming_many_at_once_takes_nobodys_words_away(cast: Cast) -> None:
    row = imported(cast)
    certain = next(clause.id for clause in reading_of(row.reading).clauses if not clause.is_guess)
    say(cast, row, {certain: Decision(Verdict.MENDED, ReadKind.RISK, "", "另写的话。")})
    actions.plan_import_confirm(
        imported=row, decisions={certain: KEPT}, undecided_only=True, by=cast.planner, at=NIGHT
    )
    row.refresh_from_db()
    assert row.decisions[certain]["text"] == "另写的话。"


def test_an_outsider_finds_no_import_of_the_neighbour_and_an_officer_may_not_write_one(cast: Cast) -> None:
    row = imported(cast)
    with pytest.raises(NotThere):
        gate.plan_import_for(cast.outside_leader, row.pk)
    with pytest.raises(NotThere):
        actions.plan_import_drop(imported=row, by=cast.outside_leader, at=NIGHT)
    with pytest.raises(NotPermitted):
        actions.plan_import_drop(imported=row, by=cast.officer_civil, at=NIGHT)


def test_what_was_read_is_kept_with_its_lines_and_comes_back_the_same(cast: Cast) -> None:
    row = PlanImport.objects.get(pk=imported(cast).pk)
    _, reading = plan_read(TEXT.encode(), "fire.txt")
    assert reading_of(row.reading) == reading
    assert [line["text"] for line in row.source] == TEXT.split("\n")
    assert PlanVersion.objects.count() == 0
    facts = LedgerEvent.objects.get(kind="plan.imported").facts
    assert set(facts) == {"clauses", "guesses"} and facts["guesses"] > 0


def test_a_page_shows_every_line_once_and_beside_it_the_clauses_that_came_of_it(cast: Cast) -> None:
    page = import_page(imported(cast), 1)
    numbers = [line.number for row in page.rows for line in row.lines]
    assert numbers == [n for n, text in enumerate(TEXT.split("\n"), 1) if text.strip()][: len(numbers)]
    for row in page.rows:
        shown = {line.number for line in row.lines}
        assert all(set(range(c.read.lines[0], c.read.lines[1] + 1)) <= shown for c in row.clauses)


def test_no_draft_is_made_while_a_guess_waits_and_the_refusal_says_how_many(cast: Cast) -> None:
    row = imported(cast)
    left = len(guesses_left(reading_of(row.reading), {}))
    with pytest.raises(Refusal, match="没有核对") as refused:
        finish(cast, row)
    assert str(left) in str(refused.value)
    assert PlanVersion.objects.count() == 0


def test_the_draft_holds_what_was_confirmed_under_the_code_that_was_given(cast: Cast) -> None:
    version = finish(cast, gone_through(cast))
    doc = document_read(version.text)
    assert (doc.id, doc.title, version.state, version.number) == (
        "school-fire",
        NAMED["title"],
        PlanState.DRAFT,
        1,
    )
    assert doc.purpose[0].text == "为在起火时让全体师生安全离开教学楼，制定本预案。" and doc.purpose[0].lines
    assert version.findings and version.read_from


def test_a_mended_clause_stands_where_it_was_put_a_dropped_one_nowhere_and_a_joined_one_in_the_one_before(
    cast: Cast,
) -> None:
    row = gone_through(cast)
    say(
        cast,
        row,
        {
            "risk-1": Decision(Verdict.MENDED, ReadKind.PRINCIPLE, "先看后厨", "每天清洗油烟管道。"),
            "funds-1": Decision(Verdict.DROPPED),
            "risk-2": Decision(Verdict.MENDED, ReadKind.RISK, "", "实验室存有酒精。"),
            "warning-1": Decision(Verdict.JOINED),
        },
    )
    row.refresh_from_db()
    doc = document_read(finish(cast, row).text)
    assert any(clause.text == "每天清洗油烟管道。" for clause in doc.principles)
    assert not doc.funds and not doc.warning
    assert any("每两小时巡查" in sentence for clause in doc.clauses() for sentence in clause.sentences())


def test_a_decision_is_taken_back_and_the_guess_waits_again(cast: Cast) -> None:
    row = imported(cast)
    guess = first_guess(row)
    before = import_page(row, 1).guesses_left
    assert import_page(say(cast, row, {guess: KEPT}), 1).guesses_left == before - 1
    assert import_page(say(cast, row, {guess: None}), 1).guesses_left == before


def test_a_clause_mended_to_nothing_is_refused_at_its_field(cast: Cast) -> None:
    row = imported(cast)
    with pytest.raises(Incomplete) as refused:
        say(cast, row, {first_guess(row): Decision(Verdict.MENDED, ReadKind.RISK, "", " ")})
    assert set(refused.value.fields) == {"text"}
    with pytest.raises(Refusal):
        say(cast, row, {"no-such-clause": KEPT})


@pytest.mark.parametrize("code", ["", "School", "a b", "9-lives", "x" * 65])
def test_a_code_that_a_plan_cannot_have_is_refused_at_its_field(cast: Cast, code: str) -> None:
    with pytest.raises(Incomplete) as refused:
        finish(cast, gone_through(cast), code=code)
    assert "code" in refused.value.fields


def test_a_plan_in_force_gets_its_next_draft_and_one_on_its_way_is_never_overwritten(cast: Cast) -> None:
    fire = shipped_plan("city-petition-incidents").model_copy(update={"id": "school-fire"})
    plan_in_force(cast, write(fire), NIGHT - timedelta(days=30))
    version = finish(cast, gone_through(cast))
    assert (version.number, version.base.number) == (2, 1)  # type: ignore[union-attr]
    with pytest.raises(Incomplete) as refused:
        finish(cast, gone_through(cast))
    assert "code" in refused.value.fields and PlanVersion.objects.count() == 2


def test_what_is_given_up_is_erased_and_cannot_be_gone_on_with(cast: Cast) -> None:
    row = actions.plan_import_drop(imported=imported(cast), by=cast.planner, at=NIGHT)
    row.refresh_from_db()
    assert (row.source, row.reading, row.decisions) == ([], {}, {})
    with pytest.raises(IllegalMove):
        actions.plan_import_drop(imported=row, by=cast.planner, at=NIGHT)
    with pytest.raises(NotThere):
        gate.plan_import_for(cast.planner, row.pk)


def test_what_no_section_can_take_is_named_before_the_draft_is_made(cast: Cast) -> None:
    left = {clause.kind for clause in left_out_of_draft(gone_through(cast))}
    assert ReadKind.OTHER in left


def test_more_words_than_a_plan_may_have_are_refused_before_they_are_understood() -> None:
    with pytest.raises(CannotRead):
        plan_read(("这一行是预案里的一句话。" * 40_000).encode(), "long.txt")
