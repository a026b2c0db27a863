"""Real plans as web pages had them, where a folder with them is at hand: structure and counts, none of their words."""

import os
import re
from pathlib import Path

import pytest

from huiying.playbook.kinds import BodyKind
from huiying.playbook.reading import Reading, check_is_plan, draft_of, read_file
from huiying.playbook.reading.parts import ReadKind
from huiying.playbook.yaml_form import read as read_yaml
from huiying.playbook.yaml_form import write as write_yaml

PLANS = {
    "s0": "s0-housing-expropriation.txt",
    "s1": "s1-city-petition-incidents.txt",
    "s2": "s2-group-visits.txt",
    "s3": "s3-university.txt",
    "s4": "s4-township-public-concerns.txt",
}


def file_of(name: str) -> Path:
    path = Path(os.environ.get("HUIYING_SAMPLES", "")) / "source-plans" / PLANS[name]
    if not os.environ.get("HUIYING_SAMPLES") or not path.exists():
        pytest.skip(f"needs source-plans/{PLANS[name]} in the data folder that HUIYING_SAMPLES names")
    return path


def reading_of(name: str) -> Reading:
    return read_file(file_of(name))


def headings(reading: Reading, depth: int) -> int:
    """How many headings stand at that depth, the title and captions of slides left out."""
    return sum(len(heading.path) == depth for heading in reading.headings[1:])


@pytest.mark.parametrize(
    ("name", "first", "second"), [("s0", 7, 10), ("s1", 9, 8), ("s2", 8, 8), ("s3", 7, 10), ("s4", 7, 16)]
)
def test_the_tree_of_sections_is_the_documents_own(name: str, first: int, second: int) -> None:
    reading = reading_of(name)
    assert headings(reading, 0) == first
    if name != "s2":  # captions of slides are no sections
        assert headings(reading, 1) == second


@pytest.mark.parametrize(("name", "cut"), [("s0", 0), ("s1", 1), ("s2", 2), ("s3", 2), ("s4", 2)])
def test_where_a_copy_breaks_off_there_is_evidence(name: str, cut: int) -> None:
    reading = reading_of(name)
    assert len(reading.cut_off) == cut
    assert reading.truncated is bool(cut)


@pytest.mark.parametrize(
    ("name", "pinyin", "shifted"), [("s0", 0, 0), ("s1", 0, 0), ("s4", 0, 0), ("s2", 222, 2), ("s3", 57, 2)]
)
def test_repairs_are_counted_and_nothing_stays_garbled(name: str, pinyin: int, shifted: int) -> None:
    rules = [repair.rule for repair in reading_of(name).repairs]
    assert rules.count("gbk-shift") == shifted
    assert rules.count("garble") == 0
    assert rules.count("pinyin") >= pinyin


@pytest.mark.parametrize("name", PLANS)
def test_no_latin_letters_of_pinyin_and_no_words_of_the_site_stay(name: str) -> None:
    words = "".join(clause.text for clause in reading_of(name).clauses)
    assert re.findall(r"[A-Za-z]+", words) == []
    assert not re.search(r"文档|下载|上传|未读|版权|评论|VIP", words.replace("预案文档", ""))


@pytest.mark.parametrize("name", PLANS)
def test_it_is_a_plan_and_its_draft_reads_back(name: str) -> None:
    reading = reading_of(name)
    check_is_plan(reading)
    draft = draft_of(reading, id="sample", body_kind=BodyKind.TOWNSHIP)
    assert read_yaml(write_yaml(draft)) == draft
    assert all(clause.lines for clause in draft.clauses())


def test_slides_are_all_guesses() -> None:
    assert all(clause.confidence < 0.6 for clause in reading_of("s2").clauses)


def test_the_raw_text_under_a_span_holds_the_clause() -> None:
    for name in ("s0", "s1"):
        raw = file_of(name).read_bytes().decode()
        for clause in reading_of(name).clauses:
            assert clause.span
            found = raw[clause.span[0] : clause.span[1]]
            assert len(found) >= len(clause.text)
            assert found[-2:-1] == clause.text[-2:-1]


def test_everything_in_the_annex_of_cases_is_special() -> None:
    reading = reading_of("s1")
    assert len(reading.of(ReadKind.SPECIAL)) >= 20
    assert sum(heading.kind is ReadKind.SPECIAL for heading in reading.headings) == 5


def test_four_colours_are_four_levels() -> None:
    draft = draft_of(reading_of("s4"), id="sample", body_kind=BodyKind.TOWNSHIP)
    assert [level.level.value for level in draft.levels] == ["I", "II", "III", "IV"]
