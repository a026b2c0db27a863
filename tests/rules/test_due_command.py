"""`huiying due` as it is typed: the date, the computation, and plain sentences for what cannot be."""

import argparse
import json
import subprocess
import sys

import pytest

from huiying.config.due import RULES, add_due_arguments, run_due


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_due_arguments(parser)
    return run_due(parser.parse_args(words))


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert run(*words, "--json") == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(("route", "2026-01-05"), "2026-01-20", id="T1"),
        pytest.param(("handle", "2026-01-20"), "2026-03-21", id="T2"),
        pytest.param(("handle", "2026-01-20", "--extended", "30"), "2026-04-20", id="T3"),
        pytest.param(("request_review", "2026-04-16"), "2026-05-18", id="T4"),
        pytest.param(("objection", "2026-01-09"), "2026-01-16", id="T5"),
        pytest.param(("disclosure_clarify", "2026-03-02"), "2026-03-11", id="T6 clarify"),
        pytest.param(("disclosure", "2026-03-02"), "2026-03-30", id="T6 reply"),
        pytest.param(("disclosure_third_party", "2026-03-02"), "2026-03-23", id="T6 third party"),
        pytest.param(("handle", "2028-01-01"), "2028-03-01", id="T8"),
        pytest.param(("disclosure", "2026-03-02", "--extended", "20"), "2026-04-28", id="Qingming excluded"),
    ],
)
def test_the_command_gives_the_day_of_each_vector(
    words: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(capsys, *words)["due_on"] == expected


def test_json_holds_rule_article_and_every_day(capsys: pytest.CaptureFixture[str]) -> None:
    answer = shown(capsys, "objection", "2026-01-09")
    assert answer["rule"] == "objection"
    assert answer["article"] == "信访工作条例 art. 23"
    assert answer["provisional"] is False
    assert isinstance(answer["steps"], list)
    assert answer["steps"][0] == {"date": "2026-01-09", "note": "周五，起算日，不计入", "counted": False}
    assert answer["steps"][-1] == {"date": "2026-01-16", "note": "周五，第 5 日", "counted": True}


def test_the_text_shows_date_article_and_computation(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("request_review", "2026-04-16") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "申请复查期限：2026-05-18 周一"
    assert "信访工作条例 art. 35" in lines[1]
    assert lines[-1].endswith("顺延至这一个工作日，为最后一日")


def test_an_unpublished_year_is_said_to_be_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("objection", "2080-02-05") == 0
    assert "暂定" in capsys.readouterr().out


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_answers(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, rule, "2026-01-05")["rule"] == rule


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        pytest.param(("lunch", "2026-01-05"), "没有“lunch”这个期限", id="unknown rule"),
        pytest.param(("feedback", "2026-01-05"), "没有“feedback”这个期限", id="a day named elsewhere"),
        pytest.param(("route", "2026-02-30"), "不是日期", id="no such day"),
        pytest.param(("route", "05/01/2026"), "不是日期", id="another notation"),
        pytest.param(("route", "9999-12-31"), "只能计算", id="too far"),
        pytest.param(("handle", "2026-01-20", "--extended", "31"), "最长 30 日", id="31 days"),
        pytest.param(("handle", "2026-01-20", "--extended", "-1"), "小于 0", id="minus one"),
        pytest.param(("route", "2026-01-20", "--extended", "1"), "没有延期", id="no extension in law"),
    ],
)
def test_what_cannot_be_is_one_plain_sentence_and_exit_2(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert sentence in output.err
    assert len(output.err.splitlines()) == 1


def test_the_command_needs_neither_django_nor_a_database() -> None:
    code = (
        "import sys; from huiying.config.cli import main; main(['due', 'route', '2026-01-05']);"
        "sys.exit(any(name.split('.')[0] in ('django', 'sqlite3') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "2026-01-20" in done.stdout
