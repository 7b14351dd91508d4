"""This PySide6 keeps None and True: 6.12 frees them on Python 3.11, and the process dies."""

import subprocess
import sys

PROBE = """
import sys
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Signal

class Rows(QAbstractTableModel):
    count = 0
    def rowCount(self, parent=QModelIndex()): return self.count
    def columnCount(self, parent=QModelIndex()): return 2
    def data(self, index, role=0): return None

class Source(QObject):
    told = Signal(bool)

rows, source, top = Rows(), Source(), QModelIndex()
source.told.connect(lambda said: None)

def turn():
    rows.beginInsertRows(top, 0, 0)
    rows.count += 1
    rows.endInsertRows()
    rows.dataChanged.emit(top, top)
    source.told.emit(True)
    source.setObjectName("x")

turn()
before = sys.getrefcount(None), sys.getrefcount(True)
for _ in range(100):
    turn()
after = sys.getrefcount(None), sys.getrefcount(True)
print(*[now - then for now, then in zip(after, before)])
"""


def test_calls_into_qt_do_not_eat_references_to_none_and_true():
    said = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=50)
    assert said.returncode == 0, said.stderr
    lost_none, lost_true = map(int, said.stdout.split())
    assert abs(lost_none) < 20, f"100 turns changed the references to None by {lost_none}"
    assert abs(lost_true) < 20, f"100 turns changed the references to True by {lost_true}"
