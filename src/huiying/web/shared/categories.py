"""What a matter is about, as a list to choose from at both doors: fields of matters, and the body's categories in them.

A choice is a field ("land") or a field with the code of a category of the body in it ("land/canals").
"""

import re
from typing import Any

from django.utils.translation import gettext as _

from huiying.registry.models import Body, Category
from huiying.registry.selectors import categories_of
from huiying.rules.matters import Matter

CHOICE = re.compile(r"([a-z]{1,12})(?:/([-\w]{1,40}))?", re.ASCII)


def choice(text: str) -> str:
    """The choice, or empty for anything that names no field."""
    found = CHOICE.fullmatch(text)
    return text if found and found[1] in set(Matter) else ""


def matter_of(chosen: str) -> Matter:
    """The field of a choice; OTHER where nothing was chosen."""
    return Matter(chosen.partition("/")[0]) if choice(chosen) else Matter.OTHER


def category_of(body: Body, chosen: str) -> Category | None:
    """The body's category that a choice names, where it still runs."""
    matter, _slash, code = chosen.partition("/")
    running = categories_of(body) if code else ()
    return next((row for row in running if (row.matter, row.code) == (matter, code)), None)


def tree(body: Body) -> list[dict[str, Any]]:
    """Every field with the body's categories in it, as groups for `category_select`."""
    kept: dict[str, list[Category]] = {}
    for category in categories_of(body):
        kept.setdefault(category.matter, []).append(category)
    return [
        {
            "value": matter.value,
            "label": _(matter.label),
            "rows": [(f"{matter}/{row.code}", _(row.label)) for row in kept.get(matter, ())],
        }
        for matter in Matter
    ]
