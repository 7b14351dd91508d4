"""The same tiles as on the wall, inside the workstation: they follow what is selected there."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from console.app import Core
from console.base.errors import Refused
from console.domain.changes import Changes
from console.video.pool import Decoding, Pool
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.parts import column
from ui.windows.pushes import Answered
from ui.windows.wallroom import WallRoom

FIRST = "grid4"
LED_MS = 2_000
"""Whoever runs through a list does not drag a wall along."""
LEAST = 260
"""Lower than this its tiles say nothing."""
HERE = (
    "show", "clear", "follow", "pin", "enlarge", "figures", "favour", "snapshot", "layout",
    "replay", "clip", "steer", "steer_ask", "steer_keep", "save",
    "rotate", "lock", "trunks",
)  # fmt: skip
"""The lines of the wall that are done in the dock."""
Args = Mapping[str, str]


class WallPanel(QWidget):
    """Nothing is decoded, and no process is started, until it is shown for the first time."""

    asked = Signal(str)
    failed = Signal(object)

    def __init__(
        self, core: Core, outfit: Outfit, notices: Notices,
        decode: Callable[[], Decoding] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._core = core
        self._outfit = outfit
        self._notices = notices
        self._decode = decode or (lambda: Pool(1, core.vault, hardware=core.settings.hardware))
        self._followed = ""
        self._answered = Answered(core, notices)
        self._led = ""
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(LED_MS)
        self._settled.timeout.connect(self._push)
        self.room: WallRoom | None = None
        self._box = column(self, gap=0)
        self.setMinimumHeight(LEAST)

    def commands(self) -> dict[str, Callable[[Args], None]]:
        """Give what it does, by the names of commands."""
        found: dict[str, Callable[[Args], None]] = {"wall.lead": self._lead}
        for name in HERE:
            found[f"wall.{name}"] = partial(self._do, f"wall.{name}")
        return found

    def put(self, cameras: Sequence[str]) -> None:
        """Put cameras on the tiles, from the first on, as many as there are tiles."""
        tiles = len(self.room.model.tiles) if self.room is not None else 0
        for n, camera in enumerate(cameras[:tiles]):
            self._do("wall.show", {"camera": camera, "tile": str(n + 1)})

    def show_record(self, kind: str, record_id: str) -> None:
        """Follow the incident that is selected; "": none."""
        self._followed = record_id if kind == "incident" else self._followed if kind else ""
        if self.room is not None and self.isVisible():
            self.room.follow(self._followed)
        if self._led and self._followed:
            self._settled.start()

    def refresh(self, changes: Changes) -> None:
        self._answered.refresh(changes)
        if self.room is not None and self.isVisible():
            self.room.refresh(changes)

    def retranslate(self) -> None:
        if self.room is not None:
            self.room.retranslate()

    def end(self) -> None:
        """Let the decoders go."""
        if self.room is not None:
            self.room.close()
            self.room = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.room is None:
            self.room = WallRoom(self._core, self._outfit, self._notices, self._decode())
            self.room.view.asked.connect(self.asked)
            self._box.addWidget(self.room.view)
            self._box.addWidget(self.room.trunks)
            self.room.lay_out(FIRST)
        self.room.start()
        self.room.follow(self._followed)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.room is not None:
            self.room.stop()

    def _lead(self, args: Args) -> None:
        """Let the wall of another seat follow what is selected here, or no longer."""
        self._led = args.get("wall", "")
        wall = self._core.names("seat", self._led) or self._led
        self._notices.say("wall.leading" if self._led else "wall.leading_ended", wall=wall)

    def _push(self) -> None:
        self.asked.emit(f"showing.push {self._led} --incident={self._followed}")

    def _do(self, name: str, args: Args) -> None:
        if self.room is None:
            raise Refused("refused.no_such", kind="panel", word="wall")
        self.room.does[name](args)
