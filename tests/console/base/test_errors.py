"""What may fail says why by a key; what must not be confused is told apart by its class."""

import pytest

from console.base.errors import BadData, Conflict, Faulty, Refused, Unreachable


def test_a_refusal_shows_its_key_and_arguments():
    assert str(Refused("refused.state", state="closed", n=2)) == "refused.state(state=closed, n=2)"


def test_whoever_catches_refusals_catches_conflicts():
    with pytest.raises(Refused):
        raise Conflict("conflict.version", base=1)


def test_a_centre_that_fails_itself_counts_as_not_reached():
    with pytest.raises(Unreachable) as caught:
        raise Faulty("sync.why.faulty", retry_ms=500)
    assert (caught.value.why, caught.value.retry_ms) == ("sync.why.faulty", 500)


def test_bad_data_names_file_place_and_reason():
    assert (
        str(BadData("task.toml", "state[2]", "no such verb")) == "task.toml: state[2]: no such verb"
    )
