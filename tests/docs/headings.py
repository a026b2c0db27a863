"""The anchors that a Markdown page offers."""

import re
from pathlib import Path


def anchors(page: Path) -> set[str]:
    """What `page.md#…` can lead to: each heading in lower case, blanks as dashes, punctuation gone."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w-]", "", heading.strip().lower().replace(" ", "-")) for heading in headings}
