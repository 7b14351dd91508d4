"""What is advised of a case, as values."""

from console.advise.case import CaseAdvice, Duplicate


def test_nothing_advised_says_nothing():
    empty = CaseAdvice("", "unknown")
    assert (empty.kinds, empty.duplicates, empty.site, empty.urgent.urgency) == ((), (), None, "")


def test_a_duplicate_that_nobody_told_of_has_no_callers():
    assert Duplicate("I1", "", "井盖", 90, ()).callers.reports == 0
