"""Changes are joined, and are nothing when they touch nothing."""

from console.domain.changes import Changes

ONE = Changes(frozenset({("task", "T1")}))


def test_changes_are_joined():
    both = ONE | Changes(frozenset({("incident", "I1")}), line=True)
    assert both.touched == {("task", "T1"), ("incident", "I1")}
    assert (both.line, both.everything) == (True, False)
    assert (both | Changes(everything=True)).everything


def test_no_change_is_false():
    assert not Changes()
    assert ONE
    assert Changes(line=True)
    assert Changes(everything=True)


def test_the_ids_of_one_kind_are_given():
    assert ONE.of("task") == {"T1"}
    assert ONE.of("incident") == frozenset()
