"""When the crisis line is shown: what people write who think of dying, and what everybody says without meaning it."""

import time

import pytest

from huiying.rules.crisis import MEANT, NOT_MEANT, speaks_of_self_harm

MEANS_IT = (
    "我真的不想活了",
    "再不解决我就死给你们看",
    "再不解決我就死給你們看",
    "房子被拆了，活着没有意思，死了算了",
    "我已经写好遗书",
    "我媽說她想自殺",
    "没有人理我，我想自杀",
    "要不要自杀，我每天都在想",
    "儿子有轻生的念头",
    "她昨天喝了农药，救回来了",
    "我就从这里跳下去，跳楼给他们看",
    "实在活不下去了",
    "實在活不下去了",
    "我要点汽油自焚",
    "自 杀",
    "自\u200b杀",
    "我想死",
    "与其这样不如一死了之",
    "跟他们同归于尽",
    "孩子在学校割腕",
    "I want to die",
    "I don’t want to live any more",
    "I will kill myself if nothing is done",
    "I have been suicidal since the eviction",
    "She started self-harming",
    "笑死我了，其实我不想活",
    "这几天都在甩卖跳楼价，我也想跳楼",
)
DOES_NOT = (
    "累死了，跑了五趟还没办成",
    "笑死人了，这也叫修路",
    "气死我了",
    "氣死我了",
    "热死了，教室没有空调",
    "急死人",
    "想死你了，老家的水",
    "商场跳楼价大甩卖，广告扰民",
    "跳樓價",
    "我没有自杀的念头，只想把事情说清楚",
    "我不会轻生，请放心",
    "我沒有想過自殺",
    "建议学校开展预防自杀的课程",
    "请加强防止学生跳楼的护栏",
    "自杀式袭击的新闻",
    "重效益轻生产安全",
    "要减轻生活负担",
    "年轻生命需要保护",
    "吊车上吊装的钢梁掉下来",
    "街上吊桥坏了",
    "小店被封，店里实在活不下去了",
    "河水污染，鱼都活不下去",
    "孩子们跳河游泳很危险，请设警示牌",
    "他这是玩火自焚",
    "猜想死亡原因是缺氧",
    "我不想死，我想治病，请报销药费",
    "电池死机，路灯不亮",
    "死者家属的补偿款没有发",
    "deadline is killing me",
    "I am not suicidal, I only want an answer",
    "I don't want to die waiting for this road",
    "The suicide prevention leaflet is out of date",
    "I cut myself on the broken railing",
    "commercial suicide",
    "",
)


@pytest.mark.parametrize("text", MEANS_IT)
def test_whoever_speaks_of_dying_is_shown_the_line(text: str) -> None:
    assert speaks_of_self_harm(text)


@pytest.mark.parametrize("text", DOES_NOT)
def test_a_manner_of_speaking_a_negation_or_another_matter_is_not(text: str) -> None:
    assert not speaks_of_self_harm(text)


def test_one_of_several_texts_is_enough() -> None:
    assert speaks_of_self_harm("路灯坏了", "我不想活了")
    assert not speaks_of_self_harm("路灯坏了", "请修好")


def test_an_idiom_beside_the_thing_itself_hides_nothing() -> None:
    assert speaks_of_self_harm("累死了。我没有自杀的念头，但我妈妈想自杀。")


def test_every_row_says_why_it_stands_there() -> None:
    assert all(phrase.reason for phrase in (*MEANT, *NOT_MEANT))


@pytest.mark.parametrize("piece", ["想", "自", "不想", "活", "a ", "没有想过", "企业的", "防止跳", "kill "])
def test_the_longest_text_of_one_piece_is_read_within_a_second(piece: str) -> None:
    began = time.perf_counter()
    speaks_of_self_harm((piece * 100_000)[:100_000], "自杀" + (piece * 20_000)[:20_000])
    assert time.perf_counter() - began < 1
