"""docs/tour.md: every path, package and function that it names exists; every link between the pages leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs.headings import anchors

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "huiying"
PAGE = (ROOT / "docs" / "tour.md").read_text("utf-8")
QUOTED = re.findall(r"`([^`\n]+)`", PAGE.replace("```", ""))
PATHS = sorted({each for each in QUOTED if "/" in each and each != "src/huiying/"})
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"])


@pytest.mark.parametrize("path", PATHS)
def test_a_path_of_the_tour_exists(path: str) -> None:
    assert (SOURCE / path).exists() or (ROOT / path).exists()


def test_the_tour_names_every_package_once_from_the_top_down() -> None:
    table = PAGE.split("## The house")[1].split("## ")[0]
    named = re.findall(r"^\| `(\w+)/`", table, re.MULTILINE)
    assert sorted(named) == sorted(each.parent.name for each in SOURCE.glob("*/__init__.py"))
    layers = (ROOT / "pyproject.toml").read_text("utf-8").split("layers = [")[1].split("]")[0]
    assert named == re.findall(r'"(\w+)"', layers)


def test_each_room_calls_what_the_tour_says() -> None:
    said = dict(re.findall(r"^\| `(\w+)/` \|.*\| ([^|]+) \|$", PAGE, re.MULTILINE))
    for room in set(said) - {"config", "web"}:
        sources = "\n".join(file.read_text("utf-8") for file in (SOURCE / room).rglob("*.py"))
        called = set(re.findall(r"^\s*(?:from|import) huiying\.(\w+)", sources, re.MULTILINE)) - {room}
        assert set(re.sub(r" \([^)]*\)", "", said[room]).split(", ")) == (called or {"none"}), room


def test_every_function_of_the_tour_exists() -> None:
    names = {each for each in QUOTED if re.fullmatch(r"[a-z]+(_[a-z]+)+", each)}
    sources = "\n".join(file.read_text("utf-8") for file in SOURCE.rglob("*.py"))
    assert names
    assert sorted(name for name in names if f"def {name}(" not in sources) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_page_and_a_heading_that_exist(page: Path) -> None:
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            name, _, anchor = target.partition("#")
            file = page.parent / name if name else page
            assert file.exists(), target
            assert not anchor or anchor in anchors(file), target
