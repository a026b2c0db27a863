"""What a document site puts before and behind a plan: cut, and kept only as evidence that pages were not read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from huiying.playbook.reading.parts import Line
from huiying.playbook.reading.pinyin import pinyin_found
from huiying.playbook.reading.script import simplified

NEAR = 60
_SITE = re.compile(
    r"(?:本站|本文档|本文库|文库网|文档网|原创力|人人文库|豆丁|道客巴巴|百度文库|book118)"
    r"|文档(?:评论|贡献|简介|介绍|格式|预览|一经付费|内容仅供)|(?:下载|收藏|举报|购买|分享)(?:本|该|此)?文档|该文档"
    r"|(?:成为|开通|加入)VIP|VIP(?:文档|会员|精品|免费)|版权(?:说明|申诉|归|声明)|侵权必究|(?:继续|免费)阅读|未经授权,?，?严禁"
    r"|已阅读\d+页|还剩\d+页|_第\d+页|共\d+页,?，?可?(?:阅读|预览)|相关(?:文档|推荐)|最新文档|猜你喜欢|提交评论|实名认证"
    r"|(?:用户|网友|合作方)[^。]{0,6}上传|上传(?:者|用户|文档)|积分下载|付费下载|点击(?:查看|下载)|查看更多|展开全文|收起全文|扫码|微信扫一扫"
    r"|WinRAR|PDF阅读器|压缩(?:文件|包)"
)
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|pptx?|txt|wps|rtf)(?:VIP|vip|免费)?$")
_ONLY_SIGNS = re.compile(r"[\W_]*")
_TAIL = re.compile(
    r"(?:文档)?评论(?:\(\d+\))?|文档评论.*|(?:温馨|友情)提示[:：]?|相关(?:文档|推荐)|最新文档|猜你喜欢|提交评论|版权声明|.*VIP精品文档"
)
_LEFT = re.compile(r"(?:还剩|剩余|其余|余下)[^\d。]{0,4}(\d{1,4})页(?:未读|内容未读|未阅读|未显示)?")
_PREVIEW = re.compile(
    r"(?:预览|试读)(?:已)?(?:结束|完毕|到此)|剩余内容|仅(?:支持|可|能)(?:预览|试读)|阅读全文(?:请|需)"
)
_OF = re.compile(r"共(\d{1,4})页,?，?可?(?:免费)?(?:阅读|预览|试读)(?:前)?(\d{1,4})页")
_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、章]|[（(]?[一二三四五六七八九十\d]{1,3}[)）.、])"
)


@dataclass(frozen=True, slots=True)
class Trimmed:
    """The lines of the plan itself, the numbers of those left out, and what they said about unread pages."""

    body: tuple[Line, ...]
    passed_over: tuple[int, ...]
    cut_off: tuple[str, ...]
    title: str


def trimmed(lines: Sequence[Line]) -> Trimmed:
    """Cut the site's head and tail, and lines that hold no letter or figure."""
    head = _head_end([_plain(line.text) for line in lines[:NEAR]])
    rest = lines[head:]
    tail = len(lines) - _tail_length([_plain(line.text) for line in rest[-NEAR:]])
    kept = [line for line in lines[head:tail] if not _ONLY_SIGNS.fullmatch(line.text)]
    numbers = {line.number for line in kept}
    passed = [line for line in lines if line.number not in numbers]
    outside = [_plain(line.text) for line in passed[: 2 * NEAR] if line.text.strip()]
    return Trimmed(
        tuple(kept),
        tuple(line.number for line in passed if line.text.strip()),
        tuple(_unread(outside)),
        _title(outside[:NEAR]),
    )


def _plain(text: str) -> str:
    """The beginning of a line in Simplified characters without pinyin and spaces, for the patterns alone."""
    text = text[:400]
    for start, end, _ in reversed(pinyin_found(text)):
        text = text[:start] + text[end:]
    return re.sub(r"\s", "", simplified(text))


def _is_site(text: str) -> bool:
    return bool(_SITE.search(text) or _FILE_NAME.search(text[-20:]))


def _head_end(lines: list[str]) -> int:
    """Where the head ends: behind the site's last line, before the first line that speaks for itself."""
    end = 0
    for index, text in enumerate(lines):
        if not text or _is_site(text):
            end = index + 1 if text else end
        elif len(text) > 40 or _NUMBERED.match(text) or text[-1] in "。；":
            break
    return end


def _tail_length(lines: list[str]) -> int:
    """How many of the last lines are the site's: from its first sure mark on, if most of the rest is its own."""
    for index, text in enumerate(lines):
        if not _TAIL.fullmatch(text) and not (_is_site(text) and len(text) < 60):
            continue
        after = [line for line in lines[index:] if line]
        own = [line for line in after if not _is_site(line) and not _TAIL.fullmatch(line)]
        if any(map(_is_site, after)) and all(len(line) <= 40 or line[0] in "•·" for line in own):
            return len(lines) - index
    return 0


def _unread(lines: list[str]) -> list[str]:
    """Sentences that say how many pages the site did not show."""
    found = []
    for text in lines:
        if left := _LEFT.search(text):
            found.append(f"网页写明还有{left[1]}页没有显示。")
        elif (shown := _OF.search(text)) and int(shown[2]) < int(shown[1]):
            found.append(f"网页写明共{shown[1]}页，只显示了{shown[2]}页。")
        elif _PREVIEW.search(text):
            found.append("网页写明这里只是试读，全文没有显示。")
    return list(dict.fromkeys(found))


def _title(lines: list[str]) -> str:
    """The name of the document as the site gives it: of a file, or with the number of a page."""
    for text in lines:
        named = re.fullmatch(r"(.{2,80}?)(?:_第\d+页|\.(?:docx?|pdf|pptx?|txt|wps|rtf)(?:VIP|免费)?)", text)
        if named:
            return named[1]
    return ""
