"""Memory of two: what one writes the other reads, and nothing is left when both let go."""

from console.video.memory import opened, plain, shared


def test_what_one_writes_the_other_reads():
    mine = shared(64)
    theirs = opened(mine.name, mine.size)
    theirs.data[3] = 7
    assert mine.data[3] == 7
    theirs.close()
    mine.close()


def test_memory_outlives_the_other_end():
    mine = shared(64)
    theirs = opened(mine.name, mine.size)
    mine.data[0] = 9
    mine.close()
    assert theirs.data[0] == 9
    theirs.close()


def test_plain_memory_has_no_name():
    made = plain(8)
    assert (made.name, made.size) == ("", 8)
    made.close()


def test_memory_that_is_being_painted_stays_until_that_is_done():
    mine = shared(64)
    held = mine.data[:8]
    mine.close()
    assert bytes(held) == bytes(8)
