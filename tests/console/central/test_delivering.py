"""The model that a person put in service is given to the seats, once to each."""

from hashlib import sha256

from console.central.delivering import SERVICE, in_service


def test_without_one_of_its_own_the_one_that_ships_is_in_service(tmp_path):
    assert in_service(tmp_path, "") == in_service(None, "") == in_service(tmp_path, "x")
    assert in_service(tmp_path, "").sha256 == ""


def test_its_bytes_are_given_under_their_hash_unless_the_seat_has_them(tmp_path):
    (tmp_path / SERVICE).write_bytes(b"model")
    digest = sha256(b"model").hexdigest()
    found = in_service(tmp_path, "")
    assert (found.sha256, found.data) == (digest, b"model")
    assert in_service(tmp_path, digest).data == b""


def test_a_seat_gets_it_over_the_line(running, call):
    folder = running.built.centre.models
    folder.mkdir(parents=True)
    (folder / SERVICE).write_bytes(b"model")
    answer = call("dispatcher").get("/sync/v1/model", have="")
    assert answer.status_code == 200
    assert answer.json()["sha256"] == sha256(b"model").hexdigest()
