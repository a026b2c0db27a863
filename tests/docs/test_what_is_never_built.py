"""The eight things the program never does (docs/security.md) hold in the code as a whole, and each names its tests."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "huiying"
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
ROOMS = ("petitions", "issues", "emergency", "publishing", "learning")
# What can fetch from elsewhere; each exception says what it is for.
READS_THE_NETWORK = re.compile(
    r"^(urllib\.request|urllib3|http\.client|httpx|requests|aiohttp|socket|ssl|ftplib|imaplib|poplib|feedparser|"
    r"websockets?|playwright|selenium|scrapy)\b"
)
ALLOWED = {
    "config/serve.py": {"socket"},  # asks whether the port is free
    "records/jobs.py": {"socket"},  # the worker's own host name
    # Sends the one neutral sentence, written or spoken, to the office's provider and reads only whether it was taken.
    "records/providers.py": {"urllib.request", "http.client"},
}
TRAITS = re.compile(
    r"(^|_)(ethnic|race|religion|faith|nationality|mood|emotion|attitude|stance|opinion_of|profile|risk|suspect|"
    r"organi[sz]er|ringleader|participants?|attendees?|author|follower|id_number|faces?$|number_plate|other_petitions|household)"
)
SILENCES = re.compile(r"(^|_)(delete|remove|hide|block|ban|flood|counter|mute|trace|unmask)(_|$)")


def imports(file: Path) -> set[str]:
    """The modules that a file names, wherever it imports them."""
    nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def test_the_program_listens_to_nobody_who_did_not_speak_to_it() -> None:
    found = {
        str(file.relative_to(SOURCE)): {name for name in imports(file) if READS_THE_NETWORK.match(name)}
        for file in SOURCE.rglob("*.py")
    }
    assert {name: modules for name, modules in found.items() if modules - ALLOWED.get(name, set())} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_no_column_describes_a_person_who_petitions(room: str) -> None:
    columns = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.get_fields()
        if TRAITS.search(field.name)
    }
    assert columns == set()


def test_no_two_petitions_can_share_an_identity() -> None:
    token = apps.get_model("petitions", "Petition")._meta.get_field("vault_token")
    assert token.unique  # type: ignore[union-attr]
    names = {field.name for field in apps.get_model("petitions", "Petition")._meta.get_fields()}
    assert not names & {"name", "petitioner", "phone", "email", "address", "ip", "ip_address", "user_agent"}


@pytest.mark.parametrize("room", ROOMS)
def test_no_action_deletes_or_buries_what_somebody_said(room: str) -> None:
    assert [name for name in import_module(f"huiying.{room}.actions").__all__ if SILENCES.search(name)] == []


@pytest.mark.parametrize("room", (*ROOMS, "registry", "records"))
def test_no_room_asks_whether_it_is_a_drill(room: str) -> None:
    asked = [
        f"{file.name}:{node.lineno}"
        for file in (SOURCE / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
        and re.search("drill", node.id if isinstance(node, ast.Name) else node.attr)
    ]
    assert asked == []


def test_each_of_the_eight_points_names_tests_that_exist() -> None:
    section = PAGE.split("\n## What is never built\n")[1].split("\n## ")[0]
    points = re.split(r"\n(?=\d\. )", "\n" + section.strip())
    points = [point for point in points if re.match(r"\d\. ", point)]
    assert [point[0] for point in points] == list("12345678")
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for point in points:
        named = re.findall(r"`(test_\w+)`", point)
        assert named, point
        assert [name for name in named if f"def {name}(" not in sources] == []
