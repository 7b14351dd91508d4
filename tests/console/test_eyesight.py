"""A seat says what it sees, once at a time, and nothing without a line."""

from console.base.errors import Unreachable
from console.base.work import Inline
from console.domain.health import Seen
from console.eyesight import AT_ONCE, Eyesight


class Centre:
    def __init__(self):
        self.told, self.error = [], None

    def tell(self, _path, seen, _shape, params):
        if self.error:
            raise self.error
        self.told.append((seen, params))


def test_what_is_seen_is_told_in_the_seat_s_name():
    centre = Centre()
    Eyesight(centre, Inline(), "s1", lambda: True).tell({"c": "lost", "d": "live"})
    assert centre.told == [
        ([Seen(camera="c", standing="lost"), Seen(camera="d", standing="live")], {"seat": "s1"})
    ]


def test_nothing_is_told_without_a_line_and_a_failure_is_no_end():
    centre = Centre()
    Eyesight(centre, Inline(), "s1", lambda: False).tell({"c": "lost"})
    eyes = Eyesight(centre, Inline(), "s1", lambda: True)
    eyes.tell({})
    centre.error = Unreachable()
    eyes.tell({"c": "lost"})
    assert centre.told == []
    centre.error = None
    eyes.tell({"c": "lost"})
    assert len(centre.told) == 1


def test_a_second_word_does_not_wait_behind_a_slow_first():
    class Later:
        def __init__(self):
            self.jobs = []

        def call(self, job):
            self.jobs.append(job)

    work, centre = Later(), Centre()
    eyes = Eyesight(centre, work, "s1", lambda: True)
    eyes.tell({"c": "lost"})
    eyes.tell({"c": "live"})
    assert len(work.jobs) == 1
    work.jobs[0]()
    eyes.tell({"c": "live"})
    assert len(work.jobs) == 2


def test_a_program_of_one_line_says_it_at_once_in_parts():
    centre = Centre()
    eyes = Eyesight(centre, Inline(), "s1", lambda: False)
    eyes.say({f"c{n}": "live" for n in range(AT_ONCE + 1)})
    assert [len(seen) for seen, _ in centre.told] == [AT_ONCE, 1]
    eyes.say({})
    assert len(centre.told) == 2
