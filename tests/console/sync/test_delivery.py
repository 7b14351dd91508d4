"""A seat takes the centre's model under its hash, goes back to what ships, or keeps its own."""

from hashlib import sha256

import pytest

from console.base import resources
from console.base.errors import BadData
from console.sync.delivery import Delivery
from console.wire import ModelFile

MODEL = resources.path("advice/types.npz").read_bytes()
DIGEST = sha256(MODEL).hexdigest()


class Centre:
    told = ModelFile()

    def model(self, have):
        self.had = have
        return self.told


@pytest.fixture
def centre():
    return Centre()


@pytest.fixture
def seat(centre, tmp_path):
    heard = []
    made = Delivery(centre, tmp_path / "advice" / "types.npz", lambda: heard.append(1))
    made.heard = heard
    return made


def test_what_the_centre_put_in_service_is_taken_and_told_of_once(centre, seat):
    centre.told = ModelFile(sha256=DIGEST, data=MODEL)
    assert seat.pull()
    assert seat._file.read_bytes() == MODEL
    assert not seat.pull()
    assert centre.had == DIGEST
    assert seat.heard == [1]


def test_where_the_centre_has_none_the_one_that_ships_is_used_again(centre, seat):
    centre.told = ModelFile(sha256=DIGEST, data=MODEL)
    seat.pull()
    centre.told = ModelFile()
    assert seat.pull()
    assert not seat._file.exists()
    assert not seat.pull()


@pytest.mark.parametrize(
    "told",
    [
        ModelFile(sha256=DIGEST, data=MODEL[:-1]),
        ModelFile(sha256=sha256(b"no model").hexdigest(), data=b"no model"),
    ],
)
def test_bytes_under_a_false_hash_or_that_are_no_model_change_nothing(centre, seat, told):
    centre.told = told
    with pytest.raises(BadData):
        seat.pull()
    assert not seat._file.exists()
    assert seat.heard == []
