"""Small documents made here: Word files part by part, PDF files object by object."""

import zlib
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
A4 = (595, 842)
STYLES = (
    ("1", "heading 1", '<w:outlineLvl w:val="0"/>', ""),
    ("2", "heading 2", '<w:outlineLvl w:val="1"/>', ""),
    ("mine", "一级标题", "", "1"),
    ("deep", "节", '<w:outlineLvl w:val="2"/>', ""),
    ("toc1", "toc 1", "", ""),
)


def paragraph(
    text: str = "", *, style: str = "", number: tuple[int, int] | None = None, inner: str = ""
) -> str:
    """One paragraph; `number` is its list and level, `inner` comes as it is after the text."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text) if text else ''}{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Words in one form."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def level(at: int, count: str, drawn: str, more: str = "") -> str:
    """One level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{count}"/>{more}'
        f'<w:lvlText w:val="{drawn}"/></w:lvl>'
    )


def numbering(levels: str, uses: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    """A list pattern and the lists that use it."""
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{uses}'


def docx(
    body: str, *, lists: str = "", styles: tuple[tuple[str, str, str, str], ...] = STYLES, **parts: bytes
) -> bytes:
    """A Word file; further parts by name, with / written as __ and . as _dot_."""
    content = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" '
        f'ContentType="{PLAIN_TYPE}"/></Types>',
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("numbering", "numbering.xml")),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{''.join(_style(*each) for each in styles)}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{lists}</w:numbering>",
    }
    packed = {name: text.encode() for name, text in content.items()}
    return zipped(
        packed | {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    each = (
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _style(identifier: str, name: str, properties: str, based_on: str) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{base}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def set_text(*lines: tuple[float, float, str], size: int = 14) -> bytes:
    """Drawing of lines at (left, height); every character as wide as the letters are high."""
    return b"".join(
        f"BT /F1 {size} Tf {left} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n".encode()
        for left, y, text in lines
    )


PICTURE = b"q 500 0 0 700 40 60 cm /I1 Do Q\n"


def pdf(*pages: bytes, more: str = "") -> bytes:
    """A PDF of these drawings, with a Chinese font that every reader has and a small picture."""
    kids = " ".join(f"{10 + 2 * at} 0 R" for at in range(len(pages)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        4: b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 5 0 R >>",
        5: b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        6: _stream(
            b"\x80" * 4,
            "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
        ),
    }
    for at, drawing in enumerate(pages):
        objects[10 + 2 * at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Contents {11 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> /XObject << /I1 6 0 R >> >> >>"
        ).encode()
        objects[11 + 2 * at] = _stream(zlib.compress(drawing), "/Filter /FlateDecode")
    return _assembled(objects, more)


def pdf_of_forms(depth: int, times: int) -> bytes:
    """A few kilobytes in which every drawing draws the next one many times."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>",
        10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R "
        b"/Resources << /XObject << /X 20 0 R >> >> >>",
        11: _stream(b"/X Do", ""),
    }
    form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"
    for at in range(20, 20 + depth):
        inner = f"{form} /Resources << /XObject << /X {at + 1} 0 R >> >>"
        objects[at] = _stream(b"/X Do " * times, inner)
    return _assembled(objects | {20 + depth: _stream(b"0 0 m 9 9 l S", form)}, "")


def _stream(content: bytes, entries: str) -> bytes:
    return f"<< {entries} /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _assembled(objects: dict[int, bytes], more: str) -> bytes:
    out, places = b"%PDF-1.5\n", dict[int, int]()
    for number, content in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table_at = len(out)
    rows = "".join(
        f"{places[n]:010d} 00000 n \n" if n in places else "0000000000 00001 f \n"
        for n in range(1, max(objects) + 1)
    )
    size = max(objects) + 1
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer\n<< /Size {size} /Root 1 0 R {more} >>\n"
            f"startxref\n{table_at}\n%%EOF\n"
        ).encode()
    )
