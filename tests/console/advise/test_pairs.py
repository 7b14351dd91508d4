"""How well incidents told twice are found, in figures."""

from random import Random

import pytest

from console.advise.pairs import Columns, measure, reworded, told_in
from console.base.errors import BadData

ROADS = "松柏梅兰竹菊桃李杏梨桂榆槐枫柳杉樟桐棠荷"
THINGS = (
    "井盖破损，电动车差点摔倒",
    "路灯不亮，晚上看不见路",
    "沿街摊贩占道，行人难走",
    "积水没过脚踝，车子熄火",
)
ROWS = [
    {"text": f"{a}{b}路{thing}", "lon": f"{118.6 + n * 0.004}", "lat": "32.0",
     "at": f"2026-01-0{1 + n % 3} 10:00:00", "group": f"{a}{b}{k}"}
    for n, (a, b) in enumerate((a, b) for a in ROADS for b in ROADS[:3])
    for k, thing in enumerate(THINGS)
]  # fmt: skip
COLUMNS = Columns(text=("text",), lon="lon", lat="lat", time="at")


def test_rewordings_are_found_and_new_ones_are_left_alone():
    found = measure(ROWS, COLUMNS, most=120)
    assert (found.truth, found.asked, found.told_twice, found.indexed) == (
        "rewordings",
        120,
        60,
        180,
    )
    assert found.recall > 0.9
    assert found.by_threshold["0.90"][0] >= found.by_threshold["0.20"][0]


def test_groups_that_are_given_are_the_truth():
    twice = [*ROWS, *(row | {"text": f"请快来：{row['text']}"} for row in ROWS[:20])]
    found = measure(twice, Columns(text=("text",), group="group"), most=100)
    assert (found.truth, found.told_twice) == ("groups", 40)
    assert found.recall > 0.9


def test_a_rewording_is_the_same_for_the_same_chance():
    told = told_in(ROWS, COLUMNS)[0]
    again = reworded(told, Random(3))
    assert again == reworded(told, Random(3)) != told
    assert again.at > 0
    assert abs(again.lon - told.lon) < 0.01


def test_a_file_in_which_nothing_is_told_twice_is_bad_data():
    rows = [{"text": "停水", "group": "1"}, {"text": "停电", "group": "2"}]
    with pytest.raises(BadData, match="nothing is told twice"):
        measure(rows, Columns(text=("text",), group="group"))
