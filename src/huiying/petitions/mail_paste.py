"""A pasted e-mail taken apart: who wrote, when, under which subject, and what. Pure; nothing of it is kept raw.

Understands a raw message (headers, MIME, quoted-printable and base64 in any charset, HTML alone) and what mail
programs show when a letter is copied from their window (发件人：… 时间：… 主题：…). Everything else is the words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser

from huiying.rules.refusals import Incomplete
from huiying.rules.words import N_

PASTED_MAX = 400_000  # characters; a raw message holds its pictures as letters
RAW = re.compile(r"\A\s*(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.ASCII)
KNOWN = ("from", "subject", "date", "content-type")
SHOWN_LABELS = {
    "sender": ("发件人", "發件人", "寄件人", "寄件者", "From"),
    "subject": ("主题", "主題", "主旨", "Subject"),
    "when": ("时间", "時間", "日期", "发送时间", "發送時間", "傳送時間", "Date", "Sent"),
    "other": (
        "收件人",
        "收件者",
        "抄送",
        "副本",
        "密送",
        "附件",
        "To",
        "Cc",
        "Bcc",
        "Attachments",
        "Reply-To",
    ),
}
SHOWN = {label.casefold(): kind for kind, labels in SHOWN_LABELS.items() for label in labels}
LABELLED = re.compile(r"\s{0,8}([^:：\n]{1,16}?)\s{0,4}[:：](.{0,2000})")
CHINESE_DATE = re.compile(
    r"(\d{4})[年/-](\d{1,2})[月/-](\d{1,2})日?.{0,12}?(上午|下午|晚上|AM|PM)?\s{0,4}(\d{1,2})[:：时](\d{2})",
    re.IGNORECASE,
)
AFTERNOON = ("下午", "晚上", "pm")


@dataclass(frozen=True, slots=True)
class PastedMail:
    """What the clerk looks over and confirms. `said_at` has no zone where the letter named none."""

    text: str
    subject: str = ""
    name: str = ""
    email: str = ""
    said_at: datetime | None = None


def read_pasted(pasted: str) -> PastedMail:
    """Take a pasted message or its copied text apart. Raises Incomplete where it is longer than anyone would read."""
    if len(pasted) > PASTED_MAX:
        wrong = N_("粘贴的内容太长。请只粘贴正文，附件另存以后在下面添加。")
        raise Incomplete(wrong, fields={"mail": wrong})
    text = (
        pasted.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    )
    found = RAW.match(text)
    if found and any(f"\n{name}:" in f"\n{found[0].lower()}" for name in KNOWN):
        try:
            return _of_message(text.lstrip())
        except (MessageError, ValueError, LookupError, AttributeError, TypeError, IndexError, RecursionError):
            pass  # broken headers are common; the words are still there
    return _of_window(text)


def _of_message(raw: str) -> PastedMail:
    message = message_from_string(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    name, email = parseaddr(str(message["from"] or ""))
    return PastedMail(
        text=_words(message).strip(),
        subject=_line(str(message["subject"] or "")),
        name=_line(name),
        email=_line(email),
        said_at=_date(str(message["date"] or "")),
    )


def _words(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    coded = str(part["content-transfer-encoding"] or "").strip().lower() in ("base64", "quoted-printable")
    # What was not coded has come as letters already, whatever charset the header speaks of.
    content = part.get_content() if coded else part.get_payload()
    words = content if isinstance(content, str) else ""
    return _plain(words) if part.get_content_type() == "text/html" else words


def _of_window(text: str) -> PastedMail:
    lines = text.strip().split("\n")
    told = dict(_head(lines))
    if not {"sender", "subject"} & set(told):
        return PastedMail(text=text.strip())
    rest = [line for number, line in enumerate(lines) if number >= _head_height(lines)]
    name, email = _sender(told.get("sender", ""))
    return PastedMail(
        text="\n".join(rest).strip(),
        subject=_line(told.get("subject", "")),
        name=name,
        email=email,
        said_at=_date(told.get("when", "")),
    )


def _head(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines[: _head_height(lines)]:
        found = LABELLED.match(line)
        if found and _kind(found[1]):
            yield _kind(found[1]), found[2].strip()


def _head_height(lines: list[str]) -> int:
    """How many lines the head has: labelled lines and blank ones between them, at most twenty."""
    height = 0
    for number, line in enumerate(lines[:20], start=1):
        found = LABELLED.match(line)
        if found and _kind(found[1]):
            height = number
        elif line.strip():
            break
    return height


def _kind(label: str) -> str:
    return SHOWN.get("".join(label.split()).casefold(), "")


def _sender(shown: str) -> tuple[str, str]:
    found = re.search(r"[\w.+-]{1,64}@[\w.-]{1,190}", shown, re.ASCII)
    email = found[0].strip(".") if found else ""
    name = re.sub(r"[<>\"'“”()（）\[\]]|mailto:", " ", shown.replace(email, "") if email else shown)
    return _line(name), email


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return _chinese_date(text)


def _chinese_date(text: str) -> datetime | None:
    found = CHINESE_DATE.search(text[:200])
    if found is None:
        return None
    year, month, day, half, hour, minute = found.groups()
    later = 12 if (half or "").lower() in AFTERNOON and int(hour) < 12 else 0
    try:
        return datetime(int(year), int(month), int(day), int(hour) + later, int(minute))  # noqa: DTZ001  # said without a zone
    except ValueError:
        return None


def _line(text: str) -> str:
    return " ".join(text.split())[:120]


class _Words(HTMLParser):
    """The words of an HTML letter, a line a block; scripts and styles are no words."""

    BLOCKS = frozenset(
        {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"}
    )
    SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line at a block, fall silent in a script."""
        self.silent += tag in self.SILENT
        if tag in self.BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End the line or the silence."""
        if tag in self.SILENT and self.silent:
            self.silent -= 1
        elif tag in self.BLOCKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Take the words."""
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def _plain(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    lines = (line.strip() for line in "".join(words.parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
