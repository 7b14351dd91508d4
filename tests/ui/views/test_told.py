"""The list of what was told has the newest first, and keeps no more than it should."""

from ui.kit.notices import KEPT, Notices
from ui.views.told import ToldView


def test_the_newest_notice_is_first(outfit, qtbot):
    notices = Notices(outfit.setting.now)
    notices.say("sound.on")
    view = ToldView(notices, outfit)
    qtbot.addWidget(view)
    notices.say("sound.off")
    assert view.count() == 2
    assert notices.kept[-1].words in view.item(0).text()
    view.retranslate()
    assert view.count() == 2


def test_old_notices_go(outfit, qtbot):
    notices = Notices(outfit.setting.now)
    view = ToldView(notices, outfit)
    qtbot.addWidget(view)
    for _ in range(KEPT + 5):
        notices.say("sound.on")
    assert view.count() == KEPT
