"""A seat takes the centre's model by parts under its hash, goes back to what ships, or keeps."""

from hashlib import sha256

import pytest
from msgspec.structs import replace

from console.base import resources
from console.base.errors import BadData, Unreachable
from console.sync.delivery import Delivery
from console.wire import ModelFile

MODEL = resources.path("advice/types.npz").read_bytes()
DIGEST = sha256(MODEL).hexdigest()
OTHER = b"no model"
PART = 100_000


class Centre:
    """Has some bytes in service; ``spoils`` what it gives, is gone ``after`` so many parts."""

    def __init__(self):
        self.data, self.asked, self.after = b"", [], 10**6
        self.spoils = lambda told: told

    def model(self, have, start, of):
        self.asked.append((have, start, of))
        if len(self.asked) > self.after:
            raise Unreachable
        digest = sha256(self.data).hexdigest() if self.data else ""
        if have == digest:
            return ModelFile(sha256=digest, size=len(self.data))
        begin = start if of == digest else 0
        part = self.data[begin : begin + PART]
        return self.spoils(ModelFile(sha256=digest, size=len(self.data), start=begin, data=part))


@pytest.fixture
def centre():
    return Centre()


@pytest.fixture
def seat(centre, tmp_path):
    heard, told = [], []
    made = Delivery(centre, tmp_path / "advice" / "types.npz", lambda: heard.append(1), told.append)
    made.heard, made.told = heard, told
    return made


def said(seat):
    return [notice.key for notice in seat.told]


def held(seat):
    return seat._file.read_bytes() if seat._file.exists() else b""


def parts(seat):
    return list(seat._file.parent.glob("*.part"))


def test_what_the_centre_put_in_service_is_taken_by_parts_and_told_of_once(centre, seat):
    centre.data = MODEL
    assert seat.pull()
    assert held(seat) == MODEL
    assert len(centre.asked) == -(-len(MODEL) // PART)
    assert not seat.pull()
    assert centre.asked[-1][0] == DIGEST
    assert (seat.heard, said(seat), parts(seat)) == ([1], ["delivery.taken"], [])
    assert not seat.cut


def test_a_line_that_is_cut_goes_on_where_it_was(centre, seat):
    centre.data, centre.after = MODEL, 3
    with pytest.raises(Unreachable):
        seat.pull()
    assert seat.cut
    assert held(seat) == b""
    assert parts(seat)[0].read_bytes() == MODEL[: 3 * PART]
    centre.after = 10**6
    assert seat.pull()
    assert centre.asked[4] == ("", 3 * PART, DIGEST)
    assert held(seat) == MODEL


def test_what_began_to_come_is_thrown_away_when_another_is_in_service_by_then(centre, seat):
    centre.data, centre.after = MODEL + b"x", 2
    with pytest.raises(Unreachable):
        seat.pull()
    centre.data, centre.after = MODEL, 10**6
    assert seat.pull()
    assert (held(seat), parts(seat)) == (MODEL, [])


def test_where_the_centre_has_none_the_one_that_ships_is_used_again(centre, seat):
    centre.data = MODEL
    seat.pull()
    centre.data = b""
    assert seat.pull()
    assert not seat._file.exists()
    assert not seat.pull()
    assert said(seat)[-1] == "delivery.shipped"


def flipped(told):
    return replace(told, data=bytes([told.data[0] ^ 1]) + told.data[1:])


@pytest.mark.parametrize(
    ("data", "spoils"),
    [
        (MODEL, flipped),
        (OTHER, lambda told: told),
        (MODEL, lambda told: replace(told, data=b"")),
        (MODEL, lambda told: replace(told, start=told.start + 7)),
        (MODEL, lambda told: replace(told, size=10**9)),
        (MODEL, lambda told: replace(told, sha256="../../x")),
    ],
)
def test_what_is_damaged_or_no_model_changes_nothing_and_is_said_once(centre, seat, data, spoils):
    centre.data, centre.spoils = data, spoils
    for _ in range(2):
        with pytest.raises(BadData):
            seat.pull()
    assert (held(seat), seat.heard, parts(seat)) == (b"", [], [])
    assert said(seat) == ["delivery.refused"]
    centre.data, centre.spoils = MODEL, lambda told: told
    assert seat.pull()
