"""The tables that came later are told apart by the step that added them."""

from console.central import grown, tables


def test_each_table_came_with_one_step_and_is_there_now():
    first, second = grown.FIRST.tables.keys(), grown.SECOND.tables.keys()
    assert not first & second
    assert first | second <= tables.META.tables.keys()
