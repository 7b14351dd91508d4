"""Steering from the wall: takes a camera, moves it by keys, says who has it, and lets it go."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from console.app import Core
from console.base.errors import Refused
from console.base.notice import Level
from console.domain.steering import Hold, Motion, Place
from console.steering import Does
from console.video.eyes import Eye
from ui.kit.notices import Notices
from ui.kit.steerkeys import SteerKeys
from ui.models.hands import Hand, hands_of
from ui.models.news import Answers

LOOK_MS, AGAIN_MS = 2_000, 1_000
Args = Mapping[str, str]


class WallSteer(QObject):
    """Hands of one wall. ``turned``: who has which camera has changed.

    ``eye`` gives the camera of the chosen tile, ``incident`` what that tile is there for, or "";
    ``named`` what a camera is called.
    """

    turned = Signal()

    def __init__(
        self, core: Core, notices: Notices, tiles: QWidget, eye: Callable[[], Eye | None],
        incident: Callable[[], str], named: Callable[[str], str],
    ) -> None:  # fmt: skip
        super().__init__(tiles)
        self._core = core
        self._notices = notices
        self._eye = eye
        self._incident = incident
        self._named = named
        self._unsure: frozenset[str] = frozenset()
        """Cameras that this person moved last, and whose stop is not confirmed."""
        self._holds: list[Hold] = []
        self._answers = Answers(self._refused, self)
        self._quiet = Answers(lambda _error: self._take([]), self)
        self.camera = ""
        """The camera that the keys move now."""
        self.hands: dict[str, Hand] = {}
        self.keys = SteerKeys(tiles, self._wish, self.leave)
        self._look, self._again = QTimer(self), QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._say_again)
        self.does: dict[str, Callable[[Args], None]] = {
            "wall.steer": lambda _args: self._toggle(),
            "wall.steer_ask": lambda _args: self._claim("ask"),
            "wall.steer_keep": lambda _args: self._claim("keep"),
        }

    def start(self) -> None:
        """Begin to look who has which camera."""
        self._look.start()
        self.look()

    def stop(self) -> None:
        """Let go: the screen is locked, or the wall is not to be seen."""
        self._look.stop()
        self.leave()

    def look(self) -> None:
        """Ask who has which camera; without the line nobody knows."""
        if self._core.link().state == "up":
            self._quiet.ask("holds", self._core.steering.holds(), self._take)
        else:
            self._take([])

    def hand(self, camera: str) -> Hand | None:
        """Give what is to be said of who steers a camera."""
        return self.hands.get(camera)

    def leave(self) -> None:
        """Give the camera back."""
        if self.camera:
            self.keys.stop()
            camera, self.camera = self.camera, ""
            self._off()
            self._quiet.ask("give", self._core.steering.claim(camera, "give"), self._given)

    # ---- inside

    def _toggle(self) -> None:
        if self.camera:
            self.leave()
            return
        eye = self._steerable()
        future = self._core.steering.steer(eye.id, Motion(), self._incident())
        self._answers.ask("take", future, self._taken)

    def _claim(self, do: Does) -> None:
        eye = self._steerable()
        future = self._core.steering.claim(eye.id, do, self._incident())
        self._answers.ask("claim", future, self._claimed)

    def _steerable(self) -> Eye:
        eye = self._eye()
        if eye is None:
            raise Refused("refused.no_camera_here")
        if not eye.ptz:
            raise Refused("refused.no_ptz", camera=eye.name)
        if self._core.link().state != "up":
            raise Refused("refused.steer_offline")
        return eye

    def _taken(self, hold: Hold) -> None:
        self.camera, self.keys.on = hold.camera, True
        self._again.start()
        self._put(hold)

    def _claimed(self, hold: Hold) -> None:
        if hold.user == self._core.person.user and hold.camera != self.camera:
            self._taken(hold)
        elif hold.user != self._core.person.user:
            self._notices.say("steer.asking", person=hold.name or hold.user)
        self._put(hold)

    def _wish(self, wish: Motion | Place) -> None:
        if self.camera:
            future = self._core.steering.steer(self.camera, wish, self._incident())
            self._answers.ask("wish", future, self._put)
            if isinstance(wish, Place):
                self._notices.say(f"steer.{wish.do}", number=wish.number)

    def _say_again(self) -> None:
        """Say a motion again while its keys are down: the centre stops what is not."""
        motion = self.keys.motion
        if self.camera and not motion.still:
            self._answers.ask(
                "wish", self._core.steering.steer(self.camera, motion, self._incident()), self._put
            )

    def _given(self, _hold: Hold) -> None:
        """See at once who has it now; nobody looks any more once the wall has ended."""
        if self._look.isActive():
            self.look()

    def _put(self, hold: Hold) -> None:
        self._take([*(h for h in self._holds if h.camera != hold.camera), hold])

    def _take(self, holds: list[Hold]) -> None:
        self._holds = holds
        before = self.hands
        me = self._core.person.user
        self.hands = hands_of(holds, me, self._core.clock.now())
        held = self.hands.get(self.camera)
        if self.camera and (held is None or not held.mine):
            holder = next((h for h in holds if h.camera == self.camera), None)
            self.camera = ""
            self._off()
            self._say_lost(holder)
        elif held is not None and held.asked and not self._was_asked(before):
            self._notices.say("steer.is_asked")
        self._say_unsure()
        if before != self.hands:
            self.turned.emit()

    def _say_unsure(self) -> None:
        """Say once of each camera that no stop of it was confirmed."""
        me, before = self._core.person.user, self._unsure
        self._unsure = frozenset(
            h.camera for h in self._holds if h.stop == "unsure" and h.user == me
        )
        for camera in self._unsure - before:
            self._notices.say(
                "steer.unstopped", Level.alarmed, f"stop {camera}", camera=self._named(camera)
            )

    def _say_lost(self, holder: Hold | None) -> None:
        """Say who took the camera from this hand, or that it was left alone too long."""
        if holder is None:
            self._notices.say("steer.lost")
        else:
            self._notices.say("steer.lost_to", person=holder.name or holder.user)

    def _was_asked(self, before: Mapping[str, Hand]) -> bool:
        held = before.get(self.camera)
        return held is not None and held.asked

    def _refused(self, error: BaseException) -> None:
        """Tell why; what nobody steers any more is let go."""
        if self.camera and isinstance(error, Refused):
            self.camera = ""
            self._off()
        self._notices.failed(error)

    def _off(self) -> None:
        self.keys.on = False
        self._again.stop()
        self.turned.emit()
