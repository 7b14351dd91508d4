"""The last minutes are seen again at their own pace, and it is said when that has ended."""

import time

from console.base.clock import SystemClock
from console.video.pool import Inside
from console.video.stream import Trouble, Wish
from tests.tapes import CAMERA, kept


def test_it_is_seen_again_in_its_own_time_and_ends(recorded, vault, until):
    inside, began = recorded
    span = (began, kept(vault)[-1].ended - 500)
    slot = inside.begin(Wish(address="", width=160, height=90, camera=CAMERA, span=span))
    until(lambda: inside.vitals(slot).seq > 3)
    seen = inside.vitals(slot)
    assert span[0] <= seen.taken_ms <= span[1]
    assert (seen.width, seen.height) == (160, 90)
    started, first = time.monotonic(), seen.taken_ms
    until(lambda: inside.vitals(slot).trouble is Trouble.ENDED)
    lasted = (inside.vitals(slot).taken_ms - first) / 1_000
    assert time.monotonic() - started > lasted * 0.5, "it is not rushed through"


def test_where_nothing_is_kept_it_ends_at_once_or_after_patience(vault, until, monkeypatch):
    monkeypatch.setattr("console.video.again.PATIENCE_S", 0.1)
    inside = Inside(SystemClock(), vault)
    slot = inside.begin(Wish(address="", width=160, height=90, camera="none", span=(1, 2_000)))
    until(lambda: inside.vitals(slot).trouble is Trouble.ENDED)
    assert inside.vitals(slot).seq == 0
    inside.close()
