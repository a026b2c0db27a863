"""Whether a document is in Chinese; an English gloss, a name or a form number in it does no harm."""

import re
from itertools import islice

from huiying.playbook.reading.parts import Source
from huiying.playbook.reading.sources import refusing

SAMPLE_LINES = 5_000
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
LETTERS = re.compile(r"[^\W\d_]")
LEAST_HAN = (
    0.15  # of all letters: a text translated line by line has about 0.25, English with names in it below 0.05
)
MOST_KANA = 0.15  # of Han and kana: Japanese has above 0.4


def check_chinese(source: Source) -> None:
    """Raises CannotRead where the words are of another language, or there are only figures and marks."""
    text = "\n".join(line.text for line in islice(source.lines, SAMPLE_LINES))
    han, kana = len(HAN.findall(text)), len(KANA.findall(text))
    if not han or han < LEAST_HAN * len(LETTERS.findall(text)) or kana > MOST_KANA * (han + kana):
        raise refusing.not_chinese()
