"""Decoding without decoders: a test says when a picture comes, and what is known of the stream."""

import numpy as np

from console.video.board import SLOTS
from console.video.eyes import METRES, Eye
from console.video.pool import Full
from console.video.stream import Vitals

PLACE = (118.8, 32.06)


def eye(id, north=50.0, **facts):
    """Give a camera so many metres north of a place."""
    plain = {
        "code": f"3201020000131000{len(id):04d}", "name": f"{id}路口", "type": "fixed",
        "owner": "pol", "district": "320102", "street": "", "lon": PLACE[0],
        "lat": PLACE[1] + north / METRES, "bearing": 180.0, "fov": 80.0, "ptz": False,
        "main": f"rtsp://x/{id}/main", "sub": f"rtsp://x/{id}/sub",
    }  # fmt: skip
    return Eye(id=id, **(plain | facts))


class Pictures:
    """Stands where a pool of decoders stands."""

    def __init__(self, *, slots=SLOTS) -> None:
        self.wishes = {}
        self.began = []
        self.closed = False
        self.known = {}
        self._seqs = np.zeros(SLOTS, np.int64)
        self._slots = slots

    def begin(self, wish, room=0):
        free = next((n for n in range(self._slots) if n not in self.wishes), None)
        if free is None:
            raise Full
        self.wishes[free] = wish
        self.began.append(wish.address)
        self._seqs[free] = 0
        self.known.pop(free, None)
        return free

    def change(self, slot, wish):
        self.wishes[slot] = wish

    def end(self, slot):
        del self.wishes[slot]

    def seqs(self):
        return self._seqs.copy()

    def vitals(self, slot):
        return self.known.get(slot, Vitals())

    def picture(self, slot):
        wish = self.wishes.get(slot)
        if wish is None or not self._seqs[slot]:
            return None
        width, height = min(wish.width, 640), min(wish.height, 360)
        return memoryview(bytes([90, 120, 60, 0]) * (width * height)), width, height

    def tend(self):
        return None

    def close(self):
        self.closed = True

    # ---- what a test does

    def come(self, address, **known):
        """Let a picture of a stream come, wherever it is played."""
        slots = [n for n, wish in self.wishes.items() if wish.address == address]
        assert slots, address
        for slot in slots:
            self._seqs[slot] += 1
            self.known[slot] = Vitals(seq=int(self._seqs[slot]), **known)

    def tell(self, address, **known):
        """Let it be known of a stream, which has no picture, how it stands with it."""
        for slot, wish in self.wishes.items():
            if wish.address == address:
                self.known[slot] = Vitals(**known)

    @property
    def playing(self):
        return sorted(wish.address for wish in self.wishes.values())
