"""Rows of incidents as the queues hold them, made up by number; and the names of their codes."""

import random
from typing import Any

from console.domain.rows import NO_EXERCISE, SHAPES, Row
from ui.models.columns import Setting, Sheet, read, setting

NOON = 1_781_236_800_000
MINUTE = 60_000
DISTRICTS = {
    "320102": ("玄武区", ("梅园新村街道", "新街口街道", "玄武门街道", "锁金村街道")),
    "320104": ("秦淮区", ("夫子庙街道", "朝天宫街道", "五老村街道", "红花街道")),
    "320105": ("建邺区", ("莫愁湖街道", "沙洲街道", "兴隆街道", "南苑街道")),
    "320106": ("鼓楼区", ("华侨路街道", "湖南路街道", "宁海路街道", "中央门街道")),
    "320111": ("浦口区", ("江浦街道", "桥林街道", "星甸街道", "永宁街道")),
    "320113": ("栖霞区", ("仙林街道", "迈皋桥街道", "燕子矶街道", "马群街道")),
    "320115": ("江宁区", ("东山街道", "秣陵街道", "汤山街道", "淳化街道")),
    "320116": ("六合区", ("雄州街道", "龙池街道", "程桥街道", "马鞍街道")),
}
DEPARTMENTS = {
    "urb": "市城市管理局",
    "wat": "市水务局",
    "fire": "市消防救援支队",
    "tra": "市交通运输局",
    "pol": "市公安局交通管理局",
    "eco": "市生态环境局",
    "hou": "市住房保障和房产局",
    "mkt": "市市场监督管理局",
    "gas": "市城市建设集团燃气公司",
}
WHAT = (
    ("燃气管道施工挖断，现场有明显气味，附近约六十户居民已自行疏散", "燃气泄漏", "gas", "I"),
    ("地铁口积水约二十厘米，行人绕行，请尽快抽排", "道路积水", "wat", "III"),
    ("渣土车遗撒路面约三百米，后车连续避让", "抛洒滴漏", "urb", "IV"),
    ("井盖缺失，已有电动车摔倒，群众自发看护", "井盖缺损", "urb", "III"),
    ("小区电梯困人，三名老人一名儿童，物业联系不上维保", "电梯故障", "mkt", "II"),
    ("信号灯全灭，早高峰路口四向拥堵", "信号灯故障", "pol", "III"),
    ("夜间施工噪声扰民，已多次反映未见改善", "施工噪声", "eco", "routine"),
    ("占道经营，烧烤油烟直排，住户无法开窗", "占道经营", "urb", "routine"),
    ("行道树倾倒压住两辆轿车，无人员受伤", "树木倒伏", "urb", "IV"),
    ("路面塌陷约两平方米，深度不明，已设围挡", "路面塌陷", "tra", "II"),
    ("自来水发黄有异味，整栋楼均有反映", "水质异常", "wat", "IV"),
    ("共享单车堆放堵塞消防通道", "车辆乱停", "urb", "routine"),
    ("商铺二楼冒烟，疑似电气线路起火", "火灾", "fire", "I"),
    ("楼道堆放杂物，电动车飞线充电", "消防隐患", "fire", "routine"),
    ("房屋外墙瓷砖脱落，砸坏楼下车辆", "外墙脱落", "hou", "IV"),
)
WEIGHTS = [{"I": 1, "II": 4, "III": 20, "IV": 60, "routine": 200}[each[3]] for each in WHAT]
ROADS = (
    "中山东路",
    "龙蟠中路",
    "汉中门大街",
    "江东中路",
    "太平北路",
    "雨花西路",
    "仙林大道",
    "大桥北路",
)
STATES = (
    "reported",
    "accepted",
    "dispatched",
    "signed",
    "en_route",
    "handling",
    "feedback",
    "verifying",
)
SOURCES = ("hotline", "110", "citizen", "grid", "ai_video", "iot", "superior")
CLOCKS = ("accept", "dispatch", "sign", "arrive", "handle")


class Told:
    """Says what the codes of these rows are called."""

    def name(self, kind: str, code: str) -> str:
        if kind == "department":
            return DEPARTMENTS.get(code, "")
        return DISTRICTS[code][0] if code in DISTRICTS else code


def row(n: int, now: int = NOON, **facts: Any) -> Row:
    """Make row number n; facts given replace those made up."""
    dice = random.Random(n)
    title, kind, lead, level = dice.choices(WHAT, WEIGHTS)[0]
    district = dice.choice(list(DISTRICTS))
    name, streets = DISTRICTS[district]
    street = dice.choice(streets)
    reported = now - dice.choice((3, 8, 25, 70, 190, 600, 1500, 4000)) * MINUTE - n % 997
    state = dice.choice(STATES)
    due = now + int(dice.gauss(90, 110) * MINUTE) if dice.random() < 0.94 else 0
    made: dict[str, Any] = {
        "id": f"i{n:07d}",
        "version": 1,
        "no": f"{district}20260612{n % 1_000_000:06d}",
        "title": title,
        "scene": "DMUM",
        "type": kind,
        "level": level,
        "urgency": "normal",
        "source": dice.choice(SOURCES),
        "state": state,
        "district": district,
        "street": street,
        "address": f"南京市{name}{street}{dice.choice(ROADS)}{dice.randint(1, 380)}号",
        "lead": "" if state in {"reported", "accepted"} else lead,
        "handler": "",
        "watchers": "",
        "reported_at": reported,
        "due": due,
        "soon": due - 25 * MINUTE if due else 0,
        "clock": dice.choice(CLOCKS),
        "paused": now if dice.random() < 0.03 else 0,
        "urged": dice.randint(1, 3) if dice.random() < 0.08 else 0,
        "supervised": int(dice.random() < 0.03),
        "parent": "",
        "lon": 118.78,
        "lat": 32.05,
        "updated_at": reported,
        "pending": int(dice.random() < 0.06),
        "refused": int(dice.random() < 0.02),
        "conflict": int(dice.random() < 0.01),
    }
    made |= {"assists": "", "asked": "", "handle_kept": "", "took": 0}
    made |= {"advised": "", "units_advised": "", "exercise": NO_EXERCISE} | facts
    return tuple(made[name] for name in SHAPES["incident"].names)


def sheet() -> Sheet:
    return read()


def told(now: int = NOON) -> Setting:
    return setting(read(), Told(), lambda: now)
