"""Messages from a file: whatever they are written in, all or none, nothing twice, and never their senders."""

import argparse
import csv
import io
import os
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from huiying.config.importing import add_import_arguments, run_import
from huiying.petitions import actions
from huiying.petitions.actions.importing import Imported
from huiying.petitions.importing import FileRefused, MapRefused, Parsed, parse, read_map, shipped_maps
from huiying.petitions.importing.times import read_time
from huiying.petitions.models import Claim, Petition, Reply
from huiying.records import ledger, search
from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent, OutboxMessage, VaultEntry
from huiying.rules.clocks import Clock
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionState
from huiying.rules.refusals import NotPermitted, NotThere
from tests.cast import Cast

AT = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
MAP = """
source = "town-box"
drop = ["写信人"]
ignore = ["赞"]
[columns]
id = "号"
title = "题"
text = "内容"
received_at = "时间"
"""
REPLIES = MAP + 'reply = "答"\nreplied_at = "答时"\n'
HEAD = "号,写信人,题,时间,内容,赞\n"
REPLY_HEAD = "号,写信人,题,时间,内容,赞,答,答时\n"
LAMP = '1,张小喵甲,路灯不亮,2026-01-05 08:30:00,"\n\t\t桥头的路灯坏了三天。\n\t\t",0\n'
POND = '2,李小喵乙,鱼塘漏水,46028.75,"\u3000\u3000鱼塘\xa0漏水，请来看看。",2\n'


def parsed(text: str, chosen: str = MAP, encoding: str = "utf-8") -> Parsed:
    """The file as it is read."""
    return parse(text.encode(encoding), read_map(chosen), at=AT)


def imported(cast: Cast, what: Parsed, **changes: Any) -> Imported:
    """The file as the clerk of Qingxi imports it."""
    given = {
        "rows": what.rows,
        "source": "town-box",
        "body": cast.body,
        "unit": cast.units["works"],
        "by": cast.clerk,
        "at": AT,
        **changes,
    }
    return actions.petition_import(**given)


def reasons(text: str, chosen: str = MAP) -> list[tuple[int, str]]:
    """Every bad row with its line."""
    return [(bad.line, bad.reason) for bad in parsed(text, chosen).bad]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str) -> None:
    found = parsed((HEAD + LAMP + POND).replace(",", delimiter), encoding=encoding)
    assert [row.title for row in found.rows] == ["路灯不亮", "鱼塘漏水"]
    assert not found.bad


def test_layout_around_the_words_is_not_kept() -> None:
    lamp, pond = parsed(HEAD + LAMP + POND).rows
    assert lamp.text == "桥头的路灯坏了三天。"
    assert pond.text == "鱼塘 漏水，请来看看。"
    assert lamp.claim == "路灯不亮"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-01-05 08:30:00", datetime(2026, 1, 5, 8, 30)),
        ("2026/1/5 8:30", datetime(2026, 1, 5, 8, 30)),
        ("2026年1月5日", datetime(2026, 1, 5)),
        ("２０２６-01-05\xa008:30:00", datetime(2026, 1, 5, 8, 30)),
        ("46027.3541666667", datetime(2026, 1, 5, 8, 30)),
        ("46027", datetime(2026, 1, 5)),
    ],
)
def test_a_time_is_text_or_a_spreadsheet_serial(cell: str, expected: datetime) -> None:
    assert read_time(cell) == expected.replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize("cell", ["昨天", "2026-02-30", "2026-01-05 25:00", "460", "2026-01-05 08:30 左右"])
def test_what_names_no_instant_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_time(cell)


def test_every_bad_row_is_named_with_its_line_and_reason() -> None:
    bad = reasons(
        HEAD
        + LAMP
        + '3,丙,无题,昨天,"有话",0\n'
        + '4,丁,无题,2026-01-05,"  \n\u3000",0\n'
        + ',戊,无题,2026-01-05,"有话",0\n'
        + '5,己,无题,2027-01-05,"有话",0\n'
        + '6,庚,无题,2026-01-05,"有话",0,多一格\n'
        + f"7,辛,无题,2026-01-05,{'长' * 20_001},0\n"
        + '1,壬,路灯不亮,2026-01-05,"别的话",0\n'
    )
    assert bad == [
        (5, "收到时间“昨天”认不出是什么时间"),
        (6, "内容是空的"),
        (8, "原系统编号是空的"),
        (9, "收到时间在将来"),
        (10, "这一行有 7 格，和表头的列数不同；可能少了一个引号"),
        (11, "内容有 20001 个字，最多 20000 个字才能完整保存"),
        (12, "编号和第 2 行相同，内容却不同"),
    ]


def test_a_reply_must_be_there_and_after_the_message() -> None:
    line = '{},甲,题目,2026-01-05 08:00:00,"有话",0,{},{}\n'
    file = REPLY_HEAD + line.format(1, "已修好", "2026-01-04") + line.format(2, "", "2026-01-09")
    file += line.format(3, "", "") + line.format(4, "已修好", "")
    assert reasons(file, REPLIES) == [
        (2, "答复时间早于收到时间"),
        (3, "答复是空的"),
        (4, "答复是空的"),
        (5, "答复时间是空的"),
    ]
    waiting = parsed(file, "unanswered = true\n" + REPLIES)
    assert [row.reply for row in waiting.rows] == [""]


def test_an_exact_repeat_is_taken_once_and_said() -> None:
    found = parsed(HEAD + LAMP + LAMP)
    assert len(found.rows) == 1
    assert found.repeats == ((5, 2),)


def test_rows_without_numbers_are_known_by_what_they_say() -> None:
    chosen = MAP.replace('id = "号"\n', "").replace('["赞"]', '["赞", "号"]')
    first, second = parsed(HEAD + LAMP, chosen).rows + parsed(HEAD + "9" + LAMP[1:], chosen).rows
    assert first.key == second.key


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('text = "内容"\n', ""), "header of text"),
        (('title = "题"', 'titel = "题"'), "unknown part titel"),
        (('"town-box"', '""'), "needs `source`"),
        (('ignore = ["赞"]', 'ignore = ["题"]'), "题 twice"),
        (("[columns]", 'kind = "accusation"\n[columns]'), "one by one"),
        (("[columns]", "[columns"), "not valid TOML"),
        (('id = "号"', 'reply = "号"'), "belong together"),
    ],
)
def test_a_map_that_cannot_be_right_is_refused(change: tuple[str, str], said: str) -> None:
    with pytest.raises(MapRefused, match=said):
        read_map(MAP.replace(*change))


def test_a_column_the_map_does_not_speak_of_stops_the_file() -> None:
    with pytest.raises(FileRefused, match="手机"):
        parsed(HEAD.replace("赞", "赞,手机") + LAMP)
    with pytest.raises(FileRefused, match="没有“时间”这一列"):
        parsed(HEAD.replace("时间", "日期") + LAMP)


@pytest.mark.parametrize("name", ["message-board", "message-board-replies"])
def test_the_shipped_maps_drop_who_wrote(name: str) -> None:
    assert read_map(shipped_maps()[name]).drop == ("留言用户",)


def test_an_imported_message_is_a_registered_anonymous_petition_of_its_day(cast: Cast) -> None:
    assert imported(cast, parsed(HEAD + LAMP)) == Imported(petitions=1, answered=0, known=0)
    petition = Petition.objects.get()
    assert petition.state == PetitionState.REGISTERED
    assert (petition.channel, petition.confidentiality) == (Channel.IMPORT, Confidentiality.ANONYMOUS)
    assert petition.received_at == datetime(2026, 1, 5, 8, 30, tzinfo=SHANGHAI)
    assert petition.submissions.get().text == "桥头的路灯坏了三天。"
    clocks = {clock.clock: clock for clock in petition.clocks.all()}
    assert set(clocks) == {Clock.ROUTE, Clock.NOTICE, Clock.HANDLE}
    assert clocks[Clock.ROUTE].due_on.isoformat() == "2026-01-20"
    assert clocks[Clock.ROUTE].met_at is None
    assert not VaultEntry.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_an_imported_petition_goes_on_like_any_other(cast: Cast) -> None:
    imported(cast, parsed(HEAD + LAMP))
    petition = actions.petition_accept(petition=Petition.objects.get(), by=cast.clerk, at=AT)
    actions.petition_assign(petition=petition, unit=cast.units["works"], by=cast.clerk, at=AT)
    assert petition.state == PetitionState.HANDLING
    assert search.find("路灯", kind="petition", body_id=cast.body.pk, unit_ids={cast.units["works"].pk}) == [
        petition.pk
    ]


def test_an_answer_settles_it_with_the_dates_it_had_and_late_stays_late(cast: Cast) -> None:
    row = (
        LAMP.rstrip("\n").replace("2026-01-05", "2025-06-02") + ',"经查，路灯已修好。",2025-09-20 10:00:00\n'
    )
    assert imported(cast, parsed(REPLY_HEAD + row, REPLIES)).answered == 1
    petition = Petition.objects.get()
    assert petition.state == PetitionState.SETTLED
    assert petition.settled_at == datetime(2025, 9, 20, 10, 0, tzinfo=SHANGHAI)
    handle = petition.clocks.get(clock=Clock.HANDLE)
    assert handle.due_on.isoformat() == "2025-08-01"
    assert handle.met_at is not None
    assert handle.met_at.date() > handle.due_on
    claim, reply = Claim.objects.get(), Reply.objects.get()
    assert (claim.outcome, claim.facts) == ("explained", "经查，路灯已修好。")
    assert "原文未列" in claim.basis
    assert "原文未列" in claim.remedy
    assert reply.unit == cast.units["works"]
    assert reply.sent_by is None
    assert reply.review_due_on is not None


def test_every_step_has_its_event_and_every_event_holds(cast: Cast) -> None:
    row = LAMP.rstrip("\n") + ",已修好。,2026-01-09 10:00:00\n"
    imported(cast, parsed(REPLY_HEAD + row, REPLIES))
    events = list(LedgerEvent.objects.filter(subject_kind="petition").order_by("id"))
    assert [event.kind for event in events] == [
        EventKind.PETITION_IMPORTED,
        EventKind.PETITION_FILED,
        EventKind.PETITION_REGISTERED,
        EventKind.PETITION_ACCEPTED,
        EventKind.PETITION_ASSIGNED,
        EventKind.CLAIM_ANSWERED,
        EventKind.REPLY_SENT,
        EventKind.REPLY_SERVED,
    ]
    assert all(event.facts["imported"] for event in events)
    assert {event.actor_ref for event in events} == {str(cast.clerk.staff_id)}
    assert ledger.verify() == []


def test_a_second_import_brings_nothing_twice_whatever_the_file(cast: Cast) -> None:
    imported(cast, parsed(HEAD + LAMP))
    events = LedgerEvent.objects.count()
    again = imported(cast, parsed(HEAD + LAMP, encoding="gb18030"), at=AT + timedelta(days=1))
    assert again == Imported(petitions=0, answered=0, known=1)
    more = imported(cast, parsed((HEAD + POND + LAMP).replace(",", "\t")))
    assert (more.petitions, more.known) == (1, 1)
    assert Petition.objects.count() == 2
    assert LedgerEvent.objects.count() == events + 3


def test_a_fault_in_the_middle_leaves_nothing(cast: Cast) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt(done)

    events = LedgerEvent.objects.count()
    with pytest.raises(KeyboardInterrupt):
        imported(cast, parsed(HEAD + LAMP + POND), progress=stop)
    assert not Petition.objects.exists()
    assert LedgerEvent.objects.count() == events


def test_the_outsider_and_the_wrong_role_import_nothing(cast: Cast) -> None:
    what = parsed(HEAD + LAMP)
    with pytest.raises(NotThere):
        imported(cast, what, by=cast.outside_clerk)
    with pytest.raises(NotThere):
        imported(cast, what, unit=cast.outside_units["works"])
    for account in ("officer_works", "head_works", "supervisor", "system_admin"):
        with pytest.raises(NotPermitted):
            imported(cast, what, by=cast.officers[account])
    assert imported(cast, what, by=cast.clerk).petitions == 1


def everything_stored() -> str:
    """Every value of every row of every table, as one text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        stored: list[str] = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            stored += [str(row) for row in cursor.fetchall()]
    return "\n".join(stored)


def test_no_senders_name_reaches_the_database(cast: Cast) -> None:
    imported(cast, parsed(HEAD + LAMP + POND))
    stored = everything_stored()
    assert "桥头的路灯" in stored
    assert "小喵" not in stored


def test_an_answer_that_greets_the_sender_by_name_keeps_the_greeting_only(cast: Cast) -> None:
    row = LAMP.rstrip("\n").replace("桥头的", "我是张小喵甲，桥头的")
    imported(cast, parsed(REPLY_HEAD + row + ",张小喵甲您好：已修好。,2026-01-09\n", REPLIES))
    claim = Claim.objects.get()
    assert claim.facts == "（隐去）您好：已修好。"
    assert claim.petition.submissions.get().text == "我是（隐去），桥头的路灯坏了三天。"
    assert "小喵" not in everything_stored()


def command(*words: str) -> int:
    """`huiying import` with these words, in this process."""
    parser = argparse.ArgumentParser()
    add_import_arguments(parser)
    return run_import(parser.parse_args(words))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, a file with a bad row, and the map of both."""
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    (tmp_path / "good.csv").write_text(HEAD + LAMP + POND, encoding="gb18030")
    (tmp_path / "bad.csv").write_text(HEAD + LAMP + POND.replace("46028.75", "哪天"), encoding="utf-8")
    return tmp_path


def test_the_command_tries_imports_and_knows_what_it_did(
    cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (str(folder / "good.csv"), "--map", str(folder / "map.toml"), "--body", cast.body.code)
    assert command(*words, "--dry-run") == 0
    assert not Petition.objects.exists()
    assert command(*words, "--by", "clerk") == 0
    assert Petition.objects.count() == 2
    assert command(*words) == 0
    said = capsys.readouterr().out
    assert "Would import 2 petitions" in said
    assert "2 of 2 rows written" in said
    assert "2 rows were imported before" in said


def test_the_command_names_bad_rows_and_writes_nothing(
    cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (str(folder / "bad.csv"), "--map", str(folder / "map.toml"), "--body", cast.body.code)
    assert command(*words, "--dry-run") == 1
    assert command(*words) == 2
    assert "Line 5: 收到时间“哪天”认不出是什么时间." in capsys.readouterr().err
    assert not Petition.objects.exists()


def test_the_command_guesses_columns_and_imports_only_when_told(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "messages.csv"
    file.write_text(
        "编号,联系电话,标题,来信时间,内容\n1,13000000000,路灯不亮,2026-01-05,桥头的路灯坏了\n",
        encoding="utf-8",
    )
    words = (str(file), "--body", cast.body.code)
    assert command(*words, "--print-map") == 0
    assert read_map(capsys.readouterr().out).drop == ("联系电话",)
    assert command(*words) == 2
    assert not Petition.objects.exists()
    assert command(*words, "--yes") == 0
    assert Petition.objects.get().title == "路灯不亮"
    file.write_text(file.read_text(encoding="utf-8").replace("坏了", "修好了"), encoding="utf-8")
    assert command(*words, "--dry-run") == 1
    assert "这个编号以前导入过" in capsys.readouterr().err


def sample(name: str) -> bytes:
    """A file of real messages; skips where none are at hand."""
    folder = os.environ.get("HUIYING_SAMPLES", "")
    file = Path(folder) / "data" / name
    if not folder or not file.is_file():
        pytest.skip(f"needs {name} in the data folder that HUIYING_SAMPLES names")
    return file.read_bytes()


@pytest.mark.parametrize(
    ("name", "chosen"), [("cluster_dev.csv", "message-board"), ("reply_dev.csv", "message-board-replies")]
)
def test_real_messages_come_in_whole_are_found_and_leave_their_senders_out(
    cast: Cast, name: str, chosen: str
) -> None:
    content = sample(name)
    found = parse(content, read_map(shipped_maps()[chosen]), at=AT)
    assert not found.bad
    assert imported(cast, found).petitions == len(found.rows)
    senders = {row[1] for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))}
    stored = set(re.findall(r"[A-Z]+[0-9]{5,}", everything_stored()))
    assert not stored & senders
    assert search.find("小区", kind="petition", body_id=cast.body.pk, unit_ids=None)
