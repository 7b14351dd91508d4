"""Steers cameras for seats: who may, who has which, every step written down with who it was.

A motion that is not said again in time is stopped here, whatever became of the seat, and again
until the camera confirms it; a camera that was turned and left goes back to its place.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, Protocol

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, select

from console.base import resources
from console.base.errors import Refused
from console.base.shape import shaped
from console.central import tables
from console.central.centre import Centre
from console.domain.access import SYSTEM, Access, sees
from console.domain.halting import Halt, checked
from console.domain.holding import Hand, Holds, Rules
from console.domain.record import Camera, Incident
from console.domain.steering import Claim, Hold, Motion, Place, Steer, Steered

FILE = "steering.toml"
ROUND_S = 0.5
AGAIN_S = 4.0
"""A motion that goes on is done anew so often: cameras that stop by themselves go on, too."""
KEPT_DAYS, DAY = 90, 86_400_000
LISTED = 500
STOP = Motion()
SILENT = "refused.camera_silent"
"""Said of a camera that gave no answer: it may have done what it was told."""
_T = tables.steered.c
_log = logging.getLogger(__name__)


class Driver(Protocol):
    """A way to cameras: GB/T 28181, ONVIF, the demo's own."""

    def knows(self, camera: str) -> bool:
        """Tell whether a camera (its code) is reached by this way."""
        ...

    def steer(self, camera: str, wish: Motion | Place) -> None:
        """Steer it; Refused says why that cannot be."""
        ...


@dataclass(slots=True)
class _Moving:
    motion: Motion
    said: float
    done: float
    hand: Hand


class _Due(NamedTuple):
    """What is to be done with a camera without anybody's asking, and who had it last.

    ``halt``: of a stop that is tried again.
    """

    camera: str
    wish: Motion | Place
    what: str
    hand: Hand
    halt: Halt | None = None


class Steering:
    """All steering of one centre. Every method may be called from any thread, and may wait.

    ``beside``: how what nobody asked for is done, so that no silent camera holds up the others.
    """

    def __init__(self, centre: Centre) -> None:
        self.drivers: list[Driver] = []
        self.beside: Callable[[Callable[[], Any]], Any] = lambda job: job()
        self.rules = shaped(resources.table(FILE), Rules, FILE)
        self._centre = centre
        self._holds = Holds(self.rules)
        self._halts = checked(self.rules.stop_again_s, self.rules.stop_unsure, FILE)
        self._moving: dict[str, _Moving] = {}
        self._left: dict[str, float] = {}
        """Cameras that were turned, and since when (monotonic s) nobody has had them."""
        self._lock = threading.Lock()

    # ---- seats

    def steer(self, asked: Steer, access: Access) -> Hold:
        """Do what a seat wishes; Refused says why not.

        A stop of what moves is not refused for its camera's sake: it is tried again, and the hold
        that is given says so.
        """
        wish = asked.wish
        if wish is None:
            raise Refused("refused.steer_wish")
        camera = self._camera(asked.camera, access)
        hand = self._hand(access, asked.seat, asked.incident)
        with self._lock:
            hold = self._holds.use(camera.id, hand, self._centre.clock.now())
            known = self._moving.get(camera.id)
            again = known is not None and known.motion == wish and known.hand.user == hand.user
            runs_on = self._halts.end(camera.id)
            due = self._note(camera.id, wish, hand, known if again else None)
        if due:
            self._try(camera, wish, hand, runs_on, moved=known is not None)
        if not again:
            self._write(camera.id, hand, _words(wish), asked.incident)
        return self._marked(hold)

    def claim(self, asked: Claim, access: Access) -> Hold:
        """Ask for a camera, keep it, or give it back; give who has it then."""
        camera = self._camera(asked.camera, access)
        hand = self._hand(access, asked.seat, asked.incident)
        with self._lock:
            before = self._holds.of(camera.id, self._centre.clock.now())
            does = {"ask": self._holds.ask, "give": self._holds.give, "keep": self._holds.keep}
            hold = does[asked.do](camera.id, hand, self._centre.clock.now())
            ended = self._ended(before) if before is not None else None
        if ended is not None:
            self._stop(camera, ended.hand)
        what = asked.do
        if what == "ask" and hold.user == hand.user:
            what = "take" if before is None or before.user == hand.user else "outrank"
        self._write(camera.id, hand, what, asked.incident)
        return self._marked(hold)

    def holds(self, access: Access) -> list[Hold]:
        """Give who has which of the cameras that this person may see.

        Those whose stop is not confirmed are among them, though nobody may have them any more.
        """
        with self._lock:
            held = self._holds.standing(self._centre.clock.now())
            has = {hold.camera for hold in held}
            held += [
                Hold(camera=halt.camera, user=halt.hand.user, name=halt.hand.name,
                     seat=halt.hand.seat)
                for halt in self._halts.standing() if halt.camera not in has
            ]  # fmt: skip
            held = [self._marked(hold) for hold in held]
        cameras = self._centre.found(Camera.kind, [each.camera for each in held])
        return [h for h in held if h.camera in cameras and sees(access, cameras[h.camera].scope)]

    def log(self, access: Access, camera: str = "", incident: str = "") -> list[Steered]:
        """Give what was done with cameras that this person may see, the newest first.

        ``camera``, ``incident``: of one camera, for one incident alone. Refused when the camera is
        not to be seen.
        """
        query = select(tables.steered).order_by(_T.n.desc()).limit(LISTED)
        if camera:
            self._seen(camera, access)
            query = query.where(_T.camera == camera)
        if incident:
            query = query.where(_T.incident == incident)
        with self._centre.ledger.reading() as line:
            rows = line.execute(query).all()
        known = self._centre.found(Camera.kind, list({row.camera for row in rows}))
        seen = {code for code, each in known.items() if sees(access, each.scope)}
        return [
            Steered(at=row.at, camera=row.camera, user=row.user, name=row.name, seat=row.seat,
                    what=row.what, incident=row.incident)
            for row in rows if row.camera in seen
        ]  # fmt: skip

    # ---- time

    def watch(self, stopping: threading.Event) -> None:
        """Let time pass until told to stop."""
        while not stopping.wait(ROUND_S):
            self.tend()

    def tend(self) -> None:
        """Stop what is not said again, end what is not used, send home what was left."""
        clock = self._centre.clock
        with self._lock:
            now = clock.monotonic()
            stale = [c for c, m in self._moving.items() if now - m.said > self.rules.motion_s]
            over = self._holds.over(clock.now())
            stale += [hold.camera for hold in over if self._ended(hold)]
            due = [self._halted(camera) for camera in dict.fromkeys(stale)]
            due += [_Due(h.camera, STOP, "stopped", h.hand, h) for h in self._halts.due(now)]
            if self.rules.return_s:
                due += self._homeward(now - self.rules.return_s)
        for each in due:
            self.beside(partial(self._quietly, each))
        for hold in over:
            hand = Hand(hold.user, hold.name, hold.seat)
            self._write(hold.camera, hand, "handed" if hold.asked_by else "over")

    def rest(self) -> None:
        """Stop all that moves: nobody watches over it any more."""
        with self._lock:
            due = [self._halted(camera) for camera in tuple(self._moving)]
        for each in due:
            self._quietly(each)

    # ---- inside

    def _seen(self, camera: str, access: Access) -> Camera:
        found = self._centre.get(Camera.kind, camera)
        if not isinstance(found, Camera) or not sees(access, found.scope):
            raise Refused("refused.unknown", kind=Camera.kind, id=camera[:64])
        return found

    def _camera(self, camera: str, access: Access) -> Camera:
        """Give a camera that this person may steer; Refused says why not."""
        found = self._seen(camera, access)
        if not self._rank(access):
            raise Refused("refused.steer_role")
        if found.state != "in_service":
            raise Refused("refused.steer_state")
        if not found.ptz:
            raise Refused("refused.no_ptz", camera=found.name)
        return found

    def _rank(self, access: Access) -> int:
        return max((self.rules.rank.get(role, 0) for role in access.roles), default=0)

    def _hand(self, access: Access, seat: str, incident: str) -> Hand:
        rank, held = self._rank(access), None
        if incident:
            held = self._centre.get(Incident.kind, incident)
        if isinstance(held, Incident) and sees(access, held.scope):
            open_ = held.state in self._centre.judge.machines[Incident.kind].opened
            rank += self.rules.level.get(held.level, 0) if open_ else 0
        return Hand(access.user, access.name, seat[:64], rank)

    def _note(self, camera: str, wish: Motion | Place, hand: Hand, known: _Moving | None) -> bool:
        """Take note of what moves, and that it is not where it was; tell whether it is to be done.

        ``known``: the same motion, which goes on. The lock is held.
        """
        self._left.pop(camera, None)
        now = self._centre.clock.monotonic()
        due = known is None or now - known.done >= AGAIN_S
        if isinstance(wish, Motion) and not wish.still:
            done = now if known is None or due else known.done
            self._moving[camera] = _Moving(wish, now, done, hand)
        else:
            self._moving.pop(camera, None)
        return due

    def _halted(self, camera: str) -> _Due:
        """Give how a camera is stopped; it does not move any more. The lock is held."""
        moving = self._moving.pop(camera, None)
        return _Due(camera, STOP, "halt", moving.hand if moving else Hand(SYSTEM, SYSTEM))

    def _homeward(self, late: float) -> list[_Due]:
        """Give how those go home that were left before then. The lock is held."""
        found = [camera for camera, since in self._left.items() if since <= late]
        for camera in found:
            del self._left[camera]
        home = Place(do="call", number=self.rules.home)
        return [_Due(camera, home, "home", Hand(SYSTEM, SYSTEM)) for camera in found]

    def _ended(self, hold: Hold) -> _Moving | None:
        """Give what goes on moving under a hold that is no longer its holder's, and let it go."""
        now = self._holds.of(hold.camera, self._centre.clock.now())
        if now is not None and now.user == hold.user:
            return None
        if now is None:
            self._left[hold.camera] = self._centre.clock.monotonic()
        return self._moving.pop(hold.camera, None)

    def _do(self, camera: Camera, wish: Motion | Place) -> None:
        driver = next((d for d in self.drivers if d.knows(camera.code)), None)
        if driver is None:
            raise Refused("refused.steer_way", camera=camera.name)
        driver.steer(camera.code, wish)

    def _try(
        self, camera: Camera, wish: Motion | Place, hand: Hand, runs_on: Halt | None, *, moved: bool
    ) -> None:
        """Do it; what was not done is not taken for done when said again.

        What moved before, or may have begun to, is stopped, as often as it takes.
        """
        try:
            self._do(camera, wish)
        except Refused as refused:
            still = isinstance(wish, Motion) and wish.still
            began = isinstance(wish, Motion) and not still and refused.key == SILENT
            may_move = moved or began or runs_on is not None
            with self._lock:
                self._moving.pop(camera.id, None)
            if may_move:
                self._not_stopped(_Due(camera.id, STOP, "halt", hand), refused, runs_on)
            if not (may_move and still):
                raise

    def _stop(self, camera: Camera, hand: Hand) -> None:
        try:
            self._do(camera, STOP)
        except Refused as refused:
            self._not_stopped(_Due(camera.id, STOP, "halt", hand), refused)

    def _quietly(self, due: _Due) -> None:
        """Do what nobody asked for; who had the camera last is written down with a halt."""
        found = self._centre.get(Camera.kind, due.camera)
        if not isinstance(found, Camera):
            with self._lock:
                self._halts.end(due.camera)
            return
        try:
            self._do(found, due.wish)
        except Refused as refused:
            if due.wish == STOP:
                self._not_stopped(due, refused)
            else:
                _log.warning("%s of %s: %s", due.what, due.camera, refused)
            return
        if due.halt is not None:
            with self._lock:
                self._halts.came(due.halt)
        self._write(due.camera, due.hand, due.what)

    def _not_stopped(self, due: _Due, refused: Refused, before: Halt | None = None) -> None:
        """Let a stop be tried again, unless somebody moves the camera; say when it is too often."""
        with self._lock:
            now = self._centre.clock.monotonic()
            if due.halt is not None:
                unsure = self._halts.failed(due.halt, now)
            elif due.camera in self._moving:
                return
            else:
                unsure = self._halts.begin(due.camera, due.hand, now, before)
            often = self._halts.mark(due.camera) == "unsure"
        if unsure:
            self._write(due.camera, due.hand, "unstopped")
        if unsure or not often:
            _log.warning("a stop of %s is not confirmed: %s", due.camera, refused)

    def _marked(self, hold: Hold) -> Hold:
        """Say with a hold whether a stop of its camera is not confirmed."""
        mark = self._halts.mark(hold.camera)
        return replace(hold, stop=mark) if mark else hold

    def _write(self, camera: str, hand: Hand, what: str, incident: str = "") -> None:
        now = self._centre.clock.now()
        row = {"at": now, "camera": camera, "user": hand.user, "name": hand.name,
               "seat": hand.seat, "what": what, "incident": incident[:128]}  # fmt: skip
        with self._centre.ledger.writing() as line:
            line.execute(tables.steered.insert().values(**row))
            line.execute(delete(tables.steered).where(_T.at < now - KEPT_DAYS * DAY))


def _words(wish: Motion | Place) -> str:
    """Say a wish as the log has it: "stop", "call 3", "move pan=1 speed=4"."""
    if isinstance(wish, Place):
        return f"{wish.do} {wish.number}"
    if wish.still:
        return "stop"
    said = msgspec.to_builtins(wish)
    return " ".join(["move", *(f"{name}={value}" for name, value in said.items())])
