"""A name is laid along words where it costs least, and what differs there is named."""

from console.advise.align import aligned


def test_a_name_that_stands_in_the_words_costs_nothing_and_is_placed():
    found = aligned("云芷路", "我在云芷路口")
    assert (found.start, found.end, found.cost, found.notes) == (2, 5, 0.0, ())


def test_a_homophone_a_lost_and_an_added_character_are_named():
    assert aligned("云芷路", "云止路").notes == ("same_sound",)
    assert aligned("澄霁大道", "澄大道").notes == ("left_out",)
    assert aligned("中山路", "中山东路").notes == ("put_in",)


def test_what_shares_nothing_costs_as_much_as_it_is_long():
    assert aligned("云芷路", "电梯故障").cost >= 2
