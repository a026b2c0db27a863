"""A plan as a Word document in the measures of GB/T 9704-2012: A4, 22 lines of 28 characters, 仿宋 in size three.

The standard's typefaces are not free: they are named, and Word takes what stands beside them where they are absent.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from huiying.playbook.document import PlanDocument
from huiying.playbook.export.blocks import Block, Heading, Rows, blocks_of

BODY, TITLE, FIRST, SECOND = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
SIZE, TITLE_SIZE, TABLE_SIZE = Pt(16), Pt(22), Pt(12)  # 三号, 二号, 小四
LINE = Pt(28.95)
HIGHEST = Mm(200)
FACES = {1: FIRST, 2: SECOND, 3: BODY}


def as_docx(doc: PlanDocument) -> bytes:
    """The whole plan; headings are Word's own, so that a table of contents can be made from them."""
    document = Document()
    _page(document)
    _styles(document)
    title = document.add_paragraph(style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(title, doc.title, TITLE, TITLE_SIZE)
    for block in blocks_of(doc):
        _block(document, block)
    _figure(document, doc)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = doc.title, "", ""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(footer, "— ", "宋体", Pt(14))
    _field(footer, "PAGE")
    _run(footer, " —", "宋体", Pt(14))


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = SIZE, "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = LINE
    normal.paragraph_format.space_after = Pt(0)


def _block(document: Any, block: Block) -> None:
    if isinstance(block, Rows):
        _table(document, block)
        return
    depth = block.depth if isinstance(block, Heading) else 0
    paragraph = document.add_paragraph(style=f"Heading {depth}" if depth else "Normal")
    paragraph.paragraph_format.first_line_indent = SIZE * 2
    paragraph.paragraph_format.line_spacing = LINE
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    _run(paragraph, block.text, FACES.get(depth, BODY), SIZE)


def _table(document: Any, block: Rows) -> None:
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    _row(table.rows[0], block.head, FIRST)
    _repeat(table.rows[0])
    for row in block.rows:
        _row(table.add_row(), row, BODY)


def _row(row: Any, words: tuple[str, ...], face: str) -> None:
    for cell, text in zip(row.cells, words, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(18)
        _run(paragraph, text, face, TABLE_SIZE)


def _repeat(row: Any) -> None:
    """The head stands on every page that the table reaches."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _figure(document: Any, doc: PlanDocument) -> None:
    """The flow as a picture, where the drawing program is installed; the tables of steps say the same."""
    from huiying.playbook.export.pdf import flow_as_png

    for number, picture in enumerate(flow_as_png(doc)):
        document.add_page_break()
        if not number:
            _run(document.add_paragraph(style="Heading 1"), "附：处置流程图", FIRST, SIZE)
        frame = document.add_paragraph()
        frame.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shape = frame.add_run().add_picture(BytesIO(picture), width=Mm(154))
        if shape.height > HIGHEST:
            shape.width, shape.height = round(shape.width * HIGHEST / shape.height), HIGHEST


def _run(paragraph: Any, text: str, face: str, size: Any) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.font.bold = size, "Times New Roman", False
    run.font.color.rgb = None
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _field(paragraph: Any, name: str) -> None:
    """A field that Word fills in: the page number."""
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(14)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)
