"""The model that ships, asked as a call-taker would: right among the first three, and not too sure.

None of these messages is among those that it learnt from.
"""

import pytest

from console.advise.bands import read_bands
from console.advise.invented import SAID
from console.advise.model import read_model
from console.base import resources

FIRE, LEAK, WATER = "EMFV-01", "DMHL-02-17", ("DMSW-02", "EMCR-06")
PLAIN = {
    "三楼窗户往外冒火": (FIRE,),
    "有个小吃店烧起来了 火特别大": (FIRE,),
    "电瓶车在楼道里烧起来，快来": (FIRE,),
    "卫生间顶上一直滴水 楼上不承认": (LEAK,),
    "墙角渗水 霉斑越来越大": (LEAK,),
    "夜里十二点对面工地还在敲敲打打": ("DMHL-02-07",),
    "人行道上窨井盖子碎成两半": ("DMSW-06",),
    "路中央井盖不知道被谁拿走了": ("DMSW-06",),
    "楼下火锅店的油烟全飘进卧室": ("DMHL-02-11",),
    "烤鱼店烟囱正对着我家厨房": ("DMHL-02-11",),
    "暴雨把我们小区淹了 车库全是水": WATER,
    "桥洞底下水很深 有车抛锚": WATER,
    "步行街上人山人海 挤得喘不过气": ("SOCF-01", "SOCF-04"),
    "出站口有人被挤倒 后面的人踩上去了": ("SOCF-04",),
    "厨房里一股天然气味": ("EMCR-01", "DMHL-05-01"),
    "走廊里闻着像煤气漏了": ("EMCR-01", "DMHL-05-01"),
    "台风把门口的大树吹倒了 压着电瓶车": ("DMHL-02-30",),
    "一棵老槐树横在马路当中": ("DMHL-02-30",),
    "整条巷子晚上没有灯": ("DMUM-05-01",),
    "家门口那盏路灯坏了半个月": ("DMUM-05-01",),
    "干完活老板不结账 工友都没拿到钱": ("DMHL-02-32",),
    "装修队三个月没发工资": ("DMHL-02-32",),
    "电梯里关了三个人": ("EMCR-07",),
    "小孩跟大人走散了": ("SOCF-06",),
    "全楼断电了": ("DMHL-04-02",),
    "狗没拴绳咬人": ("DMHL-02-05",),
}
UNSAID = (
    "我想问问", "你好 那边", "鼓楼区湖南路街道", "新街口附近", "dkfj slkdj",
    "Fire! building burning", "The street lamp is broken", "喂喂听得到吗",
    "我从外省回来后发高烧 要不要做核酸", "我在中山东路18号",
)  # fmt: skip
"""What tells of no case, or of no type that is active: nothing is advised, or a person is asked."""


@pytest.fixture(scope="module")
def model():
    return read_model(resources.path("advice/types.npz"))


def asked(model, said):
    judged = model.judge({"text": said})
    return judged, read_bands().of(judged)


def test_none_of_them_was_learnt():
    learnt = {p for said in resources.table(SAID)["said"].values() for p in said}
    assert not learnt & PLAIN.keys()


@pytest.mark.parametrize("said", PLAIN)
def test_the_right_type_is_among_the_first_three_and_a_wrong_one_is_never_automatic(model, said):
    judged, band = asked(model, said)
    picks = [pick.label for pick in judged.picks]
    assert judged.known
    assert set(picks) & set(PLAIN[said]), picks
    assert band != "automatic" or picks[0] in PLAIN[said]


def test_most_of_what_is_plainly_said_is_put_first(model):
    first = [asked(model, said)[0].picks[0].label in right for said, right in PLAIN.items()]
    assert sum(first) >= 0.9 * len(first)


@pytest.mark.parametrize("said", UNSAID)
def test_what_tells_of_no_case_gets_no_type(model, said):
    assert asked(model, said)[1] in ("unknown", "ask")


def test_what_decided_is_marked_in_the_message(model):
    said = "卫生间漏水，楼下的人来找"
    deciding = asked(model, said)[0].deciding
    assert any("漏水" in d.words for d in deciding)
    assert all(said[d.start : d.end] == d.words for d in deciding)


def test_it_is_small():
    assert resources.path("advice/types.npz").stat().st_size < 3 * 1024 * 1024
