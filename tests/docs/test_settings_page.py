"""docs/settings.md lists every setting by both names, with its default."""

from pathlib import Path

import pytest

from huiying.config.options import Options, settings_names

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
ROWS = {
    line.split("|")[1].strip(" `"): line
    for line in PAGE.read_text("utf-8").splitlines()
    if line.startswith("| `")
}


@pytest.mark.parametrize(("name", "variable"), sorted(settings_names().items()))
def test_a_setting_has_a_row_with_its_environment_variable(name: str, variable: str) -> None:
    assert name in ROWS, f"docs/settings.md has no row for {name}"
    assert f"`{variable}`" in ROWS[name]


@pytest.mark.parametrize("name", sorted(settings_names()))
def test_the_default_on_the_page_is_the_default_in_the_code(name: str) -> None:
    value: object = Options()
    for part in name.split("."):
        value = getattr(value, part)
    shown = (
        ", ".join(value)
        if isinstance(value, tuple)
        else str(value).lower()
        if isinstance(value, bool)
        else str(value)
    )
    cell = ROWS[name].split("|")[3].strip(" `")
    assert cell == (shown or cell)
    assert shown or cell in ("empty", "none")


def test_no_row_describes_a_setting_that_is_gone() -> None:
    files = {"huiying.sqlite3", "master.key", "secret.key", "mail/", "files/"}
    assert set(ROWS) - files == set(settings_names())
