"""An answer's head is read from wherever it stands, when it is whole."""

import pytest

from console.video.rtsp.reply import HEAD_MOST, Broken, Reply, read_reply

ANSWER = b"RTSP/1.0 401 Unauthorized\r\nCSeq: 3\r\nVia: a\r\nvia: b\r\nContent-Length: 3\r\n\r\n"


def test_an_answer_has_its_status_its_heads_and_where_its_body_begins():
    reply, body = read_reply(b"$$" + ANSWER + b"xyz", 2)
    assert (reply.status, reply.head("cseq"), reply.head("none"), reply.length) == (401, "3", "", 3)
    assert [value for name, value in reply.heads if name == "via"] == ["a", "b"]
    assert body == 2 + len(ANSWER)


def test_what_is_not_whole_yet_is_waited_for_until_it_is_too_long():
    assert read_reply(ANSWER[:-1]) is None
    with pytest.raises(Broken):
        read_reply(b"a" * (HEAD_MOST + 1))


@pytest.mark.parametrize(("first", "status"), [
    (b"OPTIONS * RTSP/1.0", 0), (b"RTSP/1.0 what", None), (b"RTSP/1.0", None),
    (b"RTSP/1.0 200", 200),
])  # fmt: skip
def test_a_request_and_what_has_no_status_are_told_from_answers(first, status):
    assert read_reply(first + b"\r\n\r\n")[0].status == status


@pytest.mark.parametrize("said", ["x", "-1", "99999999", "\u0663"])
def test_a_length_that_is_none_is_not_guessed(said):
    assert Reply(200, (("content-length", said),)).length is None
    assert Reply(200, ()).length == 0
