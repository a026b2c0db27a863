"""README.md: the commands it gives exist, the pages and pictures it shows are named as the browser tests write them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "README.md").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def test_every_make_command_of_the_readme_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", re.sub(r"make and|and make", "", PAGE)))
    assert {"serve", "test", "help"} <= named
    assert named <= TARGETS


def test_the_readme_shows_three_pictures() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\((docs/screenshots/[\w-]+\.png)\)", PAGE)
    assert pictures == [
        f"docs/screenshots/{name}-1440.png"
        for name in ("portal-home", "petition-workbench", "incident-board")
    ]


def test_the_eight_points_stand_in_both_languages() -> None:
    chinese = PAGE.split("## 从不做的八件事")[1].split("## ")[0]
    assert re.findall(r"^(\d)\. ", chinese, re.MULTILINE) == list("12345678")
    english = PAGE.split("What it never does: ")[1].split(". Tests hold")[0]
    assert len(english.split(";")) == 8


def test_the_licence_of_the_readme_is_that_of_the_package_and_its_text_is_there() -> None:
    assert "AGPL-3.0-or-later" in PAGE
    assert 'license = "AGPL-3.0-or-later"' in (ROOT / "pyproject.toml").read_text("utf-8")
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE\n")
    assert text.rstrip().endswith("<https://www.gnu.org/licenses/>.")
