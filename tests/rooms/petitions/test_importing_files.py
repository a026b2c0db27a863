"""Files of other systems: workbooks are measured before they are believed, columns guessed, senders always dropped."""

import io
import zipfile
from datetime import datetime

import pytest

from huiying.petitions.importing import (
    FileRefused,
    Guess,
    MapRefused,
    Parsed,
    Part,
    files,
    guess,
    map_of,
    open_sheet,
    parse,
    read_map,
    workbooks,
    written,
)
from huiying.petitions.importing.headings import part_named, person_named
from huiying.petitions.importing.values import channel_said, matter_said, outcome_said
from huiying.records.clock import SHANGHAI
from huiying.rules.refusals import Incomplete

AT = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = (
    "受理编号",
    "来信人姓名",
    "联系电话",
    "信访标题",
    "来信日期",
    "反映内容",
    "问题属地",
    "内容分类",
    "回复内容",
    "回复时间",
)
ROW = (
    "S-1",
    "张小喵甲",
    "13000000000",
    "水渠不通",
    46027.25,
    "张小喵甲反映水渠堵了两个月",
    "东村",
    "劳动和社会保障",
    "已疏通",
    46030,
)


def cell(place: str, value: object) -> str:
    """One cell; numbers from 40000 on are written as dates."""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    style = ' s="1"' if isinstance(value, int | float) and value > 40_000 else ""
    return f'<c r="{place}"{style}><v>{value}</v></c>'


def sheet_of(rows: list[tuple[object, ...]]) -> str:
    """The rows as a sheet's inside."""
    return "".join(
        f'<row r="{n}">{"".join(cell(f"{chr(65 + at)}{n}", value) for at, value in enumerate(row))}</row>'
        for n, row in enumerate(rows, start=1)
    )


def workbook(inside: str, **more: bytes) -> bytes:
    """An .xlsx file with one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET}.sheet.main+xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="s" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="t" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="s"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
        )
        packed.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{MAIN}"><sheetData>{inside}</sheetData></worksheet>',
        )
        for name, content in more.items():
            packed.writestr(f"xl/worksheets/{name}.xml", content)
    return out.getvalue()


def guessed(content: bytes) -> Guess:
    """What the columns are taken for."""
    sheet = open_sheet(content)
    return guess(sheet, [cells for _line, cells in sheet.rows])


def read(content: bytes) -> Parsed:
    """The file by its guess."""
    known = guessed(content)
    return parse(content, map_of(known, known.parts, source=known.source), at=AT)


def test_a_workbook_with_a_title_above_its_headings_is_read_with_its_dates() -> None:
    parsed = read(workbook(sheet_of([("青溪镇来信台账",), HEAD, ROW])))
    assert parsed.bad == ()
    row = parsed.rows[0]
    assert (row.line, row.title, row.place) == (3, "水渠不通", "东村")
    assert row.received_at == datetime(2026, 1, 5, 6, 0, tzinfo=SHANGHAI)
    assert row.replied_at == datetime(2026, 1, 8, tzinfo=SHANGHAI)
    assert row.matter == "labour"
    assert row.text == "（隐去）反映水渠堵了两个月"


def test_senders_columns_are_dropped_by_heading_or_by_what_stands_in_them() -> None:
    text = "标题,时间,内容,备用\n灯,2026-01-05,路灯不亮,13000000000\n渠,2026-01-06,水渠不通,13000000001\n"
    known = guessed(text.encode())
    assert [column.heading for column in known.columns if column.person] == ["备用"]
    chosen = map_of(known, {**known.parts, 3: Part.CLAIM}, source="s")
    assert chosen.drop == ("备用",)
    assert Part.CLAIM not in chosen.columns


@pytest.mark.parametrize(
    "heading",
    [
        "姓名",
        "聯繫電話",
        "身份证号码",
        "来信人",
        "Email",
        "E-mail",
        "家庭住址",
        "用户名",
        "phone number",
        "QQ 号",
    ],
)
def test_these_headings_speak_of_the_sender(heading: str) -> None:
    assert person_named(heading)
    assert part_named(heading) is None
    with pytest.raises(MapRefused, match="never imported"):
        read_map(f'source = "s"\n[columns]\ntext = "内容"\nreceived_at = "时间"\ntitle = "{heading}"\n')


@pytest.mark.parametrize(
    "heading", ["来电内容", "反映人数", "电话记录", "承办人姓名", "被反映单位", "信访人满意度"]
)
def test_these_headings_do_not(heading: str) -> None:
    assert person_named(heading) is None


def test_what_no_heading_names_is_told_by_its_cells() -> None:
    text = "甲;乙;丙\n一;2026-01-05;水渠堵了两个月，雨天出门要蹚水，请来看看\n二;2026年1月6日;村口三盏路灯不亮，孩子摸黑走路\n"
    assert guessed(text.encode("gb18030")).parts == {1: Part.RECEIVED_AT, 2: Part.TEXT}


def test_what_people_write_is_not_taken_for_headings() -> None:
    told = "打过热线电话，答复说已经转办，手机也留了，电话没人接。" * 3
    text = f"留言编号,留言用户,留言主题,留言时间,留言详情\n1,用户1,水渠,2026-01-05,{told}\n2,用户2,路灯,2026-01-06,{told}\n"
    sheet = open_sheet(text.encode())
    assert (sheet.delimiter, sheet.header[0], len(sheet.header)) == (",", "留言编号", 5)


def test_an_answer_without_its_date_is_not_proposed_and_not_taken() -> None:
    known = guessed("内容,时间,答复\n水渠不通,2026-01-05,已疏通\n".encode())
    assert Part.REPLY not in known.parts.values()
    with pytest.raises(Incomplete):
        map_of(known, {**known.parts, 2: Part.REPLY}, source="s")


def test_a_guessed_map_can_be_written_down_and_read_again() -> None:
    known = guessed(workbook(sheet_of([HEAD, ROW])))
    chosen = map_of(known, known.parts, source='台账 "甲"')
    assert read_map(written(chosen)) == chosen


def test_two_columns_of_one_name_are_told_apart() -> None:
    assert open_sheet("内容,时间,内容\n甲,2026-01-05,乙\n".encode()).header == ("内容", "时间", "内容（2）")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (workbook(sheet_of([HEAD, ROW]))[:-300], "不完整或已损坏"),
        (workbook('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'), "范围太大"),
        (workbook("<row"), "不完整或已损坏"),
        (workbook(""), "没有有内容的工作表"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧式的 .xls"),
        ("内容,时间\n".encode() + b"\xff\xfe\xff", "编码认不出来"),
        (b"one column only\n", "不是表格文件"),
        (b"   \n", "文件是空的"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read(content)


def test_a_few_kilobytes_that_unpack_to_gigabytes_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "UNPACKED_MAX", 1_000_000)
    bomb = workbook(sheet_of([HEAD, ROW]), sheet2=b" " * 2_000_000)
    assert len(bomb) < 10_000
    with pytest.raises(FileRefused, match="展开后太大"):
        open_sheet(bomb)


def test_more_rows_than_are_taken_stop_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "ROWS_MAX", 2)
    text = "编号,内容,时间\n" + "".join(f"{n},水渠不通,2026-01-05\n" for n in range(3))
    with pytest.raises(FileRefused, match="超过 2 行"):
        read(text.encode())


def test_words_of_other_systems_for_our_kinds() -> None:
    assert matter_said("城乡建设") == "works"
    assert matter_said("環境保護") == "environment"
    assert matter_said("说不清") is None
    assert channel_said("12345热线") == "call"
    assert channel_said("转办") == "import"
    assert outcome_said("不予支持") == "not_supported"
    assert outcome_said("支持") == "supported"
    assert outcome_said("已办") == "explained"
