"""Cursors: nobody can make one, change one, or use one that was given for another sight."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.errors import Gone
from console.central.cursor import Cursors

CURSORS = Cursors("0011223344556677", b"secret")
MARK, OTHER = b"8 bytes!", b"8 others"


def why(cursor, mark=MARK, cursors=CURSORS):
    with pytest.raises(Gone) as gone:
        cursors.open(cursor, mark)
    return gone.value.why


@given(st.integers(0, 2**64 - 1))
def test_what_was_sealed_opens(pos):
    assert CURSORS.open(CURSORS.seal(pos, MARK), MARK) == pos


@given(st.integers(0, 2**40), st.integers(0, 41), st.integers(1, 255))
def test_a_cursor_with_any_byte_changed_is_refused(pos, at, by):
    raw = bytearray(base64.urlsafe_b64decode(CURSORS.seal(pos, MARK) + "=="))
    raw[at] ^= by
    forged = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    assert why(forged) == ("epoch" if at < 8 else "cursor_expired")


def test_a_cursor_of_another_sight_is_refused():
    assert why(CURSORS.seal(5, MARK), OTHER) == "scope_changed"


def test_a_cursor_of_another_log_or_secret_is_refused():
    assert why(Cursors("8811223344556677", b"secret").seal(5, MARK)) == "epoch"
    assert why(Cursors("0011223344556677", b"other").seal(5, MARK)) == "cursor_expired"


@given(st.text(max_size=80))
def test_anything_else_is_refused(cursor):
    assert why(cursor) in ("cursor_expired", "epoch")
