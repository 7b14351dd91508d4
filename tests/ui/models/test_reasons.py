"""Why a camera is shown is said fully where there is room, and ever shorter where there is not."""

import pytest

from console.base.notice import Level, Notice
from console.base.text import speak, text
from ui.models.reasons import reasons


def said(key, **args):
    return Notice(Level.said, f"wall.why.{key}", args)


def say(notice):
    return text(notice.key, **notice.args)


WHY = (said("plan", plan="EFSR-P1"), said("lost"), said("turns"), said("metres", metres=609),
       said("trade"))  # fmt: skip


@pytest.fixture(params=["zh_CN", "en"])
def language(request):
    speak(request.param)
    yield request.param
    speak("zh_CN")


def test_each_way_is_shorter_than_the_one_before_and_the_last_says_what_matters(language):
    ways = reasons(WHY, say)
    lengths = [len(way) for way in ways]
    assert lengths == sorted(lengths, reverse=True)
    assert len(set(lengths)) == len(lengths)
    assert "609" in ways[0]
    assert ways[-1] == text("wall.join").join((text("wall.brief.lost"), text("wall.brief.turns")))


@pytest.mark.parametrize("key", ["sees", "turns", "over", "unknown", "away", "trade", "lost"])
def test_every_reason_has_a_short_word(language, key):
    ways = reasons((said(key),), say)
    assert ways
    assert not any("⟦" in way for way in ways)


def test_what_nobody_knows_has_no_words():
    assert reasons((), say) == ()
