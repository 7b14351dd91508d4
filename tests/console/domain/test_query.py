"""A query line becomes conditions and an order, and one row can be asked whether it meets them."""

import pytest

from console.base.errors import Refused
from console.domain.query import Term, Viewpoint, matches, parse_query, resolved
from console.domain.record import Incident
from console.domain.rows import row_of

VIEW = Viewpoint(me="li", now=1_000_000)
NOTHING = (0, 0, 0)


def meets(line, **facts):
    row = (*row_of(Incident(id="I", **facts)), *NOTHING)
    return matches(parse_query("incident", line), row, VIEW)


def test_a_line_is_read_into_terms_words_and_order():
    query = parse_query("incident", "state:reported,accepted -level:routine 井盖 sort:-due sort:no")
    assert query.terms == (
        Term("state", ":", ("reported", "accepted")), Term("level", ":", ("routine",), negated=True)
    )  # fmt: skip
    assert query.words == ("井盖",)
    assert query.order == (("due", False), ("no", True))


@pytest.mark.parametrize("line", ["nonsense:1", "sort:nonsense", "sort:-nonsense", "title<5"])
def test_a_wrong_word_is_named(line):
    with pytest.raises(Refused) as raised:
        parse_query("incident", line)
    assert raised.value.args_by_name["word"] == line


def test_a_query_is_narrowed_by_another_line():
    both = parse_query("incident", "state:reported sort:due").also("level:I 井盖")
    assert [t.field for t in both.terms] == ["state", "level"]
    assert (both.words, both.order) == (("井盖",), (("due", True),))
    assert both.also("sort:no").order == (("no", True),)


def test_one_of_several_and_none_of_several():
    assert meets("state:reported,accepted", state="accepted")
    assert not meets("state:reported,accepted", state="closed")
    assert meets("-state:reported,accepted", state="closed")
    assert meets("supervised:0")
    assert not meets("state:")


def test_less_and_greater_leave_out_what_is_not_set():
    assert meets("reported_at<5", reported_at=4)
    assert not meets("reported_at<5", reported_at=5)
    assert not meets("reported_at<5")
    assert meets("reported_at>5", reported_at=6)


def test_a_number_lies_in_one_of_several_stretches_up_to_but_not_at_their_end():
    line = "reported_at:5..7,9,1970-01-01T08:16:40+08:00..@now+1h"
    for at, met in ((4, False), (5, True), (7, False), (9, True), (1_000_000, True), (0, False)):
        assert meets(line, reported_at=at) is met
        assert meets(f"-{line}", reported_at=at) is not met
    assert not meets("reported_at:0..9", reported_at=0)
    assert not meets("reported_at:x..9,..,3..", reported_at=5)
    assert meets("handler:a..b", handler="a..b")


def test_names_among_several():
    assert meets("watchers~@me", watchers=("zhang", "li"))
    assert not meets("watchers~@me", watchers=("lin", "ali"))
    assert meets("-watchers~@me", watchers=("lin",))


def test_me_and_now_are_those_of_the_viewpoint():
    assert meets("handler:@me", handler="li")
    assert meets("reported_at<@now", reported_at=999_999)
    assert resolved("@now+1h", VIEW) == 4_600_000
    assert resolved("@now-10s", VIEW) == 990_000
    assert resolved("plain", VIEW) == "plain"


def test_now_does_not_shift_by_working_time():
    with pytest.raises(Refused):
        resolved("@now+2wh", VIEW)


def test_an_instant_may_be_written_with_its_zone_and_a_bound_may_be_included():
    noon = "1970-01-01T08:16:40+08:00"
    assert resolved(noon, VIEW) == 1_000_000
    assert meets(f"reported_at>={noon} reported_at<={noon}", reported_at=1_000_000)
    assert not meets(f"reported_at>{noon}", reported_at=1_000_000)
    assert not meets(f"reported_at<{noon}", reported_at=1_000_000)
    assert not meets("reported_at<=@now", reported_at=0)
    assert resolved("2026-02-31T08:00Z", VIEW) == "2026-02-31T08:00Z"
