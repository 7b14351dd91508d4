"""What two ends agree of a stream is read back, and a stranger's words lead nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.video.gb28181.sdp import Session, agreed, offer, read_session, ssrc_of

CAMERA = "32010200001320000001"


def test_an_offer_says_where_to_send_and_under_which_name():
    ssrc = ssrc_of("32010200002000000001", 12)
    assert ssrc == "0102000012"
    assert read_session(offer(CAMERA, "10.0.0.1", 30_000, ssrc)) == Session(
        host="10.0.0.1", port=30_000, ssrc=ssrc
    )
    assert read_session(agreed(CAMERA, "10.0.0.2", 9, ssrc)).port == 9


@pytest.mark.parametrize("body", [
    b"", b"m=audio 5 RTP/AVP 8", b"c=IN IP4 10.0.0.1\r\nm=video 5000 TCP/RTP/AVP 96",
    b"c=IN IP4 10.0.0.1\r\nm=video 70000 RTP/AVP 96",
    b"c=IN IP4 evil.example\r\nm=video 5000 RTP/AVP 96", b"m=video 5000 RTP/AVP 96",
    b"c=IN IP4 239.0.0.1\r\nm=video 5000 RTP/AVP 96",
    b"c=IN IP4 10.0.0.1\nm=video x RTP/AVP",
])  # fmt: skip
def test_what_leads_nowhere_is_nothing(body):
    assert read_session(body) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_are_nothing(body):
    read_session(b"c=IN IP4 10.0.0.1\r\n" + body)
