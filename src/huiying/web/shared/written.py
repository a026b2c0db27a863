"""Marks what somebody wrote, so that a page in another language is still read aloud in the right voice (WCAG 3.1.2)."""

import re

from markupsafe import Markup

from huiying.web.shared import frames

WRITTEN_IN = "zh-Hans"  # the language of the body's records, and of nearly all who write to it
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")


def as_written(value: str) -> str:
    """Stored words with their language, where the page has another one; numbers and Latin words stay as they are."""
    if frames.page_language() == WRITTEN_IN or not HAN.search(value or ""):
        return value
    return Markup('<span lang="{}">{}</span>').format(WRITTEN_IN, value)
