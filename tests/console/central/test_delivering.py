"""The model that a person put in service is given to the seats part by part, once to each."""

from base64 import b64decode
from hashlib import sha256

import pytest

from console.central.delivering import PART, SERVICE, in_service

MODEL = bytes(range(256)) * (PART // 256 * 2 + 10)
DIGEST = sha256(MODEL).hexdigest()


def test_without_one_of_its_own_the_one_that_ships_is_in_service(tmp_path):
    assert in_service(tmp_path, "") == in_service(None, "") == in_service(tmp_path, "x")
    assert in_service(tmp_path, "").sha256 == ""


def test_its_bytes_are_given_by_parts_under_the_hash_of_all_of_them(tmp_path):
    (tmp_path / SERVICE).write_bytes(MODEL)
    got = b""
    while len(got) < len(MODEL):
        found = in_service(tmp_path, "", len(got), DIGEST)
        assert (found.sha256, found.size, found.start) == (DIGEST, len(MODEL), len(got))
        assert len(found.data) <= PART
        got += found.data
    assert got == MODEL


def test_a_seat_that_has_it_gets_no_bytes_and_one_that_began_with_another_gets_the_first(tmp_path):
    (tmp_path / SERVICE).write_bytes(MODEL)
    assert in_service(tmp_path, DIGEST).data == b""
    assert in_service(tmp_path, "", PART, "of another").start == 0
    assert in_service(tmp_path, "", len(MODEL) + 1, DIGEST).start == 0


@pytest.mark.parametrize("start", ["x", "-1", "9" * 5000])
def test_a_seat_gets_it_over_the_line_and_what_is_no_number_is_the_beginning(running, call, start):
    folder = running.built.centre.models
    folder.mkdir(parents=True)
    (folder / SERVICE).write_bytes(b"model")
    digest = sha256(b"model").hexdigest()
    answer = call("dispatcher").get("/sync/v1/model", have="", start=start, of=digest)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["sha256"], b64decode(told["data"])) == (digest, b"model")
