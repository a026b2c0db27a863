"""Importing through the page: looked at first, confirmed then; one's own files alone; nothing twice."""

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from huiying.petitions.importing import steps, waiting
from huiying.petitions.models import Petition, Reply, ReplyAnswer
from huiying.records import clock, master_key
from tests.cast import Cast, signed_in

HEAD = "编号,姓名,标题,来信时间,内容,答复意见,答复时间\n"
LAMP = "1,张小喵甲,路灯不亮,2026-01-05 08:30,我是张小喵甲，桥头的路灯坏了三天,张小喵甲您好：已修好,2026-01-09 10:00\n"
POND = "2,李小喵乙,鱼塘漏水,2026年1月6日,鱼塘漏水请来看看,,\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where files wait: a folder of each test's own."""
    settings.HUIYING = {**settings.HUIYING, "data_dir": tmp_path, "master_key_path": str(master_key.path())}
    return tmp_path / "imports"


def door(cast: Cast, who: str = "clerk") -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    signed_in(browser, cast.staff[who])
    return browser


def handed_in(browser: Client, text: str, name: str = "张小喵甲的台账.csv") -> HttpResponse:
    """The answer to a file that was handed in."""
    file = SimpleUploadedFile(name, text.encode("gb18030"))
    return browser.post(reverse("console:imports"), {"file": file})


def page_of(browser: Client, answer: HttpResponse) -> str:
    """The page that an answer leads to."""
    assert answer.status_code == 303
    return browser.get(answer["Location"]).content.decode()


def confirmed(browser: Client, answer: HttpResponse) -> HttpResponse:
    """The file of that answer, confirmed."""
    return browser.post(f"{answer['Location']}confirm/")


def test_a_file_is_shown_first_and_written_only_when_it_is_confirmed(cast: Cast) -> None:
    browser = door(cast)
    answer = handed_in(browser, HEAD + LAMP + POND)
    page = page_of(browser, answer)
    assert not Petition.objects.exists()
    assert "说的是来信人，不读取、不保存：姓名" in page
    assert "导入这 2 件" in page
    assert re.search(r'name="column_4"[^§]*?value="text" selected', page)
    done = page_of(browser, confirmed(browser, answer))
    assert "导入了 2 件信访事项" in done
    reply = Reply.objects.get()
    assert reply.sent_at.isoformat().startswith("2026-01-09T02:00")
    assert ReplyAnswer.objects.get(reply=reply).facts == "（隐去）您好：已修好"


def test_no_sender_is_shown_or_kept_in_the_clear_and_the_file_is_gone_afterwards(
    cast: Cast, folder: Path
) -> None:
    browser = door(cast)
    answer = handed_in(browser, HEAD + LAMP)
    assert "小喵" not in page_of(browser, answer)
    token = answer["Location"].rstrip("/").rpartition("/")[2]
    kept = list((folder / token).iterdir())
    assert {file.name for file in kept} >= {"key", "content", "state"}
    assert not any("小喵".encode(code) in file.read_bytes() for file in kept for code in ("utf-8", "gb18030"))
    confirmed(browser, answer)
    assert not (folder / token / "content").exists()
    assert not Petition.objects.filter(title__contains="小喵").exists()


def test_a_second_click_and_a_second_upload_import_nothing_twice(cast: Cast) -> None:
    browser = door(cast)
    answer = handed_in(browser, HEAD + LAMP + POND)
    confirmed(browser, answer)
    confirmed(browser, answer)
    assert Petition.objects.count() == 2
    again = page_of(browser, handed_in(browser, HEAD + LAMP + POND))
    assert "都导入过了" in again
    other = page_of(browser, handed_in(browser, HEAD + LAMP.replace("坏了三天", "又坏了")))
    assert "这个编号以前导入过，内容却不同" in other


def test_every_bad_row_is_named_and_the_whole_file_waits(cast: Cast) -> None:
    browser = door(cast)
    answer = handed_in(browser, HEAD + LAMP + POND.replace("2026年1月6日", "哪天"))
    page = page_of(browser, answer)
    assert "有 1 行不能导入" in page
    assert "收到时间“哪天”认不出是什么时间" in page
    assert "导入这" not in page
    listed = browser.get(f"{answer['Location']}bad.csv").content.decode("utf-8-sig")
    assert listed.splitlines()[1].startswith("3,")
    confirmed(browser, answer)
    assert not Petition.objects.exists()


def test_columns_can_be_chosen_again_but_never_the_senders(cast: Cast) -> None:
    browser = door(cast)
    answer = handed_in(
        browser, "甲列,手机,丙列\n2026-01-05,13000000000,水渠堵了两个月请来看看，雨天出门要蹚水\n"
    )
    chosen = {
        "column_0": "received_at",
        "column_1": "title",
        "column_2": "text",
        "source": "来信登记",
        "kind": "request",
    }
    page = page_of(browser, browser.post(answer["Location"], chosen))
    assert "可以导入的有 1 行" in page
    assert "13000000000" not in page
    wrong = browser.post(answer["Location"], {**chosen, "column_2": "received_at"})
    assert wrong.status_code == 422
    assert "请选出哪一列是“内容”" in wrong.content.decode()
    confirmed(browser, answer)
    assert Petition.objects.get().title.startswith("水渠堵了")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "请先选择|文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧式的 .xls"),
        (b"%PDF-1.7 etc", "不是表格文件"),
        (b"<html><table>", "这是网页"),
        (b"PK\x03\x04half", "不完整或已损坏"),
    ],
)
def test_what_is_no_table_gets_one_sentence(cast: Cast, content: bytes, said: str) -> None:
    answer = door(cast).post(reverse("console:imports"), {"file": io.BytesIO(content)})
    assert answer.status_code == 422
    assert re.search(said, answer.content.decode())


def test_another_clerks_file_is_not_there_and_officers_do_not_import(cast: Cast) -> None:
    answer = handed_in(door(cast), HEAD + LAMP)
    outsider = door(cast, "outside_clerk")
    assert outsider.get(answer["Location"]).status_code == 404
    assert confirmed(outsider, answer).status_code == 404
    assert door(cast, "officer_works").get(reverse("console:imports")).status_code == 403
    assert not Petition.objects.exists()


def test_a_large_file_is_a_job_that_may_run_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "AT_ONCE", 1)
    browser = door(cast)
    answer = handed_in(browser, HEAD + LAMP + POND)
    page = page_of(browser, confirmed(browser, answer))
    assert "正在导入" in page
    assert 'http-equiv="refresh"' in page
    assert not Petition.objects.exists()
    token = answer["Location"].rstrip("/").rpartition("/")[2]
    steps.import_step.call(token)
    steps.import_step.call(token)
    assert Petition.objects.count() == 2
    assert "导入了 2 件" in browser.get(answer["Location"]).content.decode()


def test_a_file_left_for_a_day_is_erased_and_so_is_one_that_nobody_wants(cast: Cast, folder: Path) -> None:
    browser = door(cast)
    left, unwanted = handed_in(browser, HEAD + LAMP), handed_in(browser, HEAD + POND)
    browser.post(f"{unwanted['Location']}erase/")
    assert browser.get(unwanted["Location"]).status_code == 404
    assert waiting.sweep(at=clock.now() + timedelta(hours=23)) == 0
    assert waiting.sweep(at=clock.now() + timedelta(hours=25)) == 1
    assert browser.get(left["Location"]).status_code == 404
    assert list(folder.iterdir()) == []
