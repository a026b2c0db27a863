"""`huiying plan`: what is printed, what is written, and the exit code, for each verb."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from huiying.config.cli import main
from huiying.playbook.shipped import shipped_plan
from huiying.playbook.yaml_form import read, write
from tests.playbook.small import SMALL, changed

CITY = "city-petition-incidents"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def run(*words: object) -> int:
    return main(["plan", *map(str, words)])


def test_a_clean_plan_is_said_to_be_clean(plan, capsys):
    wanted = write(shipped_plan(CITY))
    plan.write_text(wanted, encoding="utf-8")
    assert run("check", plan) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_a_finding_is_told_with_clause_reason_remedy_and_article(plan, capsys):
    plan.write_text(changed("让人们的诉求得到答复", "维护稳定"), encoding="utf-8")
    assert run("check", plan) == 1
    out = capsys.readouterr().out
    assert "purpose-1" in out
    assert "信访工作条例第1条" in out


def test_the_findings_as_json_are_the_same(plan, capsys):
    plan.write_text(changed("who: head, within: 2 小时", "who: head"), encoding="utf-8")
    assert run("check", plan, "--json") == 1
    rules = {finding["rule"]: finding["clause"] for finding in json.loads(capsys.readouterr().out)}
    assert rules["step-without-time"] == "meet"


def test_who_is_at_hand_is_held_against_the_plan(plan, tmp_path, capsys):
    ready = tmp_path / "ready.yaml"
    ready.write_text("format: huiying-readiness/1\npeople:\n  - {id: one, roles: [head]}\n", encoding="utf-8")
    assert run("check", plan, "--ready", ready, "--on", "2026-05-01", "--json") == 1
    assert any(finding["clause"] == "duty" for finding in json.loads(capsys.readouterr().out))


@pytest.mark.parametrize("day", ["tomorrow", "2026-13-01", "2026-02-30"])
def test_a_day_that_is_none_is_refused_with_an_example(plan, capsys, day):
    assert run("check", plan, "--on", day) == 2
    assert "2026-05-01" in capsys.readouterr().err


def test_a_fault_in_the_yaml_is_told_with_its_line(plan, capsys):
    plan.write_text(changed("within: 2 小时", "within: bald"), encoding="utf-8")
    assert run("check", plan) == 2
    line = next(n for n, text in enumerate(SMALL.splitlines(), 1) if "within: 2 小时" in text)
    assert f"第 {line} 行" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(capsys):
    assert run("check", "nowhere.yaml") == 2
    assert "nowhere.yaml：没有这个文件" in capsys.readouterr().err


def test_a_file_that_is_far_too_large_is_not_read(tmp_path, capsys):
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(3 * 1024 * 1024)
    assert run("check", large) == 2
    assert "太大" in capsys.readouterr().err


def test_the_whole_plan_and_the_steps_of_a_level_are_shown(capsys):
    assert run("show", CITY) == 0
    assert "一、编制目的" in capsys.readouterr().out
    assert run("show", CITY, "--level", "III", "--json") == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert {"verify", "first-report"} <= {step["id"] for step in steps}


def test_an_unknown_facet_is_refused_with_those_there_are(plan, capsys):
    assert run("show", plan, "--level", "III", "--facet", "fire") == 2
    assert "injured" in capsys.readouterr().err


def test_what_changed_is_shown_with_the_words_marked(plan, tmp_path, capsys):
    other = tmp_path / "other.yaml"
    other.write_text(changed("让人们的诉求得到答复", "让人们的诉求按期得到答复"), encoding="utf-8")
    assert run("diff", plan, other) == 1
    assert "{+按期+}" in capsys.readouterr().out
    assert run("diff", plan, plan) == 0


def test_two_drafts_are_merged_and_what_is_left_to_decide_is_named(plan, tmp_path, capsys):
    ours, theirs, out = tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "merged.yaml"
    ours.write_text(changed("within: 2 小时", "within: 3 小时"), encoding="utf-8")
    theirs.write_text(changed("within: 2 小时", "within: 4 小时"), encoding="utf-8")
    assert run("merge", ours, theirs, "--base", plan, "-o", out) == 1
    assert "meet.within" in capsys.readouterr().err
    assert read(out.read_text(encoding="utf-8")) == read(ours.read_text(encoding="utf-8"))


def test_an_output_that_exists_is_only_replaced_when_asked(plan, tmp_path, capsys):
    out = tmp_path / "plan.html"
    assert run("export", plan, "-o", out) == 0
    first = out.read_bytes()
    assert run("export", CITY, "-o", out) == 2
    assert out.read_bytes() == first
    assert run("export", CITY, "-o", out, "--force") == 0
    assert out.read_bytes() != first
    capsys.readouterr()


def test_a_rehearsal_prints_tables_writes_pictures_and_repeats_itself(plan, tmp_path, capsys):
    assert run("rehearse", plan, "--runs", 30, "--seed", 5, "--svg", tmp_path / "pictures") in {0, 1}
    assert "里程碑" in capsys.readouterr().out
    assert {path.name for path in (tmp_path / "pictures").iterdir()} == {"steps.svg", "load.svg"}
    told = []
    for _ in range(2):
        run("rehearse", plan, "--runs", 30, "--seed", 5, "--json")
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]
    assert told[0]["runs"] == 30


def test_a_rehearsal_with_the_people_at_hand_names_the_role_that_nobody_fills(plan, tmp_path, capsys):
    ready = tmp_path / "ready.yaml"
    ready.write_text(
        "format: huiying-readiness/1\npeople:\n  - {id: one, roles: [planner]}\n", encoding="utf-8"
    )
    assert run("rehearse", plan, "--ready", ready) == 2
    assert "duty" in capsys.readouterr().err


REGULATION = "应急预案管理办法\n\n" + "".join(
    f"第{number}条 编制应急预案应当依据有关法律、法规，结合本地区实际，由编制单位负责解释。\n\n"
    for number in "一二三四五六七八九十"
)
WRITTEN = """石桥乡防汛应急预案

一、编制目的
保障群众生命安全，让每个人知道往哪里走。
二、组织机构
组长：乡长
副组长：分管副乡长
主要职责：决定启动和结束响应。
三、应急响应
1.值班员接到预警后，立即报告组长，30分钟内首报县防汛办公室。
2.转移组在2小时内把低洼处的住户转移到安置点。
四、后期处置
回访受灾的住户，修复受损的道路。
"""


def test_a_document_is_read_with_its_lines_and_drafted_as_yaml(tmp_path, capsys):
    document, draft = tmp_path / "flood.txt", tmp_path / "flood.yaml"
    document.write_text(WRITTEN, encoding="utf-8")
    assert run("read", document, "-o", draft, "--id", "flood", "--body", "township") == 1  # parts are missing
    out = capsys.readouterr().out
    assert "石桥乡防汛应急预案" in out
    assert "缺少：" in out
    doc = read(draft.read_text(encoding="utf-8"))
    assert doc.id == "flood"
    assert any("转移" in step.title + step.text and step.lines == "11" for step in doc.steps)
    assert run("check", draft) == 1


def test_what_was_read_is_told_as_json_with_every_part_that_is_promised(tmp_path, capsys):
    document = tmp_path / "flood.txt"
    document.write_text(WRITTEN, encoding="utf-8")
    run("read", document, "--json")
    told = json.loads(capsys.readouterr().out)
    assert {"truncated", "repairs", "clauses", "teams", "levels", "phases", "missing"} <= told.keys()
    assert {"id", "kind", "title", "text", "lines", "confidence"} <= told["clauses"][0].keys()


def test_a_regulation_and_a_broken_file_are_refused_in_one_sentence(tmp_path, capsys):
    regulation, broken = tmp_path / "rules.txt", tmp_path / "plan.docx"
    regulation.write_text(REGULATION, encoding="utf-8")
    broken.write_bytes(b"PK\x03\x04" + bytes(400))
    for path in (regulation, broken):
        assert run("read", path) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_command_needs_neither_settings_nor_database_nor_django(plan):
    program = (
        "import sys; from huiying.config.cli import main; code = main(sys.argv[1:]);"
        "assert not any(name.partition('.')[0] in ('django', 'psycopg') for name in sys.modules); sys.exit(code)"
    )
    for words in (("check", CITY), ("show", plan), ("rehearse", plan, "--runs", "3"), ("diff", plan, plan)):
        done = subprocess.run(
            [sys.executable, "-c", program, "plan", *map(str, words)],
            capture_output=True,
            text=True,
            env={"PATH": ""},
        )
        assert done.returncode in {0, 1}, done.stderr
        assert "Traceback" not in done.stderr
