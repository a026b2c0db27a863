"""The `huiying` command. Each subcommand imports only what it needs, so that `huiying due` works without Django.

Exit codes: 0 done, 1 done and something was found, 2 cannot be done (with one sentence why).
"""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

EPILOG = "Exit codes: 0 done, 1 something was found, 2 cannot be done. Settings: docs/settings.md."


@dataclass(frozen=True)
class Command:
    """One subcommand: what it does in a line, and the module with its `add_X_parser` and `run_X`."""

    name: str
    summary: str
    module: str
    django: bool = True
    prepares_folder: bool = False
    demo_only: bool = False

    @property
    def word(self) -> str:
        """The name as it stands in the names of functions."""
        return self.name.replace("-", "_")


COMMANDS = (
    Command("serve", "serve portal and console (and the job worker)", "serve", prepares_folder=True),
    Command(
        "worker", "run the job worker alone: letters, schedules, retries", "worker", prepares_folder=True
    ),
    Command("migrate", "bring the database to this version", "migrating", prepares_folder=True),
    Command(
        "demo", "load the demo town into an empty database", "demo", prepares_folder=True, demo_only=True
    ),
    Command("import", "import petitions from an .xlsx or CSV file", "importing", prepares_folder=True),
    Command("plan", "read, check, rehearse and export emergency plans", "plan", django=False),
    Command("due", "show a due date and its computation day by day", "due", django=False),
    Command(
        "verify-proof", "check a proof that a petition's page gave to its holder", "proving", django=False
    ),
    Command("check", "name what would lose or block a petition, with remedies", "check"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = build_parser(given).parse_args(given)
    command = next(each for each in COMMANDS if each.name == arguments.command)
    try:
        return _run(command, arguments)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader went away (`huiying due … | head`); what it wanted, it has.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """The parser with every command listed, and the arguments of the one that is called."""
    parser = argparse.ArgumentParser(prog="huiying", description="Huiying 回应", epilog=EPILOG)
    choices = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    called = next((word for word in given if not word.startswith("-")), None)
    for command in COMMANDS:
        sub = choices.add_parser(
            command.name, help=command.summary, description=command.summary, epilog=EPILOG
        )
        if command.name == called:
            _add_arguments(command, sub)
    return parser


def parser_of(command: Command) -> argparse.ArgumentParser:
    """The parser of one command alone, as its --help shows it."""
    parser = argparse.ArgumentParser(
        prog=f"huiying {command.name}", description=command.summary, epilog=EPILOG
    )
    _add_arguments(command, parser)
    return parser


def _add_arguments(command: Command, parser: argparse.ArgumentParser) -> None:
    getattr(_module(command), f"add_{command.word}_arguments")(parser)


def _module(command: Command) -> object:
    return import_module(f"huiying.config.{command.module}")


def _run(command: Command, arguments: argparse.Namespace) -> int:
    if not command.django:
        return _result(command, arguments)
    from huiying.config.folder import CannotStart, prepare_folder
    from huiying.config.options import WrongSettings, load_options

    try:
        _settle_address(arguments)
        options = load_options()
        if command.demo_only and options.production:
            raise CannotStart(
                f"`huiying {command.name}` is refused in production mode: its passphrases are public."
            )
        if command.prepares_folder:
            prepare_folder(options)
        _set_up_django()
        return _result(command, arguments)
    except WrongSettings as wrong:
        for problem in wrong.problems:
            print(problem, file=sys.stderr)
    except CannotStart as wrong:
        print(wrong, file=sys.stderr)
    return 2


def _result(command: Command, arguments: argparse.Namespace) -> int:
    code: int = getattr(_module(command), f"run_{command.word}")(arguments)
    return code


def _settle_address(arguments: argparse.Namespace) -> None:
    """What is typed on the line goes over file and environment, before either is read."""
    for name in ("address", "port"):
        if getattr(arguments, name, None) is not None:
            os.environ[f"HUIYING_{name.upper()}"] = str(getattr(arguments, name))


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiying.config.settings")
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
