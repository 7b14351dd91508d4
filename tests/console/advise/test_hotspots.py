"""Hot spots: in numbers, by growth, with a name and every appeal."""

import pytest

from console.advise.hotspots import common_words, hot_spots, read_rule
from console.advise.twins import MINUTE_MS, Told

NOW = 1_767_578_400_000
RULE = read_rule()


def told(n, minutes_ago, area="玄武区", type="停水"):
    text = f"{n}号楼小区停水没通知"
    return Told(f"{area}{type}{n}-{minutes_ago}", text, type, district=area,
                at=NOW - minutes_ago * MINUTE_MS)  # fmt: skip


def test_twenty_in_an_hour_of_one_kind_in_one_area_are_a_hot_spot():
    appeals = [told(n, 5) for n in range(20)] + [told(n, 5, "秦淮区") for n in range(4)]
    (found,) = hot_spots(appeals, NOW, RULE)
    assert (found.type, found.area, found.count, found.by) == ("停水", "玄武区", 20, "count")
    assert len(found.ids) == 20
    assert "小区停水没通知" in found.words


@pytest.mark.parametrize(("earlier", "hot"), [(2, True), (3, False)])
def test_to_grow_by_two_hundred_percent_is_enough_from_a_few_on(earlier, hot):
    appeals = [told(n, 10) for n in range(6)] + [told(n, 70) for n in range(earlier)]
    found = hot_spots(appeals, NOW, RULE)
    assert bool(found) is hot
    if hot:
        assert (found[0].before, found[0].growth, found[0].by) == (2, 2.0, "growth")


def test_what_came_earlier_or_is_of_another_kind_does_not_count():
    appeals = [told(n, 130) for n in range(30)] + [told(n, 5, type=f"{n}") for n in range(30)]
    assert hot_spots(appeals, NOW, RULE) == []


def test_a_name_is_whole_clauses_of_what_most_say_and_nothing_that_anybody_says():
    texts = [
        f"您好，{road}行道树刮倒，压住非机动车道{n}处。麻烦尽快派人处理，谢谢。urn:uid:incident:{n}"
        for n, road in enumerate(("云芷路", "听荷街", "枫澜巷", "问渠路", "拾光巷"))
    ]
    assert common_words(texts) == "行道树刮倒、压住非机动车道"


def test_one_run_alone_names_it_where_no_second_is_shared():
    assert common_words(["污水冒溢", "门口污水冒溢了", "路上污水冒溢"]) == "污水冒溢"


def test_a_hot_spot_without_words_in_common_has_no_name():
    assert common_words(["停水", "路灯"]) == ""
