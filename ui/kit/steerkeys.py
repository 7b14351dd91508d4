"""Keys of steering: held down they move a camera, let go they stop it. Which ones is in a file."""

from collections.abc import Callable
from typing import Any, cast

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.base import resources
from console.base.errors import BadData
from console.base.shape import shaped
from console.domain.steering import Motion, Place

FILE = "commands/steering.toml"
HOME = 1
_SHIFT = int(Qt.KeyboardModifier.ShiftModifier.value)
_CTRL = int(Qt.KeyboardModifier.ControlModifier.value)
_ALT = int(Qt.KeyboardModifier.AltModifier.value)
_PRESS, _RELEASE = int(QEvent.Type.KeyPress.value), int(QEvent.Type.KeyRelease.value)
_OVERRIDE, _AWAY = int(QEvent.Type.ShortcutOverride.value), int(QEvent.Type.FocusOut.value)


class _Speeds(Struct, frozen=True, forbid_unknown_fields=True):
    slow: int
    usual: int
    fast: int


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    move: dict[str, Motion]
    speed: _Speeds


class SteerKeys(QObject):
    """Listens at a widget while it is on; a key that is steering's is nobody else's meanwhile.

    ``wish`` is given what hands wish; ``leave`` is called by Escape.
    """

    def __init__(
        self, at: QWidget, wish: Callable[[Motion | Place], None], leave: Callable[[], None]
    ) -> None:
        super().__init__(at)
        read = shaped(resources.table(FILE), _File, FILE)
        self._moves = {_key(name): motion for name, motion in read.move.items()}
        self._speeds = read.speed
        self._wish = wish
        self._leave = leave
        self._down: dict[int, Motion] = {}
        self.on = False
        at.installEventFilter(self)

    def stop(self) -> None:
        """Stop what moves: the keys are let go, or nobody looks here any more."""
        if self._down:
            self._down.clear()
            self._wish(Motion())

    @property
    def motion(self) -> Motion:
        """Give what the keys that are down mean together."""
        held = list(self._down.values())
        if not held:
            return Motion()
        ways = {
            name: max(-1, min(1, sum(int(getattr(each, name)) for each in held)))
            for name in ("pan", "tilt", "zoom", "focus", "iris")
        }
        return Motion(speed=held[-1].speed, **ways)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.on:
            return super().eventFilter(watched, event)
        kind = int(event.type().value)
        if kind == _AWAY:
            self.stop()
        if kind == _OVERRIDE and self._ours(cast(QKeyEvent, event)):
            event.accept()
            return True
        if kind == _PRESS:
            return self._pressed(cast(QKeyEvent, event))
        if kind == _RELEASE:
            return self._let_go(cast(QKeyEvent, event))
        return super().eventFilter(watched, event)

    # ---- inside

    def _ours(self, event: QKeyEvent) -> bool:
        key = event.key()
        return key in self._moves or _digit(key) is not None or key == int(Qt.Key.Key_Escape)

    def _pressed(self, event: QKeyEvent) -> bool:
        if not self._ours(event):
            return False
        if event.isAutoRepeat():
            return True
        key, digit = event.key(), _digit(event.key())
        if key == int(Qt.Key.Key_Escape):
            self.stop()
            self._leave()
        elif digit is not None:
            self._place(digit, saves=bool(event.modifiers().value & _CTRL))
        else:
            self._down[key] = self._hurried(self._moves[key], event.modifiers().value)
            self._wish(self.motion)
        return True

    def _let_go(self, event: QKeyEvent) -> bool:
        if event.key() not in self._moves:
            return False
        if not event.isAutoRepeat() and self._down.pop(event.key(), None) is not None:
            self._wish(self.motion)
        return True

    def _place(self, digit: int, *, saves: bool) -> None:
        if digit:
            self._wish(Place(do="save" if saves else "call", number=digit))
        elif not saves:
            self._wish(Place(do="call", number=HOME))

    def _hurried(self, motion: Motion, held: int) -> Motion:
        speeds = self._speeds
        speed = speeds.fast if held & _SHIFT else speeds.slow if held & _ALT else speeds.usual
        facts: dict[str, Any] = {"pan": motion.pan, "tilt": motion.tilt, "zoom": motion.zoom,
                                 "focus": motion.focus, "iris": motion.iris}  # fmt: skip
        return Motion(speed=speed, **facts)


def _digit(key: int) -> int | None:
    number = key - int(Qt.Key.Key_0)
    return number if 0 <= number <= 9 else None


def _key(name: str) -> int:
    found: Any = getattr(Qt.Key, f"Key_{name}", None)
    if found is None:
        raise BadData(FILE, f"move.{name}", "no such key")
    return int(found)
