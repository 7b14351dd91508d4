"""Who registers proves a password without saying it; a proof is good once."""

import pytest

from console.video.gb28181.digest import (
    GOOD_S,
    Nonces,
    challenge,
    parameters,
    proof,
    right,
)

USER, REALM, URI = "32010200001320000001", "3201000000", "sip:3201000000"


def test_the_example_of_the_standard_comes_out():
    said = {
        "username": "Mufasa", "realm": "testrealm@host.com", "uri": "/dir/index.html",
        "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093", "qop": "auth", "nc": "00000001",
        "cnonce": "0a4f113b", "response": "6629fae49393a05397450978507c4ef1",
    }  # fmt: skip
    assert right(said, "Circle Of Life", "GET", "Mufasa", "testrealm@host.com")
    assert not right(said, "circle of life", "GET", "Mufasa", "testrealm@host.com")


@pytest.mark.parametrize("more", ["", ', qop="auth"', ', qop="auth-int,auth", opaque="7"'])
@pytest.mark.parametrize("algorithm", ["MD5", "SHA-256"])
def test_a_proof_answers_every_sort_of_challenge(more, algorithm):
    asked = f'Digest realm="{REALM}", nonce="abc", algorithm={algorithm}{more}'
    said = parameters(proof(asked, USER, "s3cret", "REGISTER", URI))
    assert right(said, "s3cret", "REGISTER", USER, REALM)
    assert not right(said, "other", "REGISTER", USER, REALM)
    assert not right(said, "s3cret", "MESSAGE", USER, REALM)
    assert "s3cret" not in str(said)


def test_a_proof_of_another_user_or_place_is_none():
    said = parameters(proof(challenge(REALM, "n"), USER, "p", "REGISTER", URI))
    assert not right(said, "p", "REGISTER", "3201020000132000002", REALM)
    assert not right(said, "p", "REGISTER", USER, "elsewhere")
    assert not right({}, "p", "REGISTER", USER, REALM)
    assert proof('Basic realm="x"', USER, "p", "REGISTER", URI) == ""
    assert proof('Digest nonce="x", algorithm=MD9', USER, "p", "REGISTER", URI) == ""


def test_a_nonce_is_good_once_and_not_for_long():
    now = [100.0]
    nonces = Nonces(lambda: now[0])
    nonce = nonces.new()
    assert nonces.take(nonce)
    assert not nonces.take(nonce)
    other = nonces.new()
    now[0] += GOOD_S + 1
    assert not nonces.take(other)
    for strange in ("", "abc", "1-2-3", nonce[:-1] + "x", "é-1-2"):
        assert not nonces.take(strange)
