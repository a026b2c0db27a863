"""docs/dependencies.md has a row for every line of requirements/*.in, with the licence the package declares."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `([\w.-]+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
SPOKEN = {"MIT License": "MIT", "Apache License 2.0": "Apache-2.0", "BSD 2-Clause License": "BSD-2-Clause"}


def asked_for() -> list[str]:
    """The names in requirements/*.in."""
    lines = [line for file in (ROOT / "requirements").glob("*.in") for line in file.read_text().splitlines()]
    return sorted(
        re.split(r"[\[<>=~! ]", line)[0] for line in lines if line and not line.startswith(("-", "#"))
    )


def test_every_requirement_has_a_row_and_no_row_is_left_over() -> None:
    assert sorted(ROWS) == asked_for()


@pytest.mark.parametrize("name", asked_for())
def test_the_licence_is_the_one_the_package_declares(name: str) -> None:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed here")
    declared = (about.get("License-Expression") or about.get("License") or "").strip()
    if "\n" in declared or not declared:
        declared = " ".join(about.get_all("Classifier") or [])
        assert not declared or ROWS[name].split("-")[0] in declared or "License" not in declared
    else:
        assert ROWS[name].strip() == SPOKEN.get(declared, declared)
