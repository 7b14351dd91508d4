"""A decoder reads the cameras over real RTSP, by TCP and by UDP, and their troubles are real."""

import socket

import av
import numpy as np
import pytest

from console.central.cameras.views import View
from tests.cameras import CameraTown, OneDoor

OPTIONS = {"fflags": "nobuffer", "probesize": "32", "analyzeduration": "0"}


@pytest.fixture(scope="module")
def town():
    made = CameraTown({
        0: View("云芷路口", 0), 1: View("暗处", 0, "black"), 2: View("冻结", 0, "frozen"),
        3: View("断线", 0, "dead"), 4: View("静默", 0, "black"),
    })  # fmt: skip
    yield made
    made.close()


def pictures(url, count, way="tcp"):
    with av.open(url, options=OPTIONS | {"rtsp_transport": way}, timeout=(10, 2)) as opened:
        stream = opened.streams.video[0]
        found = []
        for packet in opened.demux(stream):
            found += [f.to_ndarray(format="rgb24") for f in packet.decode()]
            if len(found) >= count:
                return found
    return found


@pytest.mark.parametrize("way", ["tcp", "udp"])
def test_a_decoder_reads_a_moving_picture(town, way):
    shown = pictures(town.url(0), 5, way)
    assert shown[0].shape == (360, 640, 3)
    assert (shown[0] != shown[4]).any()


def test_a_camera_without_light_is_black_but_for_its_caption(town):
    shown = pictures(town.url(1), 2)[1]
    assert shown[100:].max() < 40
    assert shown[:40].max() > 200


def test_a_frozen_camera_goes_on_sending_the_same(town):
    shown = pictures(town.url(2), 20)
    assert np.abs(shown[3].astype(int) - shown[19]).max() < 24


def test_a_dead_camera_takes_nobody(town):
    with pytest.raises(av.FFmpegError):
        pictures(town.url(3), 1)


def test_a_camera_that_nobody_knows_is_not_found(town):
    with pytest.raises(av.FFmpegError):
        pictures(town.url(99), 1)


def test_a_camera_comes_into_trouble_and_out_of_it(town):
    with av.open(town.url(4), options=OPTIONS | {"rtsp_transport": "tcp"}, timeout=(5, 1)) as line:
        packets = line.demux(line.streams.video[0])
        next(packets)
        town.trouble(4, "dead")
        assert sum(1 for _ in packets) < 200  # it ends
    town.trouble(4, "black")
    assert pictures(town.url(4), 1)


def test_nobody_is_sent_anything_who_has_gone(town):
    pictures(town.url(1), 1)
    deadline = 200
    while town.cameras.watched and deadline:
        pictures(town.url(1), 1)
        deadline -= 1
    assert deadline


def test_a_door_opens_to_the_right_password_alone():
    views = {n: View("门内", 0, "black") for n in (0, 1)}
    guarded = CameraTown(views, door=OneDoor("yu", "s3cret", "1"))
    try:
        for nobody in ("", "yu:wrong@", "li:s3cret@"):
            with pytest.raises(av.error.HTTPUnauthorizedError):
                pictures(guarded.url(0).replace("//", f"//{nobody}"), 1)
        assert pictures(guarded.url(0).replace("//", "//yu:s3cret@"), 1)
        assert pictures(guarded.url(0).replace("//", "//yu:s3cret@"), 1, "udp")
        with pytest.raises(av.error.HTTPForbiddenError):
            pictures(guarded.url(1).replace("//", "//yu:s3cret@"), 1)
    finally:
        guarded.close()


NONSENSE = (
    b"GET / HTTP/1.1\r\n\r\n", b"x" * 20_000, b"\r\n\r\n",
    b"SETUP rtsp://x/cam/0/sub RTSP/1.0\r\nCSeq: 1\r\n\r\n",
)  # fmt: skip


@pytest.mark.parametrize("said", NONSENSE)
def test_whoever_does_not_speak_rtsp_harms_nobody(town, said):
    with socket.create_connection(("127.0.0.1", town.port), timeout=5) as line:
        line.sendall(said)
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass
    assert pictures(town.url(1), 1)
