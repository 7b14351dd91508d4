"""Who may steer which camera: one at a time, for a while, given up when asked or outranked. Pure.

A hold lasts as long as it is used and a little more. Whoever asks waits for an answer; without one
the camera goes over. A higher rank need not wait.
"""

from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from console.base.errors import Refused
from console.domain.steering import Hold


class Rules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long (s) a hold lasts unused, a question waits, and a camera is left before it returns.

    ``home``: the place it returns to. ``motion_s``: a motion that is not said again stops.
    ``stop_again_s``: waits until a stop that failed is tried again, the last of them from then on;
    ``stop_unsure``: after so many failures people are told.
    ``rank``: by role; who has none may not steer. ``level``: what is added for an incident's level.
    """

    hold_s: int
    answer_s: int
    motion_s: float
    return_s: int
    home: int
    stop_again_s: tuple[float, ...]
    stop_unsure: int
    rank: dict[str, int]
    level: dict[str, int]


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who wants to steer."""

    user: str
    name: str = ""
    seat: str = ""
    rank: int = 0


@dataclass(slots=True)
class Holds:
    """Every hold. Times are ms UTC."""

    rules: Rules
    _held: dict[str, Hold] = field(default_factory=dict[str, Hold])
    _asking: dict[str, Hand] = field(default_factory=dict[str, Hand])

    def use(self, camera: str, hand: Hand, now: int) -> Hold:
        """Go on steering, or begin where nobody does; Refused says who has it and how long."""
        held = self.of(camera, now)
        if held is not None and held.user != hand.user:
            if held.asked_by != hand.user or now < held.asked_until:
                left = max(1, (held.until - now) // 1000)
                raise Refused("refused.steered", person=held.name or held.user, seconds=left)
            held = None
        made = self._made(camera, hand, now)
        if held is not None:  # who has asked meanwhile still waits
            made = replace(made, asked_by=held.asked_by, asked_name=held.asked_name,
                           asked_until=held.asked_until)  # fmt: skip
        self._held[camera] = made
        return made

    def ask(self, camera: str, hand: Hand, now: int) -> Hold:
        """Ask for a camera: at once where nobody has it, or a lower rank; else give who does."""
        held = self.of(camera, now)
        if held is None or held.user == hand.user or hand.rank > held.rank:
            self._held.pop(camera, None)
            return self.use(camera, hand, now)
        if held.asked_by not in ("", hand.user):
            raise Refused("refused.asked_before", person=held.asked_name or held.asked_by)
        if not held.asked_by:
            until = now + self.rules.answer_s * 1000
            held = replace(held, asked_by=hand.user, asked_name=hand.name, asked_until=until)
            self._held[camera] = held
            self._asking[camera] = hand
        return held

    def keep(self, camera: str, hand: Hand, now: int) -> Hold:
        """Do not give it: whoever asked has to ask again."""
        held = self._mine(camera, hand, now)
        self._held[camera] = replace(held, asked_by="", asked_name="", asked_until=0)
        return self._held[camera]

    def give(self, camera: str, hand: Hand, now: int) -> Hold:
        """Give a camera back; whoever has asked for it has it now."""
        held = self._mine(camera, hand, now)
        del self._held[camera]
        asking = self._asking.pop(camera, None)
        if held.asked_by and asking is not None:
            self._held[camera] = self._made(camera, asking, now)
        return held

    def of(self, camera: str, now: int) -> Hold | None:
        """Give who has a camera now."""
        held = self._held.get(camera)
        return held if held is not None and now < held.until else None

    def standing(self, now: int) -> list[Hold]:
        """Give every hold that stands."""
        return [held for held in self._held.values() if now < held.until]

    def over(self, now: int) -> list[Hold]:
        """End holds that nobody uses any more, hand over those asked for; give the ended."""
        found = [
            held for held in self._held.values()
            if now >= held.until or (held.asked_by and now >= held.asked_until)
        ]  # fmt: skip
        for held in found:
            del self._held[held.camera]
            asking = self._asking.pop(held.camera, None)
            if held.asked_by and asking is not None:
                self._held[held.camera] = self._made(held.camera, asking, now)
        return found

    def _mine(self, camera: str, hand: Hand, now: int) -> Hold:
        held = self.of(camera, now)
        if held is None or held.user != hand.user:
            raise Refused("refused.not_steering")
        return held

    def _made(self, camera: str, hand: Hand, now: int) -> Hold:
        until = now + self.rules.hold_s * 1000
        return Hold(camera=camera, user=hand.user, name=hand.name, seat=hand.seat, rank=hand.rank,
                    until=until)  # fmt: skip
