"""A pasted e-mail comes apart into words, subject, sender and day; broken ones lose nothing and break nothing."""

from datetime import datetime
from email.message import EmailMessage

import pytest

from huiying.petitions.mail_paste import PASTED_MAX, read_pasted
from huiying.rules.refusals import Incomplete

WORDS = "村口的水渠堵了两个月。\n\n请尽快疏通。"


def message(**parts: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = parts.get("sender", "试来信人 <writer@example.invalid>")
    mail["To"] = "xinfang@example.invalid"
    mail["Subject"] = parts.get("subject", "关于水渠")
    mail["Date"] = "Mon, 05 Jan 2026 10:20:00 +0800"
    mail.set_content(parts.get("text", WORDS), charset="utf-8")
    return mail


def test_a_raw_message_gives_words_subject_sender_and_day() -> None:
    read = read_pasted(message().as_string())
    assert read.text.replace("\r", "") == WORDS
    assert (read.subject, read.name, read.email) == ("关于水渠", "试来信人", "writer@example.invalid")
    assert read.said_at is not None
    assert read.said_at.isoformat() == "2026-01-05T10:20:00+08:00"
    assert "From" not in read.text
    assert "example" not in read.text


def test_a_letter_in_html_alone_gives_its_words_without_scripts() -> None:
    mail = message()
    mail.set_content(
        "<html><head><title>x</title><style>p{}</style></head><body><p>水渠堵了。</p><p>请 疏通&amp;答复。</p>"
        "<script>alert(1)</script></body></html>",
        subtype="html",
    )
    assert read_pasted(mail.as_string()).text == "水渠堵了。\n\n请 疏通&答复。"


def test_of_two_forms_the_plain_one_is_read_and_attachments_are_left() -> None:
    mail = message()
    mail.add_alternative("<p>另一份</p>", subtype="html")
    mail.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="身份证.pdf")
    read = read_pasted(mail.as_string())
    assert read.text.strip() == WORDS
    assert "身份证" not in read.text


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "us-ascii"])
def test_a_message_that_was_pasted_as_letters_is_read_as_letters(charset: str) -> None:
    raw = f"From: a@example.invalid\nSubject: 水渠\nContent-Type: text/plain; charset={charset}\n\n{WORDS}"
    read = read_pasted(raw)
    assert (read.text, read.subject) == (WORDS, "水渠")


def test_what_a_mail_program_shows_is_split_off_too() -> None:
    shown = (
        "发件人： “试来信人” <writer@example.invalid>\n发送时间： 2026年1月5日(星期一) 下午3:07\n"
        "收件人： 信访办 <office@example.invalid>\n主题： 关于水渠\n\n" + WORDS
    )
    read = read_pasted(shown)
    assert read.text == WORDS
    assert (read.subject, read.name, read.email) == ("关于水渠", "试来信人", "writer@example.invalid")
    assert read.said_at == datetime(2026, 1, 5, 15, 7)


@pytest.mark.parametrize(
    "text",
    [
        WORDS,
        "时间：上个月\n地点：村口\n水渠堵了。",
        "诉求：请疏通\n理由：堵了",
        "From the very first day: nothing was done\nand again: nothing",
        "",
    ],
)
def test_a_text_without_a_head_is_all_words(text: str) -> None:
    read = read_pasted(text)
    assert read.text == text.strip()
    assert (read.name, read.email, read.subject) == ("", "", "")


@pytest.mark.parametrize(
    "broken",
    [
        "From: =?utf-8?B?@@@?=\nSubject: =?gb99?Q?=C4?=\nContent-Type: text/plain; charset=nowhere\n\n水渠堵了",
        "From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n水渠",
        "From: <\nDate: 99 Foo 2026 99:99\nSubject: \ud800\n\n水渠堵了",
        "Subject: x\nFrom: " + "a" * 50_000 + "\n\n水渠",
        "From:\x00\nSubject:\x00\n\n\x00水渠",
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\nFrom: a@b\n\n%%%%",
        "发件人：" + "<" * 5000 + "\n主题：" + "甲" * 5000 + "\n\n水渠",
        ("Received: x\n" * 30_000)[:390_000],
        "a:" * 100_000,
    ],
)
def test_a_broken_message_breaks_nothing(broken: str) -> None:
    read = read_pasted(broken)
    assert len(read.subject) <= 120
    assert len(read.name) <= 120
    read.text.encode()


def test_more_than_anyone_reads_is_refused_at_its_field() -> None:
    with pytest.raises(Incomplete) as refused:
        read_pasted("水" * (PASTED_MAX + 1))
    assert "mail" in refused.value.fields
