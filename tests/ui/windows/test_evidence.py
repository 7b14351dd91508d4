"""A clip of what was seen lands beside its incident, with hash, time, camera and who took it."""

import av
import numpy as np
import pytest

from console.base.errors import Refused
from console.video import vault as vaults
from tests.ui.pictures import Pictures, eye
from ui.models.channel import Channel
from ui.models.news import Answers
from ui.models.tile import Tile
from ui.windows.evidence import CLIPS, Evidence


def segment(folder, seconds=2):
    file = folder / "made.mkv"
    with av.open(str(file), "w") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for n in range(seconds * 10):
            picture = np.full((48, 64, 3), n * 9, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        out.mux(stream.encode())
    return file.read_bytes()


@pytest.fixture
def said(notices):
    heard = []
    notices.told.connect(lambda told: heard.append(told.words))
    return heard


@pytest.fixture
def evidence(seat, notices, qapp):
    notes = []
    seat.core.run = lambda line: notes.append(line) or seat.core.work.call(lambda: None)
    made = Evidence(seat.core, notices, Answers(notices.failed), lambda tile: tile.alarm)
    return made, notes


def tile(pictures, **facts):
    made = Tile(0, "plain", camera="a", **facts)
    made.channel = Channel(pictures, eye("a"))
    made.channel.want("sub", 320, 180, keys_only=False)
    return made


def test_a_clip_is_written_and_noted_with_hash_time_camera_and_operator(
    seat, evidence, said, tmp_path, qtbot
):
    made, notes = evidence
    now = seat.core.clock.wall()
    for n in (2, 1):
        span = (now - n * 2_000, now - n * 2_000 + 1_900)
        vaults.keep(seat.core.vault, "a", "sub", span, segment(tmp_path))
    made.clip(tile(Pictures(), alarm="n1"), eye("a"), 60, "mp4")
    qtbot.waitUntil(lambda: bool(notes))
    files = sorted((seat.core.settings.folder / CLIPS).iterdir())
    assert [f.suffix for f in files] == [".mp4", ".sha256"]
    mark = files[1].read_text("utf-8").split()[0]
    for words in ("incident.note n1", mark, "a路口", eye("a").code, files[0].name,
                  seat.core.person.name or seat.core.person.user):  # fmt: skip
        assert words in notes[0]
    assert any(mark[:12] in words for words in said)


def test_where_nothing_was_kept_it_is_said_and_nothing_noted(evidence, said, qtbot):
    made, notes = evidence
    made.clip(tile(Pictures()), eye("a"), 60, "mkv")
    qtbot.waitUntil(lambda: any("没有留存" in words for words in said))
    assert notes == []


def test_what_is_no_picture_is_no_evidence(evidence):
    made, _ = evidence
    with pytest.raises(Refused):
        made.snapshot(tile(Pictures()), eye("a"))
    with pytest.raises(Refused):
        made.clip(tile(Pictures()), None, 60, "mp4")
