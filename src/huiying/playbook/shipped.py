"""The plans that come with the program, in our own words."""

from functools import cache
from importlib.resources import files


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    folder = files("huiying.playbook") / "plans"
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return tuple(
        (entry.name.removesuffix(".yaml"), entry.read_text(encoding="utf-8"))
        for entry in sorted(found, key=lambda entry: entry.name)
    )


def shipped_plans() -> dict[str, str]:
    """Name and YAML text of every shipped plan, in the order of their names."""
    return dict(_texts())
