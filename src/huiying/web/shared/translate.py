"""Translations: `python -m huiying.web.shared.translate extract|update|compile|check`.

The sources are Simplified Chinese. Traditional Chinese is proposed by OpenCC (s2tw) and a short word list where the
catalogue is empty, and then reviewed; English is written by hand. Compiled catalogues are not kept in the repository;
set-up makes them.
"""

import re
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import opencc
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent.parent
LOCALES = ("zh_Hant", "en")
METHODS = [("**/migrations/**.py", "ignore"), ("**.py", "python"), ("web/jinja2/**.html", "jinja2")]
OPTIONS = {
    "web/jinja2/**.html": {
        "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
        "trimmed": "true",
        "silent": "false",
    }
}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "N_": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%\(\w+\)d|\{\w*\}")
HEADER = "# Words of Huiying. Made by huiying.web.shared.translate; edit the msgstr lines only."
UNSTABLE = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Generated-By",
    "Last-Translator",
    "Language-Team",
)
MARK = "OpenCC s2tw"
# OpenCC's own vocabulary (s2twp) turns 支持 into 支援, 審核 into 稽核 and 窗口 into 視窗, which would change what the law
# says. So only the characters are converted, and then the few words that readers of Traditional Chinese do not use.
WORDS = {
    "後臺進程": "背景程式",
    "讀屏軟件": "螢幕閱讀軟體",
    "是程序的問題": "是程式的問題",
    "程序在內存": "程式在記憶體",
    "任何文件": "任何檔案",
    "批量導入": "批次匯入",
    "通信地址": "通訊地址",
    "其他設備": "其他裝置",
    "二維碼": "QR 碼",
    "服務器": "伺服器",
    "數據庫": "資料庫",
    "郵箱": "信箱",
    "口令": "密碼",
    "銷燬": "銷毀",
    "念給": "唸給",
    "可以藏有程序": "可以藏有程式",
    "由程序與": "由程式與",
    "程序再與": "程式再與",
    "比對由程序": "比對由程式",
    "程序認不出": "程式認不出",
    "別的程序文件": "別的程式檔案",
    "宏程序": "巨集",
    "可以運行的程序": "可以執行的程式",
    "PDF 文件": "PDF 檔案",
    "表格文件": "試算表檔案",
    "文字文件": "文字檔案",
    "文件名": "檔名",
    "文件太大": "檔案太大",
    "文件超過": "檔案超過",
    "文件裡": "檔案裡",
    "文件是空": "檔案是空",
    "文件已": "檔案已",
    "文件的": "檔案的",
    "文件在第": "檔案在第",
    "文件加密": "檔案加密",
    "原文件": "原檔案",
    "整個文件": "整個檔案",
    "這個文件": "這個檔案",
    "每個文件": "每個檔案",
    "幾個文件": "幾個檔案",
    "個文件在等": "個檔案在等",
    "選的文件": "選的檔案",
    "交的文件": "交的檔案",
    "照片或文件": "照片或檔案",
    "照片和文件": "照片和檔案",
    "上傳的文件": "上傳的檔案",
    "收存文件": "收存檔案",
    "刪除文件": "刪除檔案",
    "導出的文件": "匯出的檔案",
    "匯出的文件": "匯出的檔案",
    "匯入的文件": "匯入的檔案",
    "前面的文件": "前面的檔案",
    "一個文件": "一個檔案",
    "編輯程序": "編輯程式",
    "編輯它的程序": "編輯它的程式",
    "錄像": "錄影",
    "文檔": "文件",
    "默認": "預設",
    "字符": "字元",
    "驗證器應用": "驗證器應用程式",
    "在應用裡": "在應用程式裡",
    "等應用裡": "等應用程式裡",
    "入應用裡": "入應用程式裡",
    "手工輸入": "手動輸入",
    "需要聯網": "需要連線",
    "數據": "資料",
    "後臺": "背景",
    "臺帳": "台帳",
    "這臺": "這台",
    "一臺": "一台",
    "聯繫": "聯絡",
    "審核併發出": "審核並發出",
    "同意併發出": "同意並發出",
    "查明瞭": "查明了",
    "下劃線": "底線",
    "網絡": "網路",
    "短信": "簡訊",
    "軟件": "軟體",
    "鏈接": "連結",
    "搜索": "搜尋",
    "導出": "匯出",
    "導入": "匯入",
    "登錄": "登入",
    "打印": "列印",
    "粘貼": "貼上",
    "刷新": "重新整理",
    "密鑰": "金鑰",
    "賬": "帳",
    "發佈": "發布",
    "公佈": "公布",
    "宣佈": "宣布",
    "併發布": "並發布",
    "迴音": "回音",
    "“": "「",
    "”": "」",
}


def catalogue_path(locale: str) -> Path:
    """Where the catalogue of a locale lies."""
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


def extract() -> Catalog:
    """Every marked string of the package, with the files it stands in (no line numbers, so that moving code changes nothing)."""
    found = Catalog(project="huiying", charset="utf-8")
    for file, _line, message, comments, context in extract_from_dir(
        PACKAGE, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, locations=[(file, 1)], auto_comments=comments, context=context)
    return found


def read(locale: str) -> Catalog:
    """The stored catalogue of a locale; an empty one where there is none yet."""
    path = catalogue_path(locale)
    if not path.is_file():
        return Catalog(locale=locale, project="huiying", charset="utf-8", fuzzy=False, header_comment=HEADER)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def update(template: Catalog | None = None) -> None:
    """Bring both catalogues up to the sources, and propose Traditional Chinese where it is empty."""
    template = template or extract()
    for locale in LOCALES:
        catalogue = read(locale)
        # A copy: the catalogue keeps the template's own message objects, and both locales would share them.
        catalogue.update(deepcopy(template), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        if locale == "zh_Hant":
            propose_traditional(catalogue)
        _write_if_changed(catalogue_path(locale), catalogue)


def propose_traditional(catalogue: Catalog) -> None:
    """Fill empty entries by OpenCC and say so in a comment, for the reviewer to take away."""
    for message in _messages(catalogue):
        if _is_translated(message):
            continue
        # One plural form in Chinese: the last source form serves.
        text = traditional(_sources(message)[-1])
        message.string = (text,) if isinstance(message.id, tuple) else text
        message.user_comments = [MARK]


def traditional(text: str) -> str:
    """A Simplified sentence in Traditional characters, in words that its readers use."""
    text = str(_converter().convert(text))
    for ours, theirs in WORDS.items():
        text = text.replace(ours, theirs)
    return text


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2tw")


def compile_all() -> None:
    """Write the compiled catalogues that the program reads."""
    for locale in LOCALES:
        buffer = BytesIO()
        write_mo(buffer, read(locale))
        path = catalogue_path(locale).with_suffix(".mo")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(buffer.getvalue())


def check(template: Catalog | None = None) -> list[str]:
    """What is missing or wrong, a sentence each: every word must stand in every language, with equal placeholders."""
    template = template or extract()
    return [problem for locale in LOCALES for problem in _problems(locale, read(locale), template)]


def _problems(locale: str, catalogue: Catalog, template: Catalog) -> Iterator[str]:
    for source in _messages(template):
        known = catalogue.get(source.id, context=source.context)
        words = _sources(source)[0]
        if known is None or not _is_translated(known):
            yield f"{locale}: not translated: {words} ({source.locations[0][0]})"
        elif not _same_placeholders(known):
            yield f"{locale}: placeholders differ: {words}"


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _sources(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def _forms(message: Message) -> list[str]:
    held = message.string
    return [held or ""] if held is None or isinstance(held, str) else [form or "" for form in held]


def _is_translated(message: Message) -> bool:
    return all(_forms(message))


def _same_placeholders(message: Message) -> bool:
    wanted = set(PLACEHOLDER.findall(_sources(message)[-1]))
    *others, last = [set(PLACEHOLDER.findall(form)) for form in _forms(message)]
    # A singular may leave the number out ("tomorrow"); the last form holds them all.
    return last == wanted and all(other <= wanted for other in others)


def _write_if_changed(path: Path, catalogue: Catalog) -> None:
    buffer = BytesIO()
    write_po(
        buffer,
        catalogue,
        width=110,
        sort_output=True,
        include_lineno=False,
        omit_header=False,
        ignore_obsolete=True,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    # Dates and names in the header would change the file each time nothing else did.
    text = re.sub(rb'^"(' + "|".join(UNSTABLE).encode() + rb"): .*\n", b"", buffer.getvalue(), flags=re.M)
    if not path.is_file() or path.read_bytes() != text:
        path.write_bytes(text)


def _check_aloud() -> int:
    problems = check()
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    return 1 if problems else 0


def _extract_aloud() -> int:
    sys.stdout.writelines(f"{message.id}\n" for message in _messages(extract()))
    return 0


COMMANDS: dict[str, Callable[[], int | None]] = {
    "extract": _extract_aloud,
    "update": update,
    "compile": compile_all,
    "check": _check_aloud,
}


def main(arguments: list[str]) -> int:
    """Run one of the commands; returns the exit code (0 well, 1 something is missing, 2 no such command)."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        sys.stderr.write(f"usage: python -m huiying.web.shared.translate {'|'.join(COMMANDS)}\n")
        return 2
    return COMMANDS[arguments[0]]() or 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
