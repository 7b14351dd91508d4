"""Hot spots: in numbers, by growth, with a name and every appeal."""

import pytest

from console.advise.hotspots import all_hot_spots, common_words, hot_spots, read_rule
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


def calm(now=40, before=40):
    """Give what else is told in the city, each of a kind of its own."""
    return [told(n, 5, "江宁区", f"别的{n}") for n in range(now)] + [
        told(n, 65, "江宁区", f"从前{n}") for n in range(before)
    ]


@pytest.mark.parametrize(
    ("now", "earlier", "hot"),
    [(5, 0, False), (9, 0, False), (10, 0, True), (6, 2, False), (12, 1, False), (13, 1, True),
     (18, 3, True), (19, 7, False)],
)  # fmt: skip
def test_growth_is_enough_where_it_is_beyond_chance(now, earlier, hot):
    appeals = [told(n, 10) for n in range(now)] + [told(n, 70) for n in range(earlier)]
    found = hot_spots(appeals + calm(), NOW, RULE)
    assert bool(found) is hot
    if hot:
        assert (found[0].before, found[0].by) == (earlier, "growth")
        assert found[0].growth == ((now - earlier) / earlier if earlier else None)


def test_where_the_whole_city_calls_more_one_kind_that_does_too_is_none():
    appeals = [told(n, 10) for n in range(12)]
    assert hot_spots(appeals + calm(), NOW, RULE)
    assert hot_spots(appeals + calm(400, 40), NOW, RULE) == []


def test_what_is_hot_in_many_areas_is_one_of_the_whole_city():
    appeals = [told(n, 5, area) for n in range(20) for area in ("玄武区", "秦淮区")]
    assert {f.area for f in hot_spots(appeals, NOW, RULE)} == {"玄武区", "秦淮区"}
    more = [told(n, 5, "鼓楼区") for n in range(20)] + [told(1, 5, "栖霞区"), told(1, 70, "栖霞区")]
    (whole,) = hot_spots(appeals + more, NOW, RULE)
    assert (whole.area, whole.count, whole.before, whole.by) == ("", 61, 1, "wide")
    assert len(whole.ids) == 61


def test_what_one_was_raised_on_counts_as_before_for_the_next():
    appeals = [told(n, 30) for n in range(25)] + [told(n, 5) for n in range(12)]
    raised = {("停水", "玄武区"): NOW - 20 * MINUTE_MS}
    assert hot_spots(appeals + calm(), NOW, RULE)[0].count == 37
    assert hot_spots(appeals + calm(), NOW, RULE, raised) == []
    whole = {("停水", ""): NOW - 20 * MINUTE_MS}
    assert hot_spots(appeals + calm(), NOW, RULE, whole) == []


def test_of_all_that_was_each_is_told_once_even_across_two_clock_hours():
    appeals = [told(n, 200 - n) for n in range(30)] + [told(n, 20, "秦淮区") for n in range(25)]
    found = list(all_hot_spots(reversed(appeals + calm()), RULE))
    assert [(f.area, f.count) for f in found] == [("玄武区", 10), ("玄武区", 20), ("秦淮区", 25)]
    assert not set(found[0].ids) & set(found[1].ids)


def test_what_came_earlier_or_is_of_another_kind_does_not_count():
    appeals = [told(n, 130) for n in range(30)] + [told(n, 5, type=f"{n}") for n in range(30)]
    assert hot_spots(appeals, NOW, RULE) == []


def test_a_name_is_whole_clauses_of_what_most_say_and_nothing_that_anybody_says():
    texts = [
        f"您好，{road}行道树刮倒，压住非机动车道{n}处。麻烦尽快派人处理，谢谢。urn:uid:incident:{n}"
        for n, road in enumerate(("云芷路", "听荷街", "枫澜巷", "问渠路", "拾光巷"))
    ]
    assert common_words(texts) == "行道树刮倒、压住非机动车道"


def test_the_number_of_a_door_is_no_part_of_a_name():
    assert common_words([f"云芷路{n}号门前有一处坑槽" for n in range(5)]) == "门前有一处坑槽"


def test_one_run_alone_names_it_where_no_second_is_shared():
    assert common_words(["污水冒溢", "门口污水冒溢了", "路上污水冒溢"]) == "污水冒溢"


def test_a_hot_spot_without_words_in_common_has_no_name():
    assert common_words(["停水", "路灯"]) == ""
