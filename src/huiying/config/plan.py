"""`huiying plan`: read, check, show, compare, merge, rehearse and export plans. No settings, no database, no network.

FILE is a plan in YAML, the name of one that comes with the program, or a document to be read (Word, PDF, HTML,
Markdown, text). Exit codes: 0 clean, 1 something was found, 2 cannot be read or done (one sentence says why).
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from huiying.config import plan_verbs
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.yaml_tree import PlanUnreadable
from huiying.rules.refusals import Refusal

CANNOT = 2
TROUBLE: dict[type[OSError], str] = {
    FileNotFoundError: "没有这个文件",
    IsADirectoryError: "这是一个文件夹",
    NotADirectoryError: "上一级不是文件夹",
    PermissionError: "没有权限读写",
    FileExistsError: "这个名字已经被占用",
}
PLAN = "plan in YAML, name of a shipped plan, or a document to be read"


@dataclass(frozen=True)
class Verb:
    """One thing that can be done with a plan."""

    name: str
    summary: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def add_plan_arguments(parser: argparse.ArgumentParser) -> None:
    """The verbs, each with its own arguments."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb in VERBS:
        verb.arguments(verbs.add_parser(verb.name, help=verb.summary, description=verb.summary))


def parser_of_verb(verb: Verb) -> argparse.ArgumentParser:
    """The parser of one verb alone, as its --help shows it."""
    parser = argparse.ArgumentParser(prog=f"huiying plan {verb.name}", description=verb.summary)
    verb.arguments(parser)
    return parser


def run_plan(arguments: argparse.Namespace) -> int:
    """Do what was asked; a refusal is told with its line and its remedy."""
    verb = next(each for each in VERBS if each.name == arguments.verb)
    try:
        return verb.run(arguments)
    except PlanUnreadable as wrong:
        for problem in wrong.problems:
            print(f"第 {problem.line} 行：{problem.message}{problem.remedy}", file=sys.stderr)
    except Refusal as refusal:
        print(f"{refusal.message}{refusal.remedy}", file=sys.stderr)
    except BrokenPipeError:
        raise  # the reader of a pipe went away: the command line deals with it
    except OSError as wrong:
        why = next(
            (said for kind, said in TROUBLE.items() if isinstance(wrong, kind)), wrong.strerror or str(wrong)
        )
        print(f"{wrong.filename or ''}：{why}。请检查文件名、位置和权限。", file=sys.stderr)
    return CANNOT


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=PLAN)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")


def _out(parser: argparse.ArgumentParser, what: str, *, required: bool = False) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=required, help=what)
    parser.add_argument("--force", action="store_true", help="replace the output file where it exists")


def _read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help="the document: .docx, .pdf with text, .html, .md or .txt"
    )
    _json(parser)
    _out(parser, "write the draft in YAML there")
    parser.add_argument("--id", metavar="ID", default="read-plan", help="the id of the draft")
    parser.add_argument("--body", metavar="KIND", default="unit", help="kind of body: city, township, …")


def _check(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    _json(parser)
    parser.add_argument("--ready", metavar="FILE", type=Path, help="who and what is at hand, in YAML")
    parser.add_argument("--on", metavar="DATE", help="the day for which it is asked (YYYY-MM-DD)")


def _show(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument(
        "--level", choices=[level.value for level in ResponseLevel], help="the steps at this level"
    )
    parser.add_argument(
        "--facet", action="append", default=[], metavar="ID", help="an incident type or circumstance"
    )
    _json(parser)


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", help=PLAN)
    parser.add_argument("after", metavar="B", help=PLAN)
    _json(parser)


def _merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ours", metavar="OURS", help=PLAN)
    parser.add_argument("theirs", metavar="THEIRS", help=PLAN)
    parser.add_argument("--base", metavar="BASE", help="the version that both come from")
    _out(parser, "write the merged draft there (default: print it)")


def _rehearse(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--runs", type=int, default=1000, metavar="N", help="how many runs (default: 1000)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed gives the same figures"
    )
    parser.add_argument(
        "--level", choices=[level.value for level in ResponseLevel], help="default: the plan's highest"
    )
    parser.add_argument(
        "--facet", action="append", default=[], metavar="ID",
        help="an incident type or circumstance; may be repeated; all: every one",
    )  # fmt: skip
    parser.add_argument(
        "--ready", metavar="FILE", type=Path, help="who is at hand, in YAML (default: one a role)"
    )
    parser.add_argument(
        "--at", metavar="TIME", default="2026-01-05T09:00", help="with --ready: local time of the activation"
    )
    parser.add_argument("--svg", metavar="DIR", type=Path, help="write the two pictures into this folder")
    _json(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    _out(parser, "x.docx, x.pdf or x.html", required=True)


VERBS = (
    Verb("read", "read a document somebody wrote: understood, guessed, missing", _read, plan_verbs.read),
    Verb("check", "say what is missing or wrong, with article and remedy", _check, plan_verbs.check),
    Verb("show", "print a plan, or its steps for one level", _show, plan_verbs.show),
    Verb("diff", "what changed from A to B, clause by clause", _diff, plan_verbs.diff),
    Verb("merge", "make one draft of two", _merge, plan_verbs.merge),
    Verb("rehearse", "run it many times over staff, answers and chance", _rehearse, plan_verbs.rehearse),
    Verb("export", "write it as Word, PDF or web page (GB/T 9704)", _export, plan_verbs.export),
)
