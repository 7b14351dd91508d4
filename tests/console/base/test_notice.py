"""A refusal becomes a notice with the same key; levels can be compared."""

from console.base.errors import Conflict
from console.base.notice import Level, Notice


def test_a_refusal_is_told_by_its_own_key():
    notice = Notice.of_refusal(Conflict("conflict.version", base=3))
    assert (notice.level, notice.key, notice.args) == (
        Level.warned,
        "conflict.version",
        {"base": 3},
    )


def test_a_later_refusal_takes_the_place_of_the_earlier():
    one, two = (Notice.of_refusal(Conflict(key)) for key in ("a.b", "c.d"))
    assert one.topic == two.topic != ""


def test_levels_are_in_order():
    assert Level.said < Level.warned < Level.alarmed
