"""Numbers as Word and web pages write them before headings and items: 一、壹、甲、①、iv and the rest."""

from collections.abc import Callable

CHINESE = "chineseCountingThousand"
DIGITS = "〇一二三四五六七八九"
MOST = 9999


def written(number: int, count: str) -> str:
    """The number in the way named as Word names it (`numFmt`); one that is unknown is written in figures."""
    way = WAYS.get(count, str)
    return way(number) if 0 < number <= MOST else str(number)


def _spelt(digits: str, tens: str) -> Callable[[int], str]:
    """Spelt out with tens, hundreds and thousands: 一百零五."""

    def spell(number: int) -> str:
        words, gap = "", False
        for place, name in ((1000, tens[2]), (100, tens[1]), (10, tens[0]), (1, "")):
            digit = number // place % 10
            if digit:
                words += ("零" if gap and words else "") + digits[digit] + name
                gap = False
            else:
                gap = bool(words)
        return words.removeprefix(digits[1]) if 10 <= number < 20 and digits is DIGITS else words

    return spell


def _one_by_one(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(figure)] for figure in str(number))


def _row(names: str) -> Callable[[int], str]:
    """From a fixed row of names; beyond its end in figures."""
    return lambda number: names[number - 1] if number <= len(names) else str(number)


def _letters(number: int) -> str:
    """a to z, then aa to zz, as Word does."""
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * min(times + 1, 9)


ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def _roman(number: int) -> str:
    words = ""
    for value, name in ROMAN:
        words += name * (number // value)
        number %= value
    return words


_plain = _spelt(DIGITS, "十百千")
_circled = _row("".join(map(chr, [*range(0x2460, 0x2474), *range(0x3251, 0x3260), *range(0x32B1, 0x32C0)])))
WAYS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": _one_by_one("０１２３４５６７８９"),
    "decimalFullWidth2": _one_by_one("０１２３４５６７８９"),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _row("".join(map(chr, range(0x2474, 0x2488)))),
    "decimalEnclosedFullstop": _row("".join(map(chr, range(0x2488, 0x249C)))),
    "chineseCounting": _plain,
    CHINESE: _plain,
    "japaneseCounting": _plain,
    "taiwaneseCounting": _plain,
    "taiwaneseCountingThousand": _plain,
    "ideographDigital": _one_by_one(DIGITS),
    "taiwaneseDigital": _one_by_one(DIGITS),
    "japaneseDigitalTenThousand": _one_by_one(DIGITS),
    "chineseLegalSimplified": _spelt("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "ideographLegalTraditional": _spelt("零壹貳參肆伍陸柒捌玖", "拾佰仟"),
    "japaneseLegal": _spelt("零壱弐参四伍六七八九", "拾百阡"),
    "ideographTraditional": _row("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _row("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _row("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "numberInDash": "- {} -".format,
}
