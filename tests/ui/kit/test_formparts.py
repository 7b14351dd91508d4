"""The frame of a form: its lines say what it would do, and no more than fit."""

from typing import Any

from ui.kit.formparts import SHOWN, FormFrame


def test_no_more_lines_stand_than_there_is_room_for(qtbot: Any) -> None:
    frame = FormFrame()
    qtbot.addWidget(frame)
    frame.show_lines([(f"第{n}行", "text") for n in range(SHOWN + 5)])
    assert [line.text() for line in frame.lines.all] == [f"第{n}行" for n in range(SHOWN)]
    frame.show_lines([("只有一行", "warning")])
    assert [line.text() for line in frame.lines.all if not line.isHidden()] == ["只有一行"]
