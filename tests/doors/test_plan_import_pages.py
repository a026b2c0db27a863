"""A plan from a file, through the browser: handed in, gone through, made a draft."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from huiying.emergency.models import PlanImport, PlanVersion
from huiying.playbook.reading.deciding import guesses_left, reading_of
from tests.cast import Cast, signed_in
from tests.playbook.reading.invented import FIRE


def word_file() -> bytes:
    """The invented fire plan as a Word file."""
    document = Document()
    document.add_heading(FIRE[0], 0)
    for _kind, line in FIRE[1]:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def planner(client: Client, cast: Cast) -> Client:
    """The planner, signed in."""
    return signed_in(client, cast.planner)


def handed_in(browser: Client, content: bytes | None = None, name: str = "fire.docx") -> str:
    """The address of the page of a file that was handed in."""
    file = SimpleUploadedFile(name, word_file() if content is None else content)
    answer = browser.post(reverse("console:plan_imports"), {"file": file})
    assert answer.status_code == 303, answer.content.decode()[:2000]
    return str(answer["Location"]).partition("?")[0]


def waiting() -> list[str]:
    """The ids of the guesses that wait."""
    row = PlanImport.objects.get()
    from huiying.playbook.reading.deciding import decisions_of

    return [clause.id for clause in guesses_left(reading_of(row.reading), decisions_of(row.decisions))]


def test_the_neighbours_planner_and_a_duty_officer_find_no_import(planner: Client, cast: Cast) -> None:
    page = handed_in(planner)
    assert signed_in(Client(), cast.outside_leader).get(page).status_code in {403, 404}
    assert signed_in(Client(), cast.duty_officer).get(page).status_code == 403


def test_a_word_file_is_gone_through_and_becomes_a_draft(planner: Client, cast: Cast) -> None:
    page = handed_in(planner)
    shown = planner.get(page).content.decode()
    assert (
        "推测，待核对" in shown and 'href="#line-' in shown and "为在起火时让全体师生安全离开教学楼" in shown
    )
    refused = planner.get(page + "finish/").content.decode()
    assert "不能生成草案" in refused and f"#clause-{waiting()[0]}" in refused
    while ids := waiting():
        answer = planner.post(page, {"clause": ids[0], "verdict": "kept"})
        assert answer.status_code == 303
        if ids[1:]:
            assert answer["Location"].endswith(f"#clause-{ids[1]}")
    typed = {"title": "幸福里小学消防应急预案", "code": "school-fire", "body_kind": "unit"}
    wrong = planner.post(page + "finish/", {**typed, "code": "消防"})
    assert wrong.status_code == 422 and 'value="消防"' in wrong.content.decode()
    blank = planner.post(page + "finish/", {}).content.decode()
    assert all(f"请填写：{name}" in blank for name in ("预案名称", "编号", "制定机构的类别"))
    done = planner.post(page + "finish/", typed)
    assert done["Location"] == reverse("console:plan_version", args=["school-fire", 1])
    assert planner.get(done["Location"]).status_code == 200 and PlanVersion.objects.count() == 1
    assert "已生成草案" in planner.get(page).content.decode()


def test_a_clause_is_mended_dropped_joined_and_taken_back_and_the_page_says_so(
    planner: Client, cast: Cast
) -> None:
    page = handed_in(planner)
    assert (
        '<select class="select" id="id_kind-risk-1"' in planner.get(page, {"mend": "risk-1"}).content.decode()
    )
    mended = {"clause": "risk-1", "verdict": "mended", "kind": "principle", "title": "", "text": "先洗烟道。"}
    planner.post(page, mended)
    planner.post(page, {"clause": "risk-2", "verdict": "joined"})
    planner.post(page, {"clause": "scope-1", "verdict": "dropped"})
    shown = planner.get(page).content.decode()
    assert "先洗烟道。" in shown and "并入上一条" in shown and "read-dropped" in shown
    planner.post(page, {"clause": "scope-1", "verdict": "waits"})
    assert "read-dropped" not in planner.get(page).content.decode()
    wrong = planner.post(page, {**mended, "title": "留着的标题", "text": ""})
    assert wrong.status_code == 422 and "留着的标题" in wrong.content.decode()
    assert planner.post(page, {"clause": "risk-1", "verdict": "nonsense"}).status_code >= 400


def test_all_that_is_certain_is_confirmed_in_one_act(planner: Client, cast: Cast) -> None:
    page = handed_in(planner)
    left = waiting()
    assert planner.post(page + "certain/", {"page": "1"}).status_code == 303
    shown = planner.get(page).content.decode()
    assert "已确认" in shown and waiting() == left


def test_what_is_missing_mended_and_cut_off_is_said_with_its_reason(planner: Client, cast: Cast) -> None:
    page = handed_in(planner, "防汛预案\n三、职责\n村委会\u200b负责报告，在接报后\n".encode(), "x.txt")
    shown = planner.get(page).content.decode()
    assert "没有读到的部分" in shown and "突发事件应对法第28条" in shown
    assert "看不见的字符删去了" in shown and "文件不完整" in shown


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "空"),
        ("a.docx", b"PK\x03\x04 broken", "打不开"),
        ("a.pdf", b"%PDF-1.4 nothing", "PDF"),
        ("a.exe", b"MZ\x00\x01\x02\x03" * 50, "不"),
        ("a.txt", b"This plan is written in English and nothing else. " * 30, "中文"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_one_sentence_at_the_field(
    planner: Client, cast: Cast, name: str, content: bytes, words: str
) -> None:
    answer = planner.post(reverse("console:plan_imports"), {"file": SimpleUploadedFile(name, content)})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'id="id_file-error"' in page and words in page
    assert not PlanImport.objects.exists()


def test_no_file_at_all_is_said_at_the_field(planner: Client, cast: Cast) -> None:
    answer = planner.post(reverse("console:plan_imports"))
    assert answer.status_code == 422 and "请先选择预案文件" in answer.content.decode()


def test_giving_up_asks_first_and_leaves_nothing(planner: Client, cast: Cast) -> None:
    page = handed_in(planner)
    assert planner.get(page + "drop/").status_code == 200 and PlanImport.objects.get().reading
    assert planner.post(page + "drop/").status_code == 303
    assert planner.get(page).status_code == 404 and not PlanImport.objects.get().reading


def test_the_library_is_found_by_kind_state_and_title(planner: Client, cast: Cast) -> None:
    plans = reverse("console:plans")
    page = planner.get(plans).content.decode()
    assert "从文件导入" in page and "?from=university" in page
    assert "?from=university" not in planner.get(plans, {"body_kind": "township"}).content.decode()
    assert "没有符合条件" in planner.get(plans, {"q": "没有的", "kind": "unit"}).content.decode()
