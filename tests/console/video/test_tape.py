"""What a camera brings is kept as it comes; a disk that is full or slow is said."""

import threading

from console.base.clock import SystemClock
from console.video.pool import Inside, Pool
from console.video.stream import Kept, Wish
from console.video.tape import WAITING, Recorder
from tests.tapes import CAMERA, kept, sealed


def test_the_last_minutes_of_a_camera_are_kept_and_said_to_be(recorded, vault, until):
    inside, _ = recorded
    assert inside.vitals(0).kept is Kept.KEPT
    first, second = kept(vault)[:2]
    assert first.ended - first.began >= 900
    assert 0 <= second.began - first.ended < 1_000, "no picture between two segments is lost"


def test_a_worker_keeps_what_it_plays_too(town, vault, until):
    pool = Pool(1, vault)
    pool.begin(Wish(address=town.url(0), width=320, height=180, camera=CAMERA, quality="sub"))
    until(lambda: bool(kept(vault)))
    pool.close()


def test_a_full_disk_is_said_and_the_pictures_go_on(town, tmp_path, until):
    inside = Inside(SystemClock(), sealed(tmp_path, spare=1 << 60))
    slot = inside.begin(Wish(address=town.url(0), width=160, height=90, camera=CAMERA))
    until(lambda: inside.vitals(slot).kept is Kept.NO_ROOM)
    before = inside.vitals(slot).seq
    until(lambda: inside.vitals(slot).seq > before + 5)
    inside.close()


def test_a_disk_that_does_not_keep_up_is_said():
    told = []
    recorder = Recorder(sealed("/nowhere"), SystemClock())
    part = (CAMERA, "sub", (1, 2), b"", told.append)
    assert all(recorder.offer(part) for _ in range(WAITING))
    assert not recorder.offer(part)


def test_a_recorder_ends_when_it_is_told(tmp_path):
    recorder = Recorder(sealed(tmp_path), SystemClock())
    thread = threading.Thread(target=recorder.run, args=(threading.Event(),))
    thread.start()
    recorder.close()
    thread.join(10)
    assert not thread.is_alive()
