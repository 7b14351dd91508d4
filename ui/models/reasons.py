"""Why a camera is shown, in words: all that is known, and ever shorter where there is less room."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from console.base.notice import Notice
from console.base.text import text

LEAST = ("trade", "plan", "metres")
"""What is left out, one after the other, where even the short words have no room."""


def reasons(why: Sequence[Notice], say: Callable[[Notice], str]) -> tuple[str, ...]:
    """Give every way of saying it, the fullest first; none where nothing is known."""
    if not why:
        return ()
    brief = {_name(notice): say(replace(notice, key=_brief(notice))) for notice in why}
    ways = [[say(notice) for notice in why], list(brief.values())]
    for left_out in LEAST:
        if left_out in brief and len(brief) > 1:
            del brief[left_out]
            ways.append(list(brief.values()))
    return tuple(dict.fromkeys(text("wall.join").join(way) for way in ways))


def _name(notice: Notice) -> str:
    return notice.key.rpartition(".")[2]


def _brief(notice: Notice) -> str:
    return f"wall.brief.{_name(notice)}"
