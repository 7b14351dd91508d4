"""Whoever comes in proves it anew on each connection; too many wrong proofs end it."""

from console.central.cameras.guard import REALM, TRIES, Guard
from console.video.gb28181.digest import parameters, proof
from tests.cameras import OneDoor

URL = "rtsp://x/cam/0/sub"


def asked(guard, user="yu", said="s3cret", by=None):
    heads = {"authorization": proof((by or guard).challenge, user, said, "DESCRIBE", URL)}
    return guard.lets_in("DESCRIBE", heads)


def guard():
    return Guard(OneDoor("yu", "s3cret", "7"))


def test_the_right_password_comes_in_and_no_other():
    assert asked(guard())
    assert not asked(guard(), said="wrong")
    assert not asked(guard(), user="li")
    assert not guard().lets_in("DESCRIBE", {})
    assert not guard().lets_in("DESCRIBE", {"authorization": "Basic eXU6czNjcmV0"})


def test_a_proof_is_good_on_its_own_connection_and_for_its_own_request_alone():
    mine = guard()
    assert not asked(mine, by=guard())
    said = proof(mine.challenge, "yu", "s3cret", "DESCRIBE", URL)
    assert not mine.lets_in("SETUP", {"authorization": said})
    assert parameters(mine.challenge)["realm"] == REALM


def test_after_too_many_wrong_proofs_it_is_weary():
    mine = guard()
    for _ in range(TRIES):
        assert not mine.weary
        asked(mine, said="wrong")
    assert mine.weary


def test_it_tells_which_camera_is_not_for_who_came_in_and_anybody_what_can_be_done():
    mine = guard()
    assert mine.lets_in("OPTIONS", {})
    assert asked(mine)
    assert mine.may("1")
    assert not mine.may("7")
    assert Guard(None).lets_in("DESCRIBE", {})
    assert Guard(None).may("7")
