"""Keys and menus, made from the command registry: the one home of QAction. Greyed ones say why."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence  # noqa: TID251 - the one home of actions
from PySide6.QtWidgets import QMenu, QWidget

from console.base.notice import Level, Notice
from console.base.text import text
from console.commands import Command, Registry
from console.domain.plan import Allowed
from ui.kit.notices import plain

RULE, FORM = "-", "form.open"
CONTEXT = "context"
"""The menu of a record under the pointer; it is no part of the main menu."""
OWN = frozenset(("Return",))
"""Keys that lines and tables need themselves: they are listed, but nothing is bound to them."""
AFTER_TAB = "\t"
"""What stands after it in a menu's entry is drawn at the right: the key."""


class Actions(QObject):
    """Runs a line for each key, and makes menus of lines; ``asked`` gives the line."""

    asked = Signal(str)

    def __init__(
        self,
        window: QWidget,
        registry: Registry,
        keys: Mapping[str, str],
        allowed: Callable[[], Sequence[Allowed]],
        say: Callable[[Notice], str] = plain,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._registry = registry
        self._keys = dict(keys)
        self._allowed = allowed
        self._say = say
        for key, line in keys.items():
            if key not in OWN:
                self._bind(key, line)

    @property
    def keys(self) -> Mapping[str, str]:
        return self._keys

    def key_of(self, line: str) -> str:
        """Give the key of a line, as this system writes it; else that of its bare command."""
        for key, each in self._keys.items():
            if each == line:
                return _written(key)
        wanted = line.split(maxsplit=1)[0]
        for key, each in self._keys.items():
            if each.split(maxsplit=1)[0] == wanted and " --" not in each:
                return _written(key)
        return ""

    def title(self, line: str) -> str:
        """Name what a line does: its command, and the values that it is given."""
        command, values = self._meant(line)
        said = [command.title]
        for argument, value in zip(command.takes.values(), values, strict=False):
            if not value.startswith("@"):
                said.append(_value(argument.name, argument.type, value))
        return " ".join(said)

    def menu(self, lines: Iterable[str], title: str = "", parent: QWidget | None = None) -> QMenu:
        """Make a menu of lines; what may be done is worked out each time it is opened."""
        menu = QMenu(title, parent or self._window)
        menu.setToolTipsVisible(True)
        for line in lines:
            if line == RULE:
                menu.addSeparator()
            else:
                self._add(menu, line)
        menu.aboutToShow.connect(lambda: self._grey(menu))
        return menu

    def whole(self, menus: Mapping[str, Sequence[str]]) -> QMenu:
        """Make the main menu: one part for each list of lines."""
        whole = QMenu(self._window)
        for name, lines in menus.items():
            if name == CONTEXT:
                continue
            whole.addMenu(self.menu(lines, text(f"menu.{name}"), whole))
        return whole

    def _bind(self, key: str, line: str) -> None:
        action = QAction(self._window)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setAutoRepeat(line.startswith("select."))
        action.triggered.connect(lambda: self.asked.emit(line))
        self._window.addAction(action)

    def _add(self, menu: QMenu, line: str) -> QAction:
        key = self.key_of(line)
        action = menu.addAction(self.title(line) + (AFTER_TAB + key if key else ""))
        action.setData(line)
        action.triggered.connect(lambda: self.asked.emit(line))
        return action

    def _meant(self, line: str) -> tuple[Command, list[str]]:
        """Give the command of a line and its values; a form stands for the command it fills in."""
        name, *values = line.split()
        if name == FORM and values:
            name, *values = values
        return self._registry.get(name), values

    def _grey(self, menu: QMenu) -> None:
        allowed = {each.command: each for each in self._allowed()}
        for action in menu.actions():
            line = action.data()
            if not line:
                continue
            command, _ = self._meant(str(line))
            if not command.target:
                continue
            found = allowed.get(f"{command.kind}.{command.verb}")
            action.setEnabled(found is not None and not found.refused_key)
            action.setToolTip(self._why(found, command))

    def _why(self, allowed: Allowed | None, command: Command) -> str:
        if allowed is None:
            return text("actions.select", kind=text(f"kind.{command.kind}"))
        if not allowed.refused_key:
            return ""
        return self._say(Notice(Level.warned, allowed.refused_key, dict(allowed.refused_args)))


def _value(name: str, kind: str, value: str) -> str:
    keys = {"choice": f"choice.{name}.{value}", "queue": f"queue.{value}"}
    return text(keys[kind]) if kind in keys else value


def _written(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
