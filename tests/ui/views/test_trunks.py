"""The lines are shown as bars with use and limit; with nothing playing that is said."""

from ui.models.trunklines import Line
from ui.views.trunks import TrunksView

FULL = Line("互联网", "1.0/1 Mbit/s", 1.0, "2 路", "1 路等待", "warning")
FREE = Line("玄武区专线", "2.0/40 Mbit/s", 0.05, "4 路", "", "accent")


def test_lines_are_shown_and_none_is_said(outfit, qtbot):
    view = TrunksView(outfit)
    qtbot.addWidget(view)
    view.show()
    view.show_lines([FULL, FREE])
    bars = [bar for bar in view._bars.children() if hasattr(bar, "show_line")]
    assert [bar.accessibleName() for bar in bars] == [FULL.words, FREE.words]
    picture = view.grab().toImage()
    theme = bars[0]._look.theme
    at = bars[0].mapTo(view, bars[0].rect().center())
    assert picture.pixelColor(at).name() == theme.css("warning").lower()
    view.show_lines([])
    assert view._empty.isVisible()
    assert view._bars.isHidden()
