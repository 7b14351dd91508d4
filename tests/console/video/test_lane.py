"""One thread carries many: each has its turn, and what ends one ends no other."""

import socket
import threading

import pytest

from console.base.clock import SystemClock
from console.video.lane import Lane


class Riding:
    """A stream of bytes that keeps what comes; what it is told to raise, it raises."""

    def __init__(self, weight) -> None:
        self.weight = weight
        self.here, self.there = socket.socketpair()
        self.here.setblocking(False)
        self.came, self.tended, self.error, self.raises = [], 0, None, None
        self.gone = threading.Event()

    def fileno(self):
        return self.here.fileno()

    def come(self):
        if not (data := self.here.recv(100)):
            raise ConnectionResetError("hung up")
        if data == b"bad":
            raise ValueError(data)
        self.came.append(data)

    def tend(self, now):
        del now
        self.tended += 1
        if self.raises:
            raise self.raises

    def left(self, error):
        self.error = error
        self.here.close()
        self.gone.set()

    def close(self):
        self.there.close()
        self.here.close()


@pytest.fixture
def lane():
    made = Lane(SystemClock())
    thread = threading.Thread(target=made.run, args=(threading.Event(),))
    thread.start()
    yield made
    made.close()
    thread.join(10)
    assert not thread.is_alive()


@pytest.fixture
def riding():
    begun = []

    def one(weight=1):
        begun.append(Riding(weight))
        return begun[-1]

    yield one
    for each in begun:
        each.close()


def test_what_comes_for_each_is_brought_to_it_and_all_are_tended(lane, riding, until):
    one, other = riding(), riding(4)
    lane.carry(one)
    lane.carry(other)
    one.there.send(b"1")
    other.there.send(b"2")
    until(lambda: (one.came, other.came) == ([b"1"], [b"2"]) and one.tended and other.tended)
    assert lane.load == 5
    assert not lane.since


@pytest.mark.parametrize("way", ["come", "tend", "hang up"])
def test_what_ends_one_is_told_to_it_and_ends_no_other(lane, riding, until, way):
    one, other = riding(), riding()
    lane.carry(one)
    lane.carry(other)
    if way == "come":
        one.there.send(b"bad")
    elif way == "tend":
        one.raises = ValueError("silent")
    else:
        one.there.close()
    assert one.gone.wait(10)
    assert isinstance(one.error, ConnectionResetError if way == "hang up" else ValueError)
    other.there.send(b"2")
    until(lambda: other.came == [b"2"])
    assert lane.load == 1


def test_one_that_has_no_connection_any_more_is_let_go_at_once(lane, riding):
    one = riding()
    one.here.close()
    lane.carry(one)
    assert one.gone.wait(10)


def test_since_when_it_is_with_one_of_them_can_be_seen(lane, riding, until):
    one, free = riding(), threading.Event()
    one.come = lambda: free.wait(10) and one.here.recv(100)
    lane.carry(one)
    one.there.send(b"1")
    until(lambda: lane.since)
    free.set()
    until(lambda: not lane.since)


def test_a_lane_that_closes_lets_everybody_go_and_takes_nobody_on(riding):
    lane = Lane(SystemClock())
    thread = threading.Thread(target=lane.run, args=(threading.Event(),))
    thread.start()
    one, late = riding(), riding()
    lane.carry(one)
    lane.close()
    thread.join(10)
    assert isinstance(one.error, ConnectionAbortedError)
    lane.carry(late)
    assert isinstance(late.error, ConnectionAbortedError)
