"""A plan as PDF, set by typst with the words as data; what it needs is an extra (`requirements/pdf.txt`)."""

import json
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from huiying.playbook.document import PlanDocument
from huiying.playbook.export.blocks import Block, Heading, Rows, blocks_of
from huiying.playbook.export.flow import flows
from huiying.playbook.export.written import CannotExport

FONTS = "pylopdf_fonts_zh_cn"
PICTURE = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.picture), format: "svg", width: 480pt)\n'


def as_pdf(doc: PlanDocument) -> bytes:
    """The whole plan, tagged and in PDF/UA where typst allows. Raises CannotExport where the extra is absent."""
    if find_spec("typst") is None:
        raise CannotExport(
            "这台机器上没有安装生成 PDF 的程序。",
            rule="plan-export-pdf",
            remedy="请运行 make setup-pdf 后重试，或先导出 .docx 或 .html。",
        )
    source = files("huiying.playbook").joinpath("export/plan.typ").read_bytes()
    return _compiled(source, {"plan": json.dumps(_told(doc), ensure_ascii=False)}, "pdf")


def flow_as_png(doc: PlanDocument) -> list[bytes]:
    """The flow as pictures for Word, one a page; none where nothing can draw them."""
    if find_spec("typst") is None:
        return []
    return [_compiled(PICTURE.encode(), {"picture": picture}, "png") for picture in flows(doc)]


def _compiled(source: bytes, inputs: dict[str, str], form: Literal["pdf", "png"]) -> bytes:
    import typst

    standard = {"pdf_standards": "ua-1"} if form == "pdf" else {}
    run: Any = typst.compile  # its stubs tie the type of the source to that of the font folders
    made = run(source, format=form, sys_inputs=inputs, font_paths=_fonts(), ppi=200.0, **standard)
    return bytes(made if isinstance(made, bytes) else made[0])


def _fonts() -> list[str]:
    """The folder of the font package, where it is installed; typst finds those of the system by itself."""
    found = find_spec(FONTS)
    return [str(Path(found.origin).parent)] if found and found.origin else []


def _told(doc: PlanDocument) -> dict[str, object]:
    return {
        "title": doc.title,
        "blocks": [_block(block) for block in blocks_of(doc)],
        "pictures": flows(doc),
        "picture_words": f"{doc.title}：处置流程图；各步骤见上文的表。",
    }


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Heading):
        return {"kind": "heading", "depth": block.depth, "text": block.text}
    if isinstance(block, Rows):
        return {"kind": "rows", "head": block.head, "rows": block.rows, "columns": _shares(block)}
    return {"kind": "sentence", "text": block.text}


def _shares(block: Rows) -> list[float]:
    """How wide each column is: by its words, no column narrower than a quarter of the widest."""
    long = [
        sum(len(row[place]) for row in (block.head, *block.rows)) ** 0.5 for place in range(len(block.head))
    ]
    return [round(max(length, max(long) / 4), 2) for length in long]
