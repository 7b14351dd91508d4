"""Steering cameras from this seat: wishes go to the centre one after the other, as they were made.

Nothing waits for a line that is cut: a camera that turned when somebody has long looked elsewhere
would be worse than one that does not turn. Of motions that pile up only the last is sent.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Literal, TypeVar

from console.base.errors import Refused, Unreachable
from console.base.work import Work
from console.domain.steering import Claim, Hold, Motion, Place, Steer, Steered
from console.gateways.central import CentralApi

T = TypeVar("T")
Does = Literal["ask", "give", "keep"]


class Steering:
    """One seat's hand on cameras. ``up`` tells whether the line to the centre is there."""

    def __init__(self, api: CentralApi, work: Work, seat: str, up: Callable[[], bool]) -> None:
        self._api = api
        self._work = work
        self._seat = seat
        self._up = up
        self._lock = threading.Lock()
        self._waits: list[tuple[Steer, Future[Hold]]] = []
        self._busy = False

    def steer(self, camera: str, wish: Motion | Place, incident: str = "") -> "Future[Hold]":
        """Wish something of a camera; Refused says why it is not done."""
        motion = wish if isinstance(wish, Motion) else None
        place = wish if isinstance(wish, Place) else None
        asked = Steer(camera=camera, motion=motion, place=place, incident=incident, seat=self._seat)
        future: Future[Hold] = Future()
        if not self._up():
            future.set_exception(Refused("refused.steer_offline"))
            return future
        with self._lock:
            self._let_go_of_older(asked)
            self._waits.append((asked, future))
            begin, self._busy = not self._busy, True
        if begin:
            self._work.call(self._send)
        return future

    def claim(self, camera: str, do: Does, incident: str = "") -> "Future[Hold]":
        """Ask for a camera that another has, give it back, or keep it from who asks."""
        asked = Claim(camera=camera, do=do, incident=incident, seat=self._seat)
        return self._work.call(lambda: self._told("/video/v1/claim", asked))

    def holds(self) -> "Future[list[Hold]]":
        """Ask who has which camera now."""
        return self._work.call(lambda: self._within(self._ask_holds))

    def log(self, camera: str = "", incident: str = "") -> "Future[list[Steered]]":
        """Ask what was done with cameras, the newest first; of one, or for one incident alone."""
        named = {"camera": camera, "incident": incident}
        asked = {name: said for name, said in named.items() if said}
        return self._work.call(lambda: self._within(lambda: self._ask_log(asked)))

    # ---- inside

    def _let_go_of_older(self, asked: Steer) -> None:
        """Drop motions of this camera that have not gone yet: another follows. The lock is held."""
        if asked.motion is None:
            return
        older = [w for w in self._waits if w[0].camera == asked.camera and w[0].motion is not None]
        for each in older:
            self._waits.remove(each)
            each[1].cancel()

    def _send(self) -> None:
        while True:
            with self._lock:
                if not self._waits:
                    self._busy = False
                    return
                asked, future = self._waits.pop(0)
            try:
                future.set_result(self._told("/video/v1/steer", asked))
            except Exception as error:  # noqa: BLE001 - handed on to whoever asks for the result
                future.set_exception(error)

    def _told(self, path: str, asked: Steer | Claim) -> Hold:
        return self._within(lambda: self._api.tell(path, asked, Hold))

    def _within(self, call: Callable[[], T]) -> T:
        try:
            return call()
        except Unreachable:
            raise Refused("refused.steer_offline") from None

    def _ask_holds(self) -> list[Hold]:
        return self._api.ask("/video/v1/holds", list[Hold])

    def _ask_log(self, asked: dict[str, str]) -> list[Steered]:
        return self._api.ask("/video/v1/steered", list[Steered], asked)
