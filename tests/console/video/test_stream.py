"""A wish tells nobody its password."""

from console.video.stream import Wish


def test_a_password_is_not_written_out():
    wish = Wish(address="rtsp://10.0.0.1/1", width=320, height=180, user="yu", password="s3cret")
    assert "s3cret" not in f"{wish} {wish!r}"
