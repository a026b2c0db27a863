"""Names of persons in role lines: a plan names posts, and a reader keeps no one's name beside one."""

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_NAME = re.compile(
    rf"(?:(?<=[：:、，,；\s\t（(])|^)([{_SURNAMES}][\u3400-\u9fff某×xX*]{{1,2}})(?=[、，,；。\s\t（()）]|$)"
)
_POST_WORDS = re.compile(
    r"[长记任员组处科部局校院办总理师表位干警队委站所室班工会主席公司政府街道乡镇村区县市机构门中心库材车"
    r"组织队伍医护教学生代]"
)
_LABEL = re.compile(r"[^：:\t]{1,16}[：:\t]\s*")


def without_names(words: str) -> tuple[str, bool]:
    """A role line without persons' names, and whether it had any; a line with nothing but a name stays, as a guess."""
    label = _LABEL.match(words)
    begin = label.end() if label else 0
    rest = words[begin:]
    found = [hit for hit in _NAME.finditer(rest) if not _POST_WORDS.search(hit[1])]
    if not found:
        return words, False
    kept = rest
    for hit in reversed(found):
        kept = kept[: hit.start(1)] + kept[hit.end(1) :]
    kept = re.sub(r"^[、，,\s]+|(?<=[、，,])[、，,\s]+|[（(]\s*[)）]|[、，,\s]+$", "", kept)
    return (words[:begin] + kept, True) if re.search(r"[\u3400-\u9fff]", kept) else (words, True)
