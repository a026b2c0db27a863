"""What the copy of a confidential petition may not carry: found with its reason, replaced, and left to a person."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.rules.shielding import Trace, copied, hits, own_terms, remains

FOUND = [
    pytest.param("请打13800000000找我", Trace.PHONE, "13800000000", id="mobile"),
    pytest.param("请打138-0000-0000找我", Trace.PHONE, "138-0000-0000", id="mobile with dashes"),
    pytest.param("座机0838-0000000", Trace.PHONE, "0838-0000000", id="landline"),
    pytest.param("身份证110101199003070000。", Trace.ID_NUMBER, "110101199003070000", id="identity number"),
    pytest.param("护照号：E00000000", Trace.ID_NUMBER, "护照号：E00000000", id="passport"),
    pytest.param("卡号6222000000000000000", Trace.ACCOUNT, "6222000000000000000", id="bank card"),
    pytest.param("案号（2018）川01民初1029号", Trace.ACCOUNT, "案号（2018）川01民初1029号", id="court file"),
    pytest.param("微信号：abc_12345", Trace.CONTACT, "微信号：abc_12345", id="messenger"),
    pytest.param("邮箱a.b@example.com。", Trace.CONTACT, "a.b@example.com", id="mail"),
    pytest.param("车牌川A12345", Trace.PLATE, "川A12345", id="plate"),
    pytest.param("清河路12号3号楼2单元501室漏水", Trace.ADDRESS, "12号3号楼2单元501室", id="flat"),
    pytest.param("云岭村3组12号", Trace.ADDRESS, "12号", id="house in a village"),
    pytest.param("我叫王小明，", Trace.NAME, "王小明", id="says the name"),
    pytest.param("我叫陳小明，", Trace.NAME, "陳小明", id="says it in Traditional"),
    pytest.param("李主任没来", Trace.NAME, "李", id="surname and post"),
    pytest.param("和张师傅说过", Trace.NAME, "张", id="surname and address"),
    pytest.param("王某某动手", Trace.NAME, "王某某", id="half hidden already"),
    pytest.param("我家是唯一的残疾人户", Trace.RARE, "唯一的残疾人户", id="the only one of its kind"),
]


@pytest.mark.parametrize(("text", "trace", "words"), FOUND)
def test_a_trace_of_a_person_is_found_with_its_reason(text: str, trace: Trace, words: str) -> None:
    assert (trace, words) in [(hit.trace, hit.words(text)) for hit in hits(text)]
    assert words not in copied(text, hits(text))


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月5日下午，村口的水渠堵了两个月。",
        "花了12000元，还差3公里。",
        "K3线公交半小时一班，A3区也一样。",
        "请说明第三十四条怎么算60日。",
        "王村到李庄的路灯不亮。",
    ],
)
def test_what_the_matter_is_about_stays(text: str) -> None:
    assert copied(text, hits(text)) == text


def test_what_the_person_left_of_themselves_is_found_however_it_is_written() -> None:
    own = own_terms({"name": "试提事人", "phone": "000 0000 0001", "address": "云岭村口"})
    text = "试提事人住在云岭村口，电话000-0000-0001，大家都叫我事人。"
    assert [hit.trace for hit in hits(text, own=own)] == [Trace.OWN_RECORD] * 4
    left = copied(text, hits(text, own=own))
    assert not remains(left, own)
    assert "事人" not in left


def test_staff_named_in_the_text_are_found_from_the_lexicon() -> None:
    assert [hit.trace for hit in hits("林安说修好了", staff=["林安"])] == [Trace.STAFF]


def test_a_hit_that_a_person_wants_kept_stays_in_the_copy() -> None:
    text = "李主任说3栋的电梯要修。"
    found = hits(text)
    kept = frozenset(hit.start for hit in found if hit.trace is Trace.ADDRESS)
    assert copied(text, found, kept) == "〔某人〕主任说3栋的电梯要修。"


@given(text=st.text(max_size=300), own=st.lists(st.text(min_size=2, max_size=6), max_size=3))
def test_hits_never_overlap_and_the_copy_keeps_nothing_of_the_own_record(text: str, own: list[str]) -> None:
    found = hits(text, own=own)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= hit.start < hit.end <= len(text) for hit in found)


def test_a_number_in_full_width_letters_is_the_same_number() -> None:
    text = "请打１３９－０００００００１找我。"
    assert [hit.words(text) for hit in remains(text, own_terms({"phone": "13900000001"}))] == [
        "１３９－０００００００１"
    ]


def test_a_text_full_of_names_is_read_once_and_not_once_a_name() -> None:
    text = "我叫张三，" * 20_000
    began = time.process_time()
    assert len(hits(text)) == 20_000
    assert time.process_time() - began < 5
