"""A plan as a document: the three forms say the same, in the form of official documents, and nothing in a plan is code."""

import re
from io import BytesIO
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest

from huiying.playbook.document import PlanDocument
from huiying.playbook.export import FORMATS, CannotExport, export
from huiying.playbook.export import pdf as pdf_form
from huiying.playbook.export.blocks import Heading, Rows, Sentence, blocks_of, numeral
from huiying.playbook.export.flow import TALLEST, flow, flows
from huiying.playbook.shipped import shipped_plan, shipped_plans
from huiying.playbook.yaml_form import read
from tests.playbook.small import changed, small

CITY = "city-petition-incidents"


def city() -> PlanDocument:
    return shipped_plan(CITY)


def words_of_docx(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as parts:
        root = fromstring(parts.read("word/document.xml"))
    return "".join(element.text or "" for element in root.iter() if element.tag.endswith("}t"))


def test_every_clause_of_a_shipped_plan_stands_in_its_document():
    for doc in map(shipped_plan, shipped_plans()):
        told = "".join(_words(block) for block in blocks_of(doc))
        missing = [
            clause.id for clause in doc.clauses() if clause.text and clause.text.rstrip("。") not in told
        ]
        assert missing == []


def _words(block) -> str:
    if isinstance(block, Rows):
        return "".join(word for row in (block.head, *block.rows) for word in row)
    return block.text


def test_sections_are_numbered_as_official_documents_are_and_empty_ones_leave_no_gap():
    headings = [block.text for block in blocks_of(small()) if isinstance(block, Heading) and block.depth == 1]
    assert headings[0].startswith("一、")
    assert [heading.partition("、")[0] for heading in headings] == [
        numeral(n) for n in range(1, len(headings) + 1)
    ]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_ordinals_are_written_in_chinese(number, words):
    assert numeral(number) == words


def test_what_the_body_chose_itself_is_marked_and_what_the_law_says_is_cited():
    told = [block.text for block in blocks_of(city()) if isinstance(block, Sentence)]
    assert any(text.endswith("（本单位自定）") for text in told)
    assert any("《中华人民共和国突发事件应对法》第5条" in text for text in told)


def test_word_and_web_page_say_the_same():
    page = re.sub(
        r"<svg.*</svg>|<style.*</style>|<[^>]+>|\s", "", export(city(), "html").decode(), flags=re.DOTALL
    )
    word = re.sub(r"\s", "", words_of_docx(export(city(), "docx")))
    for clause in city().clauses():
        text = re.sub(r"\s", "", clause.text.rstrip("。"))
        assert (text in page) and (text in word)


def test_the_word_document_has_the_measures_of_the_standard():
    with ZipFile(BytesIO(export(small(), "docx"))) as parts:
        document, styles = parts.read("word/document.xml").decode(), parts.read("word/styles.xml").decode()
    assert 'w:w="11906"' in document  # A4, in twentieths of a point
    assert 'w:top="2098"' in document  # 37 mm
    assert "方正小标宋简体" in document
    assert "仿宋_GB2312" in styles


def test_words_of_a_plan_are_never_markup():
    doc = read(changed("title: 核实,", "title: '<script>alert(1)</script> #eval(1) $x$ {{ 7*7 }}',"))
    page = export(doc, "html").decode()
    assert "<script" not in page
    assert "{{ 7*7 }}" in page
    assert "#eval(1)" in words_of_docx(export(doc, "docx"))
    assert "<script" not in flow(doc)
    assert export(doc, "pdf").startswith(b"%PDF")


def test_the_pdf_is_tagged_for_people_who_do_not_see():
    content = export(city(), "pdf")
    assert content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in content
    assert b"pdfuaid" in content


def test_without_the_program_for_pdf_one_is_told_what_to_do_and_word_still_works(monkeypatch):
    monkeypatch.setattr(pdf_form, "find_spec", lambda name: None)
    with pytest.raises(CannotExport) as refused:
        export(small(), "pdf")
    assert "make setup-pdf" in refused.value.remedy
    assert words_of_docx(export(small(), "docx"))


def test_an_unknown_form_is_refused_with_those_there_are():
    with pytest.raises(CannotExport) as refused:
        export(small(), "odt")
    assert all(form in refused.value.remedy for form in FORMATS)


def test_the_flow_shows_every_step_once_and_splits_into_pages():
    doc = city()
    titles = re.findall(r"<text[^>]*>([^<]*)</text>", flow(doc))
    for step in doc.steps:
        assert any(step.title.startswith(title.rstrip("…")) for title in titles if title)
    pages = flows(doc)
    assert len(pages) > 1
    assert all(int(float(re.search(r'height="([\d.]+)"', page)[1])) <= TALLEST + 80 for page in pages)


def test_a_plan_with_a_circle_of_steps_is_still_drawn():
    doc = read(changed("id: verify, title: 核实,", "id: verify, needs: [tell], title: 核实,"))
    assert "核实" in flow(doc)


def test_a_plan_without_steps_has_a_document_without_a_flow():
    doc = small().model_copy(update={"phases": (), "special": ()})
    assert "流程图" not in export(doc, "html").decode()
    assert flows(doc) == []
