"""Segments on disk tell nobody anything, and are bounded by age and by size."""

import pytest

from console.base.clock import SystemClock
from console.base.errors import BadData
from console.video import vault as vaults
from console.video.tape import Recorder
from console.video.vault import NoRoom
from tests.tapes import CAMERA, kept, sealed


def test_what_is_on_disk_tells_nobody_anything(recorded, vault):
    segment = kept(vault)[0]
    data = segment.path.read_bytes()
    assert b"matroska" not in data
    assert CAMERA not in str(segment.path)
    assert vaults.opened(vault, CAMERA, segment)[:4] == b"\x1a\x45\xdf\xa3"
    with pytest.raises(BadData):
        vaults.opened(vault, "another camera", segment)
    with pytest.raises(BadData):
        vaults.opened(sealed(vault.folder, key=b"x" * 32), CAMERA, segment)
    segment.path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(BadData):
        vaults.opened(vault, CAMERA, segment)
    assert "k" * 8 not in repr(vault)


def test_the_ring_is_bounded_by_age_and_by_size(tmp_path):
    vault = sealed(tmp_path, keep_ms=60_000, most=2_500)
    for n in range(6):
        vaults.keep(vault, CAMERA, "sub", (n * 10_000, n * 10_000 + 9_000), b"x" * 1_000)
    assert vaults.trim(vault, 85_000) <= vault.most
    assert [part.began for part in kept(vault)] == [40_000, 50_000]
    vaults.trim(vault, 200_000)
    assert kept(vault) == []


def test_a_place_that_cannot_be_written_is_no_room_and_leaves_nothing_half(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(NoRoom):
        vaults.keep(sealed(tmp_path / "file"), CAMERA, "sub", (0, 1), b"")
    vault = sealed(tmp_path)
    folder = vaults.keep(vault, CAMERA, "sub", (0, 1), b"").parent
    (folder / "1-2-sub.half").write_bytes(b"")
    Recorder(vault, SystemClock()).close()
    vaults.sweep(vault)
    assert not list(folder.glob("*.half"))


def test_a_second_tile_of_a_camera_gives_no_moment_twice(tmp_path):
    vault = sealed(tmp_path)
    for span in ((0, 4_000), (100, 4_100), (4_000, 8_000), (4_100, 8_100)):
        vaults.keep(vault, CAMERA, "sub", span, b"")
    assert [part.began for part in kept(vault)] == [0, 4_000]
