"""docs/commands.md is printed from the commands: `python -m tests.docs.test_commands_page` writes it anew."""

import os
from importlib.util import find_spec
from pathlib import Path
from unittest import mock

from huiying.config import plan
from huiying.config.cli import COMMANDS, Command, build_parser, parser_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "commands.md"
HEAD = """# Commands

`make setup` puts `huiying` into `.venv/bin`. This page is printed from the program
(`python -m tests.docs.test_commands_page`); a test compares the two.

Exit codes of every command: 0 done, 1 done and something was found, 2 cannot be done (one sentence says why).
"""


def page() -> str:
    """The page as the program would write it now."""
    with mock.patch.dict(os.environ, {"COLUMNS": "100"}):
        texts = [("huiying", build_parser([]).format_help())]
        texts += [
            (f"huiying {each.name}", parser_of(each).format_help()) for each in COMMANDS if _is_there(each)
        ]
    texts += [(f"huiying plan {verb.name}", plan.parser_of_verb(verb).format_help()) for verb in plan.VERBS]
    return HEAD + "".join(f"\n## {name}\n\n```text\n{text.strip()}\n```\n" for name, text in texts)


def _is_there(command: Command) -> bool:
    return find_spec(f"huiying.config.{command.module}") is not None


def test_the_page_shows_the_help_of_every_command_as_it_is() -> None:
    assert PAGE.read_text("utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
