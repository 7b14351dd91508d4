"""Characters that sound or look alike cost less to take for one another."""

import pytest

from console.advise import sounds


@pytest.mark.parametrize(
    ("one", "other", "price"),
    [
        ("路", "路", sounds.SAME),
        ("圆", "园", sounds.SOUND),
        ("南", "兰", sounds.BLURRED),
        ("金", "京", sounds.BLURRED),
        ("末", "未", sounds.SHAPE),
        ("路", "街", sounds.OTHER),
    ],
)
def test_a_homophone_a_blurred_one_a_look_alike_and_another_cost_more_and_more(one, other, price):
    assert sounds.cost(one, other) == sounds.cost(other, one) == price


def test_look_alikes_have_one_key_and_others_their_own():
    assert sounds.looks("末") == sounds.looks("未") != sounds.looks("木")
