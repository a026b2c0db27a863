"""Articles as people read them: the rules say "信访工作条例 art. 22, 34", a page says 《信访工作条例》第22、34条."""

import re

from django.utils.translation import get_language, gettext

from huiying.rules.words import N_

SHORT = re.compile(r"^(?P<law>.+?) art\. (?P<numbers>\d+(?:, ?\d+)*)$")
CITED = N_("《%(law)s》第%(numbers)s条")
CITED_BRIEFLY = N_("第%(numbers)s条")
# The laws that rules cite to people; a law that is missing here is shown by its Chinese name.
LAWS = (N_("信访工作条例"), N_("民法典"), N_("政府信息公开条例"), N_("个人信息保护法"), N_("突发事件应对法"))


def article_words(article: str) -> str:
    """The full citation in the language of the page; what is no article is returned as it is."""
    found = SHORT.match(article)
    if found is None:
        return gettext(article) if article else ""
    law, numbers = found.groups()  # a literal inside gettext(…) would be taken for a word to translate
    return gettext(CITED) % {"law": gettext(law), "numbers": _numbers(numbers)}


def article_briefly(article: str) -> str:
    """The number without the law, for chips and steps whose law is plain from their page: 第22条."""
    found = SHORT.match(article)
    return (
        gettext(CITED_BRIEFLY) % {"numbers": _numbers(found["numbers"])} if found else article_words(article)
    )


def _numbers(numbers: str) -> str:
    comma = ", " if (get_language() or "").startswith("en") else "、"
    return comma.join(number.strip() for number in numbers.split(","))
