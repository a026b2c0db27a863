"""The plans that come with the program, in our own words."""

from functools import cache
from importlib.resources import files

from huiying.playbook.document import PlanDocument
from huiying.playbook.yaml_form import read


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


@cache
def shipped_plan(name: str) -> PlanDocument:
    """One shipped plan, read once a process; it cannot be changed in place. Raises KeyError for an unknown name."""
    return read(shipped_plans()[name])
