"""Which encoding a text is in, by evidence: marks at its start, what decodes, and which result reads like Chinese."""

import codecs
import re
from dataclasses import dataclass

from huiying.playbook.reading.sources import refusing

# The longer mark first: that of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
LEGACY = ("gb18030", "cp950", "big5hkscs")
WIDE = ("utf-16-le", "utf-16-be")
SAMPLE = 200_000  # bytes: enough to tell, little to try
# The characters that make up about half of any text, in both scripts, and the marks between them.
COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经"
    "么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全"
    "三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任"
    "常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必"
    "场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告"
    "类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运急预案组织职责处置信访"
    "這個們來為國說時會對過發後種經麼學現當沒動還進樣從實軍無與長機關點業將兩間問應戰頭體見產話結義條係氣題變總電數報"
    "場計務統區隊員處論則達強權張該規領確傳師觀讓識帶導爭運預組織職責"
    "，。、：；（）《》“”"
)
HAN = re.compile("[\u3400-\u9fff]")
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MOST_CONTROLS = 0.02
FEW_CONTROLS = 4
LEAST_COMMON = 0.12  # of what is not ASCII; true Chinese has above 0.4, a wrong decoding below 0.05


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was in, and whether every byte of it fitted."""

    text: str
    encoding: str
    whole: bool = True


def decoded(data: bytes) -> Decoded:
    """The text of the bytes without the mark at its start. Raises CannotRead for what is no text, or cannot be told."""
    found = _marked(data) or _utf8(data) or _wide(data) or _legacy(data)
    _check_text(found.text)
    return found


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _with_gaps(data[len(mark) :], encoding)
    return None


def _utf8(data: bytes) -> Decoded | None:
    """UTF-8, also where the end is cut within a character or a few bytes are broken."""
    found = _with_gaps(data, "utf-8")
    if found.text.count("\0", 0, SAMPLE) * 50 > len(found.text[:SAMPLE]):
        return None  # letters with empty bytes between them are UTF-16
    if found.whole:
        return found
    wide = sum(map(found.text.count, "，。的一是不")) + len(HAN.findall(found.text[:SAMPLE]))
    return found if found.text.count("\ufffd") * 10 <= wide else None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: its line ends and digits leave empty bytes on one side, or it reads like Chinese."""
    if len(data) % 2 and b"\0" not in data[:SAMPLE]:
        return None
    sample = data[: SAMPLE & ~1]
    best, encoding = max((_likeness(sample, encoding), encoding) for encoding in WIDE)
    if best < LEAST_COMMON or best < max(_likeness(sample, encoding) for encoding in LEGACY):
        return None
    return _with_gaps(data, encoding)


def _legacy(data: bytes) -> Decoded:
    """GB 18030 or Big5: whichever reads like Chinese."""
    scores = {encoding: _likeness(data[:SAMPLE], encoding) for encoding in LEGACY}
    best = max(LEGACY, key=scores.__getitem__)  # the first of equals
    if scores[best] < LEAST_COMMON:
        raise refusing.not_text() if _is_binary(data) else refusing.unreadable_letters()
    return _with_gaps(data, best)


def _likeness(data: bytes, encoding: str) -> float:
    """The share of common characters in what is not ASCII, less the places that do not fit."""
    text = data.decode(encoding, "replace")
    foreign = [one for one in text if one > "\x7f"]
    if not foreign or text.count("\0") * 20 > len(text):
        return 0.0
    common = sum(one in COMMON for one in foreign)
    return (common - 4 * text.count("\ufffd")) / len(foreign)


def _with_gaps(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, whole="\ufffd" not in text)


def _is_binary(data: bytes) -> bool:
    sample = data[:SAMPLE]
    return (
        b"\0" in sample
        or len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample)) > len(sample) * MOST_CONTROLS
    )


def _check_text(text: str) -> None:
    sample = text[:SAMPLE]
    if len(CONTROLS.findall(sample)) > FEW_CONTROLS + len(sample) * MOST_CONTROLS:
        raise refusing.not_text()
    if sample.count("\ufffd") > len(sample) * 0.1:
        raise refusing.unreadable_letters()
