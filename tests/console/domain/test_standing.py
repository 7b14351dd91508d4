"""A seat that has heard nothing yet knows no centre, and nobody sits there."""

from console.domain.access import Access
from console.domain.standing import LinkState, SignedIn


def test_nothing_is_known_before_anything_was_heard():
    link = LinkState()
    assert (link.state, link.as_of, link.waiting, link.filling) == ("never", 0, 0, (0, 0))


def test_who_signs_in_is_known_to_the_centre_unless_said_otherwise():
    assert SignedIn(Access(user="li")).offline is False
