"""Small sets of messages with labels, invented: what tests of advice train on."""

from itertools import product
from random import Random

ROADS = ("中山路", "汉口路", "长江路", "龙蟠路", "北京东路", "珠江路", "苏州路", "云南路")
SAID = {
    "井盖": ("井盖破损", "井盖缺失", "窨井盖松动异响", "路面井盖翘起"),
    "噪音": ("夜间施工噪音大", "广场舞音响噪音扰民", "空调外机噪音吵得睡不着", "工地打桩噪音"),
    "停水": ("小区停水两天", "自来水停水无通知", "水管爆裂停水", "家里停水没有水用"),
}
ENDINGS = ("，请尽快处理", "，希望派人看看", "，影响出行", "，麻烦核实")


def messages(seed: int = 1) -> list[dict[str, str]]:
    """Give 384 messages of three kinds, with the sentence each was cast from."""
    made = [
        {"text": f"{road}{said}{ending}", "label": label, "mould": said}
        for label, words in SAID.items()
        for said, road, ending in product(words, ROADS, ENDINGS)
    ]
    Random(seed).shuffle(made)
    return made


def cases() -> list[dict[str, str]]:
    """Give cases without a text: the unit follows from type and street together."""
    return [
        {"type": kind, "street": street, "unit": f"{street}{'城管' if kind == '占道' else '水务'}"}
        for kind, street, _ in product(("占道", "积水"), ("东街", "西街", "南街"), range(12))
    ]
