"""How it stands with the line to the centre, as a value: state, since when, and when to try again.

Pure: time and chance are passed in. One failure makes an `up` line `probing`; a second, `down`.
"""

from dataclasses import dataclass, replace

FIRST_S = 0.5
LONGEST_S = 30.0
JITTER = 0.5

NEVER, UP, PROBING, DOWN, SIGNED_OUT = "never", "up", "probing", "down", "signed_out"


@dataclass(frozen=True, slots=True)
class Link:
    """``since``, ``heard_at`` in ms UTC; ``next_try`` in monotonic seconds; ``why`` a text key."""

    state: str = NEVER
    since: int = 0
    heard_at: int = 0
    next_try: float = 0.0
    tries: int = 0
    why: str = ""

    def heard(self, now: int) -> "Link":
        """Note that the centre answered."""
        since = self.since if self.state == UP else now
        return Link(UP, since, now)

    def failed(
        self, why: str, now: int, monotonic: float, chance: float, retry_ms: int = 0
    ) -> "Link":
        """Note that it did not; ``chance`` in [0, 1) spreads the tries of many desks."""
        state = PROBING if self.state in (UP, NEVER) and self.tries == 0 else DOWN
        # What is said to last begins with the failure that began it.
        since = self.since if self.state in (PROBING, DOWN) else now
        wait = max(pause(self.tries, chance), retry_ms / 1000)
        return replace(
            self, state=state, since=since, next_try=monotonic + wait, tries=self.tries + 1, why=why
        )

    def signed_out(self, now: int) -> "Link":
        """Note that the centre wants a sign-in; nothing is tried before one."""
        if self.state == SIGNED_OUT:
            return self
        return Link(SIGNED_OUT, now, self.heard_at, next_try=float("inf"))

    def asked(self) -> "Link":
        """Let it be tried now."""
        return replace(self, next_try=0.0)

    def wait(self, monotonic: float) -> float:
        """Give the seconds until the next try."""
        return max(0.0, self.next_try - monotonic)


def pause(tries: int, chance: float) -> float:
    """Give the seconds to wait after so many failures: doubling, capped, spread by half."""
    longest = min(LONGEST_S, FIRST_S * 2.0 ** min(tries, 16))
    return min(LONGEST_S, longest * (1 - JITTER + 2 * JITTER * chance))


_RANK = (SIGNED_OUT, DOWN, PROBING, NEVER, UP)


def worse(one: Link, other: Link) -> Link:
    """Give the link of two that is worse off: reading may go while sending does not."""
    return one if _RANK.index(one.state) <= _RANK.index(other.state) else other
