"""Who steers which camera, as the centre last said, in words for a tile."""

from collections.abc import Iterable
from dataclasses import dataclass

from console.base.text import text
from console.domain.steering import Hold

SECOND = 1_000


@dataclass(frozen=True, slots=True)
class Hand:
    """What a tile says of steering. ``mine``: this person has the camera.

    ``unsure``: it may move on, for no stop is confirmed.
    """

    words: str
    mine: bool = False
    asked: bool = False
    unsure: bool = False


def hand_of(hold: Hold, me: str, now: int) -> Hand:
    """Say who has a camera, for how long still, and who asks for it. ``now``: ms UTC.

    A stop that is not confirmed comes before all of that.
    """
    if hold.stop:
        unsure, mine = hold.stop == "unsure", bool(hold.until) and hold.user == me
        words = text(f"steer.stop_{hold.stop}", person=hold.name or hold.user)
        return Hand(words, mine=mine, asked=mine and bool(hold.asked_by), unsure=unsure)
    return _held(hold, me, now)


def _held(hold: Hold, me: str, now: int) -> Hand:
    left = max(0, -(-(hold.until - now) // SECOND))
    if hold.user != me:
        words = text("steer.theirs", person=hold.name or hold.user, seconds=left)
        if hold.asked_by == me:
            words = text("steer.i_ask", person=hold.name or hold.user, seconds=_wait(hold, now))
        return Hand(words)
    if hold.asked_by:
        asks = hold.asked_name or hold.asked_by
        said = text("steer.asked", person=asks, seconds=_wait(hold, now))
        return Hand(said, mine=True, asked=True)
    return Hand(text("steer.mine", seconds=left), mine=True)


def hands_of(holds: Iterable[Hold], me: str, now: int) -> dict[str, Hand]:
    """Give what the tiles say, by camera."""
    return {hold.camera: hand_of(hold, me, now) for hold in holds}


def _wait(hold: Hold, now: int) -> int:
    return max(0, -(-(hold.asked_until - now) // SECOND))
