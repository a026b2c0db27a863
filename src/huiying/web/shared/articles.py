"""Articles as people read them: the rules say "信访工作条例 art. 22, 34", a page says 《信访工作条例》第22、34条."""

import re

from django.utils.translation import get_language

_CITED = re.compile(r"(?P<law>[^\s,;]+) art\. (?P<numbers>\d+(?:, \d+)*)")


def article_words(cited: str) -> str:
    """The citation in the language of the page; English keeps the law's own name. Anything else stays as it is."""
    if (get_language() or "").startswith("en"):
        return cited
    return _CITED.sub(_chinese, cited)


def _chinese(match: re.Match[str]) -> str:
    return f"《{match['law']}》第" + "、".join(part.strip() for part in match["numbers"].split(",")) + "条"
