"""A clip is a plain file that any player reads, with its hash, or refused with the reason."""

import hashlib

import av
import pytest

from console.base.errors import Refused
from console.video.clip import take_clip
from tests.tapes import CAMERA, kept


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_a_clip_is_a_plain_file_with_its_hash_beside_it(recorded, vault, tmp_path, ending):
    parts = kept(vault)
    span = (parts[0].began, parts[-1].ended)
    file = tmp_path / "out" / f"云芷路口.{ending}"
    clip = take_clip(vault, CAMERA, span, file, {"title": "云芷路口"})
    assert clip.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert file.with_name(f"{file.name}.sha256").read_text("utf-8").split() == [
        clip.sha256, file.name,
    ]  # fmt: skip
    assert (clip.began, clip.ended, clip.missing_ms) == (*span, 0)
    with av.open(str(file)) as opened:
        times = [float(frame.time) for frame in opened.decode(video=0)]
        assert opened.metadata["title"] == "云芷路口"
    assert times == sorted(times)
    assert times[-1] == pytest.approx((span[1] - span[0]) / 1_000, abs=1.0)


def test_a_clip_that_cannot_be_is_refused_with_the_reason(vault, tmp_path, recorded):
    span = (kept(vault)[0].began, kept(vault)[-1].ended)
    for camera, file, key in (
        ("nobody", "a.mp4", "refused.nothing_kept"),
        (CAMERA, "a.avi", "refused.clip_format"),
    ):
        with pytest.raises(Refused, match=key):
            take_clip(vault, camera, span, tmp_path / file, {})
    (tmp_path / "plain").write_text("no folder")
    with pytest.raises(Refused, match="clip_not_written"):
        take_clip(vault, CAMERA, span, tmp_path / "plain" / "a.mp4", {})
