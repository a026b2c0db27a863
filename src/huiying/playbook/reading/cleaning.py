"""From the lines of a file to one clean text: site parts cut, broken words mended, pinyin out, punctuation and script one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from huiying.playbook.reading.boilerplate import trimmed
from huiying.playbook.reading.mapped import Edit, Mapped, Sheet
from huiying.playbook.reading.mojibake import Mended, broken_found
from huiying.playbook.reading.parts import Line, Repair, Source
from huiying.playbook.reading.pinyin import pinyin_found
from huiying.playbook.reading.script import is_traditional, simplified
from huiying.playbook.reading.widths import unseen_found, widths_folded

AROUND = 4


@dataclass(frozen=True, slots=True)
class Clean:
    """The plan's own text in Simplified characters, the same as it was written, and how both hang on the lines."""

    sheet: Sheet
    read: Mapped
    written: str
    repairs: tuple[Repair, ...]
    passed_over: tuple[int, ...]
    cut_off: tuple[str, ...]
    site_title: str


def clean(source: Source) -> Clean:
    """Cut and mend a document. Nothing is added; each removal and each mending is written down with its line."""
    cut = trimmed([replace(line, text=line.text.replace("\n", " ")) for line in source.lines])
    sheet = Sheet.of(cut.body)
    text = Mapped.of("\n".join(line.text for line in cut.body))
    repairs = list(source.repairs)
    text = text.with_edits(unseen_found(text.text))
    text = _mended(text, sheet, repairs)
    text = _without_pinyin(text, sheet, repairs)
    written = widths_folded(text.text)
    read = simplified(written) if is_traditional(written) else written
    repairs += _script_change(written, read, cut.body)
    return Clean(
        sheet, text.rewritten(read), written, tuple(repairs), cut.passed_over, cut.cut_off, cut.title
    )


def _mended(text: Mapped, sheet: Sheet, repairs: list[Repair]) -> Mapped:
    found = list(broken_found(text.text))
    repairs += [_repair_of(place, text, sheet) for place in found]
    return text.with_edits(place.edit for place in found if place.now is not None)


def _repair_of(place: Mended, text: Mapped, sheet: Sheet) -> Repair:
    line = sheet.line_at(text.starts[place.start]).number
    before, after = (
        text.text[max(0, place.start - AROUND) : place.start],
        text.text[place.end : place.end + AROUND],
    )
    was = before + text.text[place.start : place.end] + after
    if place.now is None:
        return Repair("garble", line, was, was)
    return Repair("gbk-shift", line, was, before + place.now + after)


def _without_pinyin(text: Mapped, sheet: Sheet, repairs: list[Repair]) -> Mapped:
    found = pinyin_found(text.text)
    repairs += _removals("pinyin", text, found, sheet)
    return text.with_edits(found)


def _removals(rule: str, text: Mapped, edits: Iterable[Edit], sheet: Sheet) -> list[Repair]:
    """One repair a place, with the character before it, so that a person can see what the bracket belonged to."""
    return [
        Repair(
            rule,
            sheet.line_at(text.starts[start]).number,
            text.text[max(0, start - 1) : end],
            text.text[max(0, start - 1) : start],
        )
        for start, end, _ in edits
    ]


def _script_change(written: str, read: str, body: tuple[Line, ...]) -> list[Repair]:
    """One entry for the whole document, with the first words that look different now."""
    if written == read:
        return []
    at = next(index for index, (was, now) in enumerate(zip(written, read, strict=True)) if was != now)
    begin = max(0, at - AROUND)
    return [Repair("traditional", body[0].number, written[begin : at + 20], read[begin : at + 20])]
