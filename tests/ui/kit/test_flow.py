"""A line that is full goes on in the next one; what is hidden takes no room."""

from typing import Any

from PySide6.QtWidgets import QWidget

from ui.kit.flow import Flow


def test_widgets_go_on_in_the_next_line(qtbot: Any) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    flow = Flow(home, 4)
    for _ in range(4):
        box = QWidget()
        box.setFixedSize(100, 20)
        flow.addWidget(box)
    home.resize(220, 200)
    home.show()
    assert [(flow.itemAt(n).geometry().x(), flow.itemAt(n).geometry().y()) for n in range(4)] == [
        (0, 0), (104, 0), (0, 24), (104, 24),
    ]  # fmt: skip
    assert flow.heightForWidth(1_000) == 20
    flow.itemAt(0).widget().hide()
    assert flow.heightForWidth(220) == 44
    assert flow.itemAt(9) is None
    assert flow.takeAt(9) is None
    assert flow.takeAt(0) is not None
    assert flow.count() == 3
