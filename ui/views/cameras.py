"""The tree of cameras: by jurisdiction and sort, searched as one types, dragged to the wall."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from console.base.text import text
from console.video.eyes import Eye
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, Hint, column
from ui.kit.tiles import MIME
from ui.models.catalogue import Catalogue

ID = int(Qt.ItemDataRole.UserRole)
WIDTH = 260


class _Tree(QTreeWidget):
    """Its rows are dragged as cameras, or sent by a figure to the tile of that number."""

    sent = Signal(str, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item, said = self.currentItem(), event.text()
        camera = str(item.data(0, ID) or "") if item is not None else ""
        if camera and said.isdecimal() and said != "0":
            self.sent.emit(camera, int(said))
        else:
            super().keyPressEvent(event)

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        made = QMimeData()
        camera = str(items[0].data(0, ID) or "") if items else ""
        if camera:
            made.setData(MIME, camera.encode())
        return made

    def mimeTypes(self) -> list[str]:
        return [MIME]


class CameraTree(QWidget):
    """``asked`` gives a line to run: a camera is to be shown."""

    asked = Signal(str)

    def __init__(
        self, catalogue: Catalogue, outfit: Outfit, name: Callable[[str, str], str]
    ) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._outfit = outfit
        self._name = name
        self._healthy: dict[str, bool] = {}
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(WIDTH - 60)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.rebuild)
        self.tree = _Tree()
        self.tree.setHeaderHidden(True)
        self.tree.setDragEnabled(True)
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.tree.itemActivated.connect(self._open)
        self.tree.itemExpanded.connect(self._fill)
        self.tree.sent.connect(self._send)
        self._empty = Hint(outfit)
        whole = column(self, pad=8, gap=GAP)
        whole.addWidget(self.search)
        whole.addWidget(self.tree, 1)
        whole.addWidget(self._empty, 1)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def show_health(self, healthy: dict[str, bool]) -> None:
        if healthy != self._healthy:
            self._healthy = dict(healthy)
            for item in self._items():
                self._mark(item)

    def retranslate(self) -> None:
        self.search.setPlaceholderText(text("wall.search"))
        self._empty.say("camera", text("wall.no_cameras"), text("wall.no_cameras_next"))
        self.rebuild()

    def rebuild(self) -> None:
        """Show the catalogue, or what of it fits the words typed."""
        said = self.search.text().strip()
        self.tree.clear()
        found = bool(self._catalogue.eyes)
        self.tree.setVisible(found)
        self._empty.setVisible(not found)
        if said:
            for eye in self._catalogue.search(said):
                self.tree.addTopLevelItem(self._leaf(eye, place=True))
            return
        favourites = [
            eye for each in self._catalogue.favourites
            if (eye := self._catalogue.eyes.get(each)) is not None
        ]  # fmt: skip
        if favourites:
            group = self._group(text("wall.favourites"), len(favourites), "")
            for eye in favourites:
                group.addChild(self._leaf(eye, place=True))
            group.setExpanded(True)
        for district, eyes in self._catalogue.districts().items():
            self._group(self._name("district", district) or district, len(eyes), district)

    def _group(self, name: str, count: int, district: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([f"{name}  {count}"])
        item.setData(0, ID + 1, district)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
        if district:
            # Filled when it is opened: a city has a hundred thousand cameras.
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self.tree.addTopLevelItem(item)
        return item

    def _fill(self, item: QTreeWidgetItem) -> None:
        district = str(item.data(0, ID + 1) or "")
        if not district or item.childCount():
            return
        sorts: dict[str, QTreeWidgetItem] = {}
        for eye in self._catalogue.districts().get(district, []):
            sort = sorts.get(eye.type)
            if sort is None:
                sort = sorts[eye.type] = QTreeWidgetItem([_sort_words(eye.type)])
                sort.setFlags(sort.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
                item.addChild(sort)
            sort.addChild(self._leaf(eye))
        for sort in sorts.values():
            sort.setText(0, f"{sort.text(0)}  {sort.childCount()}")

    def _leaf(self, eye: Eye, *, place: bool = False) -> QTreeWidgetItem:
        where = f"  {self._name('district', eye.district)}" if place else ""
        item = QTreeWidgetItem([f"{eye.name}{where}"])
        item.setData(0, ID, eye.id)
        owner = self._name("dept", eye.owner) or eye.owner
        item.setToolTip(0, text("wall.camera_hint", code=eye.code, owner=owner,
                                sort=_sort_words(eye.type), fov=round(eye.fov) or "—"))  # fmt: skip
        self._mark(item)
        return item

    def _mark(self, item: QTreeWidgetItem) -> None:
        camera = str(item.data(0, ID) or "")
        if camera:
            lost = self._healthy.get(camera) is False
            role = "lost" if lost else "text.second"
            item.setIcon(0, self._outfit.icons.icon("camera", role))
            item.setForeground(0, self._outfit.look.theme.colour("lost" if lost else "text"))

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waits: list[Any] = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        while waits:
            item = waits.pop()
            found.append(item)
            waits += [item.child(n) for n in range(item.childCount())]
        return found

    def _send(self, camera: str, tile: int) -> None:
        self.asked.emit(f"wall.show {camera} {tile}")

    def _open(self, item: QTreeWidgetItem, _column: int) -> None:
        camera = str(item.data(0, ID) or "")
        if camera:
            self.asked.emit(f"wall.show {camera}")


def _sort_words(sort: str) -> str:
    return text(f"wall.sort.{sort}") if sort else text("wall.sort.fixed")
