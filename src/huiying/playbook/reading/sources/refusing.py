"""Why a file cannot be read: one plain sentence each, and what to do instead."""

from huiying.playbook.reading.parts import CannotRead
from huiying.playbook.reading.sources import limits
from huiying.rules.words import N_, said

SAVE_AS_DOCX = N_("请用 Word 或 WPS 打开它，另存为“Word 文档（*.docx）”，再来读取。")
SAVE_ANEW = N_("请用平时编辑它的程序打开，另存一份新的，再来读取；打不开时，请向提供文件的人再要一份。")
TAKE_TEXT = N_("请换成 Word（docx）、带文字的 PDF、网页（html）、Markdown 或纯文本（txt）的预案正文。")
ONLY_PLAN = N_("请只留下预案正文，去掉图片和附件，另存以后再来读取。")
RECOGNISE = N_("请找原来的 Word 文件；没有的话，先用文字识别软件转成文字并核对，再来读取。")


def empty() -> CannotRead:
    """Nothing in it, not one byte."""
    return CannotRead(
        N_("这个文件是空的。"),
        remedy=N_("请核对是不是选错了文件，或者重新保存一次。"),
        rule="plan-file-empty",
    )


def without_text() -> CannotRead:
    """It opens, but there are no words in it."""
    return CannotRead(
        N_("这个文件里没有文字。"),
        remedy=N_("如果内容是图片，请先转成文字并核对；否则请核对是不是选错了文件。"),
        rule="plan-file-without-text",
    )


def too_large() -> CannotRead:
    """More bytes than are read."""
    return CannotRead(
        said(N_("文件太大了：最多读取 {megabytes} MB。"), megabytes=limits.MOST_BYTES >> 20),
        remedy=ONLY_PLAN,
        rule="plan-file-too-large",
    )


def busy() -> CannotRead:
    """Other files are being read, and this one has waited long enough."""
    return CannotRead(
        N_("现在正在读取别的 PDF 文件，这一份还没有轮到。"),
        remedy=N_("请过一分钟再试一次。"),
        rule="plan-file-busy",
    )


def too_many_pages() -> CannotRead:
    """More pages than a plan has."""
    return CannotRead(
        said(N_("页数太多了：最多读取 {pages} 页。"), pages=limits.MOST_PAGES),
        remedy=N_("请只留下预案正文的那些页，另存以后再来读取。"),
        rule="plan-file-too-long",
    )


def too_long() -> CannotRead:
    """More lines or characters than a plan has."""
    return CannotRead(
        said(
            N_("文字太多了：最多读取 {lines} 行、{characters} 个字。"),
            lines=limits.MOST_LINES,
            characters=limits.MOST_CHARACTERS,
        ),
        remedy=N_("请只留下一份预案的正文，分开保存以后再来读取。"),
        rule="plan-file-too-long",
    )


def damaged(what: str) -> CannotRead:
    """It says it is of this format (`what`, a label) but cannot be opened."""
    return CannotRead(
        said(N_("{what}打不开，可能没有保存完整。"), what=what),
        remedy=SAVE_ANEW,
        rule="plan-file-damaged",
    )


def locked(what: str) -> CannotRead:
    """It asks for a password."""
    return CannotRead(
        said(N_("{what}设有打开密码，读不了。"), what=what),
        remedy=N_("请用密码打开，去掉密码另存一份，再来读取。"),
        rule="plan-file-locked",
    )


def swollen() -> CannotRead:
    """It unpacks to more than any document needs."""
    return CannotRead(
        N_("这个文件解开以后异常地大，不像一份正常的文档，没有读取。"),
        remedy=N_("请把正文复制到一个新建的 Word 文档里，保存以后再来读取。"),
        rule="plan-file-swollen",
    )


def with_macros() -> CannotRead:
    """A Word file with programs in it."""
    return CannotRead(
        N_("这个 Word 文件里带有宏程序，为了安全不读取。"), remedy=SAVE_AS_DOCX, rule="plan-file-macros"
    )


def scanned() -> CannotRead:
    """A PDF whose pages are pictures."""
    return CannotRead(
        N_("这个 PDF 是扫描件：页面是图片，里面没有文字。"), remedy=RECOGNISE, rule="plan-file-scanned"
    )


def unreadable_letters() -> CannotRead:
    """A PDF or text whose letters cannot be told."""
    return CannotRead(
        N_("这个文件里的文字认不出来，大多是乱码。"),
        remedy=N_("请找原来的 Word 文件，或者用编辑程序打开确认文字正常后，另存为 UTF-8 文本或 docx。"),
        rule="plan-file-garbled",
    )


def not_text() -> CannotRead:
    """Bytes that are no text and no format known here."""
    return CannotRead(N_("这不是文字文档，认不出是什么文件。"), remedy=TAKE_TEXT, rule="plan-file-unknown")


def other(sentence: str, remedy: str) -> CannotRead:
    """A format that is known, and not read."""
    return CannotRead(sentence, remedy=remedy, rule="plan-file-other-format")


def not_chinese() -> CannotRead:
    """The words are of another language."""
    return CannotRead(
        N_("这份文件的正文不是中文，现在只能读中文的预案。"),
        remedy=N_("请换成中文文本；中外文对照的文件，请留下中文部分。"),
        rule="plan-file-not-chinese",
    )
