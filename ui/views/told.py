"""What was told in this sitting, the newest first."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.kit.notices import GLYPHS, KEPT, Notices, Told
from ui.kit.outfit import Outfit

TOLD = int(Qt.ItemDataRole.UserRole)


class ToldView(QListWidget):
    """A list of notices with the time of each."""

    def __init__(self, notices: Notices, outfit: Outfit) -> None:
        super().__init__()
        self._outfit = outfit
        self.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        for told in notices.kept:
            self.add(told)
        notices.told.connect(self.add)

    def add(self, told: Told) -> None:
        item = QListWidgetItem()
        item.setData(TOLD, told)
        self._write(item)
        self.insertItem(0, item)
        while self.count() > KEPT:
            self.takeItem(self.count() - 1)

    def retranslate(self) -> None:
        for n in range(self.count()):
            self._write(self.item(n))

    def _write(self, item: QListWidgetItem) -> None:
        told: Told = item.data(TOLD)
        name, role = GLYPHS[told.notice.level]
        when = datetime.fromtimestamp(told.at / 1_000, self._outfit.setting.zone)
        item.setIcon(self._outfit.icons.icon(name, role))
        item.setText(f"{when:%H:%M:%S}   {told.words}")
        item.setToolTip(told.words)
