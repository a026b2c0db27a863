"""What an uploaded file is, and what stays in it: told by its content, never by its name."""

import time
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from huiying.records import files
from huiying.records.files import FileKind, office
from huiying.records.files.kinds import ARCHIVE, NOT_TAKEN, OLD_OFFICE, PROGRAM, SOUND, VECTOR
from huiying.rules.refusals import Incomplete
from tests.rooms.records import uploads

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def drawn(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            ("page.jpg", b"<html>" + uploads.SCRIPT, PROGRAM),
            ("page.txt", b"\xef\xbb\xbf  <!DOCTYPE html>", PROGRAM),
            ("drawing.svg", SVG, VECTOR),
            ("drawing.png", SVG, VECTOR),
            ("photo.jpg", b"MZ\x90\0" + bytes(60), PROGRAM),
            ("letter.pdf", b"\x7fELF" + bytes(60), PROGRAM),
            ("run.txt", b"#!/bin/sh\nrm -rf /\n", PROGRAM),
            ("papers.rar", b"Rar!\x1a\x07", ARCHIVE),
            ("papers.docx", uploads.zipped({"a.txt": b"a"}), ARCHIVE),
            ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), OLD_OFFICE),
            ("talk.mp3", b"ID3\x04" + bytes(60), SOUND),
            ("film.mp4", b"\0\0\0\x20ftypisom" + bytes(60), SOUND),
            ("talk.amr", b"#!AMR\n" + bytes(60), SOUND),
            ("noise.bin", bytes(range(256)), NOT_TAKEN),
        ],
    )
    def test_what_is_not_taken_is_said_in_one_sentence(self, name: str, data: bytes, sentence: str) -> None:
        with pytest.raises(Incomplete) as refusal:
            files.check(name, data)
        assert refusal.value.fields == {"file": sentence}

    @pytest.mark.parametrize(
        "name",
        ["letter.exe", "letter.jpg.exe", "letter.html", "letter.jpg", "..\\..\\letter.svg", "a/b.docx"],
    )
    def test_a_pdf_under_another_name_is_refused(self, name: str) -> None:
        with pytest.raises(Incomplete, match="对不上"):
            files.check(name, uploads.pdf())

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd.jpg", "C:\\tmp\\x.JPEG", "照片.heic", "image", ".jpg", ""]
    )
    def test_pictures_pass_for_one_another_and_a_path_in_the_name_does_nothing(self, name: str) -> None:
        assert files.check(name, uploads.jpeg()).kind is FileKind.JPEG

    def test_an_empty_file_is_refused(self) -> None:
        with pytest.raises(Incomplete, match="空的"):
            files.check("photo.jpg", b"")

    def test_a_file_above_the_limit_is_refused_before_it_is_looked_at(self) -> None:
        with pytest.raises(Incomplete, match="不超过 10 MB"):
            files.check("photo.jpg", bytes(files.most_bytes() + 1))

    @pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
    @pytest.mark.parametrize("side", [(10_000, 10_000), (65_000, 65_000), (8_001, 8_000)])
    def test_a_picture_of_a_hundred_million_pixels_is_refused_unread(self, side: tuple[int, int]) -> None:
        with pytest.raises(Incomplete, match="尺寸太大"):
            files.check("photo.png", uploads.giant_png(*side))

    @pytest.mark.parametrize(
        ("name", "whole"), [("a.jpg", uploads.jpeg()), ("a.png", uploads.png()), ("a.heic", uploads.heic())]
    )
    def test_half_a_picture_is_refused(self, name: str, whole: bytes) -> None:
        with pytest.raises(Incomplete, match="打不开"):
            files.check(name, whole[: len(whole) // 2])

    def test_a_document_that_unpacks_to_too_much_is_refused(self) -> None:
        bomb = uploads.docx(**{"word/big.xml": bytes(office.MOST_UNPACKED + 1)})
        assert len(bomb) < 1_000_000
        with pytest.raises(Incomplete, match="解开以后太大"):
            files.check("bomb.docx", bomb)

    def test_a_document_that_lies_about_its_size_is_refused(self) -> None:
        honest = uploads.docx(**{"word/big.xml": bytes(5_000_000)})
        size = (5_000_000).to_bytes(4, "little")
        with pytest.raises(Incomplete):
            files.check("bomb.docx", honest.replace(size, (50).to_bytes(4, "little")))

    @pytest.mark.parametrize(
        "part",
        [
            "word/vbaProject.bin",
            "word/activeX/activeX1.bin",
            "word/embeddings/oleObject1.bin",
            "word/embeddings/x.exe",
            "word/afchunk.htm",
            "word/embeddings/a.docm",
            "xl/embeddings/a.xlsm",
        ],
    )
    def test_a_document_with_a_program_inside_is_refused(self, part: str) -> None:
        with pytest.raises(Incomplete, match="程序"):
            files.check("a.docx", uploads.docx(**{part: b"x"}))

    def test_a_macro_document_renamed_is_refused(self) -> None:
        types = (
            b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
        )
        with pytest.raises(Incomplete, match="宏"):
            files.check("a.docx", uploads.docx(**{"[Content_Types].xml": types}))

    @pytest.mark.parametrize("part", ["../evil.xml", "/etc/evil.xml"])
    def test_a_document_whose_parts_climb_out_is_refused(self, part: str) -> None:
        with pytest.raises(Incomplete, match="打不开"):
            files.check("a.docx", uploads.docx(**{part: b"x"}))

    def test_a_broken_pdf_is_refused(self) -> None:
        with pytest.raises(Incomplete, match="PDF 打不开"):
            files.check("a.pdf", b"%PDF-1.7\n" + bytes(500))


class TestWhatStaysInAFile:
    def test_a_photograph_keeps_its_pixels_and_loses_place_camera_and_author(self) -> None:
        clean = files.check("photo.jpg", uploads.jpeg())
        picture = drawn(clean.data)
        assert clean.cleaned
        assert dict(picture.getexif()) == {}
        assert "comment" not in picture.info
        assert uploads.CAMERA.encode() not in clean.data
        assert picture.size == (60, 40)

    def test_a_photograph_held_sideways_is_turned_the_right_way_up(self) -> None:
        picture = drawn(files.check("photo.jpg", uploads.jpeg(orientation=6)).data)
        assert picture.size == (40, 60)
        red, _, blue = picture.convert("RGB").getpixel((20, 5))  # type: ignore[misc]
        assert red > 200 > 60 > blue

    def test_a_telephones_heic_becomes_a_jpeg_without_its_place(self) -> None:
        clean = files.check("IMG_0001.HEIC", uploads.heic())
        assert (clean.kind, clean.media_type, clean.ending) == (FileKind.JPEG, "image/jpeg", "jpg")
        assert dict(drawn(clean.data).getexif()) == {}

    @pytest.mark.parametrize(("name", "whole"), [("a.png", uploads.png()), ("a.jpg", uploads.jpeg())])
    def test_a_picture_that_is_also_a_page_and_an_archive_is_only_a_picture(
        self, name: str, whole: bytes
    ) -> None:
        both = whole + uploads.SCRIPT + uploads.zipped({"evil.exe": b"MZ"})
        clean = files.check(name, both)
        assert uploads.SCRIPT not in clean.data
        assert b"PK" not in clean.data[-200:]

    def test_a_pdf_loses_author_scripts_attachments_and_the_names_on_its_notes(self) -> None:
        clean = files.check("letter.pdf", uploads.pdf(script=True))
        assert clean.cleaned
        for trace in (
            b"JavaScript",
            b"app.alert",
            b"Launch",
            b"cmd.exe",
            b"bad.exe",
            b"OpenAction",
            b"Metadata",
        ):
            assert trace not in clean.data
        with pikepdf.open(BytesIO(clean.data)) as document:
            assert uploads.AUTHOR not in str(dict(document.docinfo))
            (note,) = document.pages[0].Annots  # type: ignore[misc]
            assert "/T" not in note
            assert str(note.Contents) == "批注"

    def test_a_pdf_loses_what_stood_before_and_behind_it(self) -> None:
        clean = files.check("letter.pdf", uploads.pdf() + uploads.SCRIPT + uploads.zipped({"a": b"b"}))
        assert uploads.SCRIPT not in clean.data

    def test_a_photograph_inside_a_pdf_loses_its_place(self) -> None:
        clean = files.check("scan.pdf", uploads.pdf(photograph=True))
        assert clean.cleaned
        with pikepdf.open(BytesIO(clean.data)) as document:
            raw = document.pages[0].Resources.XObject.Im0.read_raw_bytes()
        assert dict(drawn(raw).getexif()) == {}

    def test_a_pdf_with_a_password_is_kept_as_it_came_and_marked(self) -> None:
        locked = uploads.pdf(password="x")
        clean = files.check("locked.pdf", locked)
        assert (clean.data, clean.cleaned) == (locked, False)

    def test_a_word_file_loses_author_company_template_and_the_place_in_its_pictures(self) -> None:
        clean = files.check("letter.docx", uploads.docx())
        assert (clean.kind, clean.cleaned) == (FileKind.DOCX, True)
        parts = uploads.opened(clean.data)
        assert uploads.AUTHOR.encode() not in b"".join(parts.values())
        assert "正文".encode() in parts["word/document.xml"]
        assert b"evil.example" not in parts["word/_rels/settings.xml.rels"]
        assert b"kept.example" in parts["word/_rels/settings.xml.rels"]
        assert dict(drawn(parts["word/media/image1.jpeg"]).getexif()) == {}

    @pytest.mark.parametrize("part", ["word/media/image2.emf", "word/embeddings/sheet.xlsx"])
    def test_a_word_file_with_a_part_that_cannot_be_looked_into_is_kept_and_marked(self, part: str) -> None:
        clean = files.check("letter.docx", uploads.docx(**{part: b"x"}))
        assert not clean.cleaned
        assert uploads.AUTHOR.encode() not in uploads.opened(clean.data)["docProps/core.xml"]

    def test_an_excel_file_is_told_from_a_word_file(self) -> None:
        parts = uploads.opened(uploads.docx())
        parts["xl/workbook.xml"] = parts.pop("word/document.xml")
        assert files.check("table.xlsx", uploads.zipped(parts)).kind is FileKind.XLSX

    def test_an_excel_file_loses_its_printer_and_who_wrote_its_comments(self) -> None:
        parts = uploads.opened(uploads.docx())
        del parts["word/document.xml"]
        parts |= {
            "xl/workbook.xml": b"<workbook/>",
            "xl/worksheets/sheet1.xml": b'<worksheet><pageSetup orientation="portrait" r:id="rId1"/></worksheet>',
            "xl/worksheets/_rels/sheet1.xml.rels": b'<Relationships><Relationship Id="rId1"'
            b' Type="http://x/printerSettings" Target="../printerSettings/printerSettings1.bin"/></Relationships>',
            "xl/printerSettings/printerSettings1.bin": uploads.AUTHOR.encode(),
            "xl/comments1.xml": f"<comments><authors><author>{uploads.AUTHOR}</author></authors></comments>".encode(),
        }
        clean = files.check("table.xlsx", uploads.zipped(parts))
        left = uploads.opened(clean.data)
        assert clean.cleaned
        assert uploads.AUTHOR.encode() not in b"".join(left.values())
        assert b"rId1" not in b"".join(left.values())

    @pytest.mark.parametrize(
        "half",
        [b'<Relationship TargetMode="External" ', b"<Relationship ", b"<pageSetup ", b"<author ", b"aaaa"],
    )
    def test_half_tags_by_the_thousand_cost_no_more_than_their_length(self, half: bytes) -> None:
        parts = dict.fromkeys(("word/_rels/a.xml.rels", "xl/a.xml", "word/comments.xml"), half * 50000)
        began = time.process_time()
        files.check("letter.docx", uploads.docx(**parts))
        assert time.process_time() - began < 10

    @pytest.mark.parametrize(
        "relation",
        [
            b'<r:Relationship Type="x/attachedTemplate" Target="http://evil.example/" TargetMode="External"/>',
            b'<Relationship Type="x/attachedTemplate" Target = "http://evil.example/" TargetMode = "External"/>',
            b'<Relationship Type="x/image" Target="http://evil.example/hyperlink" TargetMode="External"/>',
            b"<Relationship Type='x/image' Target=\"http://evil.example/?Type='a/hyperlink'\" TargetMode='External'/>",
            b'<Relationship Type="x/image" Target="http://evil.example/" TargetMode="&#69;xternal"/>',
            b'<Relationship Type="x/image" Target="http://evil.example/?a>b" TargetMode="External"/>',
        ],
    )
    def test_nothing_is_fetched_however_the_reference_is_written(self, relation: bytes) -> None:
        part = {"word/_rels/settings.xml.rels": b"<Relationships>" + relation + b"</Relationships>"}
        left = uploads.opened(files.check("letter.docx", uploads.docx(**part)).data)
        assert b"evil.example" not in left["word/_rels/settings.xml.rels"]
        assert b"about:blank" in left["word/_rels/settings.xml.rels"]

    @pytest.mark.parametrize(
        "part",
        [
            "<Relationships/>".encode("utf-16"),
            b"<!DOCTYPE a><a/>",
            b'<?xml version="1.0" encoding="UTF-7"?><a/>',
        ],
    )
    def test_a_part_that_these_patterns_cannot_read_is_refused(self, part: bytes) -> None:
        with pytest.raises(Incomplete):
            files.check("letter.docx", uploads.docx(**{"word/_rels/settings.xml.rels": part}))

    def test_a_companys_own_form_that_may_name_people_is_kept_and_marked(self) -> None:
        form = {"customXml/item1.xml": b"<p:UserInfo><p:DisplayName>x</p:DisplayName></p:UserInfo>"}
        assert not files.check("letter.docx", uploads.docx(**form)).cleaned
        assert files.check("letter.docx", uploads.docx(**{"customXml/item1.xml": b"<b:Sources/>"})).cleaned

    def test_a_word_file_whose_main_part_is_numbered_is_a_word_file(self) -> None:
        parts = uploads.opened(uploads.docx())
        parts["word/document2.xml"] = parts.pop("word/document.xml")
        assert files.check("letter.docx", uploads.zipped(parts)).kind is FileKind.DOCX

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_a_text_is_kept_in_utf_8(self, encoding: str) -> None:
        clean = files.check("letter.txt", "水渠堵了\n".encode(encoding))
        assert (clean.kind, clean.data) == (FileKind.TEXT, "水渠堵了\n".encode())


SAMPLES = {
    "a.jpg": uploads.jpeg(),
    "a.png": uploads.png(),
    "a.heic": uploads.heic(),
    "a.pdf": uploads.pdf(script=True, photograph=True),
    "a.docx": uploads.docx(),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(sorted(SAMPLES)),
    changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=12),
    kept=st.floats(0.02, 1),
)
def test_a_damaged_file_is_cleaned_or_refused_and_nothing_else(
    name: str, changes: list[tuple[float, int]], kept: float
) -> None:
    data = bytearray(SAMPLES[name])
    for where, byte in changes:
        data[int(where * len(data))] = byte
    try:
        files.check(name, bytes(data[: max(1, int(kept * len(data)))]))
    except Incomplete as refused:
        assert set(refused.fields) == {"file"}
