"""Runs the engine on threads: one follows the feed, one sends, one fetches readings.

A fourth breaks them off at closing.

The feed comes as a stream; when something on the way swallows streams, by long polls on the same
cursor. Each side has its own back-off, which new work neither shortens nor renews.
"""

import random
import threading
from collections.abc import Callable

from console.base.clock import Clock
from console.base.errors import Gone, Refused, SignedOut, Unreachable
from console.base.notice import Notice
from console.base.work import Work
from console.domain.changes import Changes
from console.sync.engine import Engine, Told
from console.sync.link import UP, Link, worse
from console.sync.telemetry import Telemetry

POLL_S = 15.0
STREAM_AGAIN_S = 600.0
"""After a stream was swallowed on the way, the feed is polled for so long."""
READINGS = "readings"
NAMES = ("feed", "send", READINGS)
FETCH_S = 5.0
"""Readings are looked for so often even when the feed does not tell of any."""
IDLE_S = 30.0
"""The sender looks into the outbox so often even when nobody wakes it."""
LOOK_S, FIRST_CHECK_S, CHECK_S, CHECK_AGAIN_S = 5.0, 60.0, 6 * 3600.0, 600.0
"""Whether a check of the cache is due is looked at so often; it is due so long after the line came
back, and then so often; so soon if it must be done again."""
LONG_DOWN_MS = 300_000
"""After the line was down for so long, the cache is checked."""
NEVER_YET = float("inf")
STOPPED = "sync.why.stopped"


def _silent(notice: Notice) -> None:
    del notice


class Pump:
    """``news`` and ``tell`` are called from the pump's own threads."""

    def __init__(
        self, engine: Engine, work: Work, clock: Clock, news: Callable[[Changes], None], *,
        telemetry: Telemetry | None = None, tell: Callable[[Notice], None] = _silent,
        chance: Callable[[], float] = random.random,
    ) -> None:  # fmt: skip
        self._engine = engine
        self._work = work
        self._clock = clock
        self._news = news
        self._tell = tell
        self._chance = chance
        self._lock = threading.Lock()
        self._telemetry = telemetry
        self._links: dict[str, Link] = {name: Link() for name in NAMES}
        self._pokes = {name: threading.Event() for name in NAMES}
        self._readings_at = 0
        self._ended = threading.Semaphore(0)
        self._again = False
        self._poll_until = 0.0
        self._swallowed = False
        self._check_at = NEVER_YET

    def start(self) -> None:
        """Begin to follow, to send and to check; all of it ends when ``work`` closes."""
        self._work.follow("feed", self._follow_feed)
        self._work.follow("sender", self._follow_outbox)
        self._work.follow("readings", self._follow_readings)
        self._work.follow("checks", self._follow_checks)
        self._work.follow("hang-up", self._break_off)

    def wake(self) -> None:
        """There is a new act to send."""
        self._pokes["send"].set()

    def nudge(self) -> None:
        """Try everything now: somebody signed in or asked for it; the network came back."""
        self._engine.welcome()
        with self._lock:
            self._again = True
            self._links = {name: link.asked() for name, link in self._links.items()}
        self._engine.hang_up()
        for poke in self._pokes.values():
            poke.set()

    def link(self) -> Link:
        """Give how it stands: as the feed has it, or the sender if that is worse off."""
        with self._lock:
            feed, send = self._links["feed"], self._links["send"]
        return worse(feed, send) if send.tries else feed

    # ---- the feed

    def _follow_feed(self, stop: threading.Event) -> None:
        self._follow("feed", stop, self._feed)

    def _feed(self, stop: threading.Event) -> None:
        """Catch up, then stay with the feed until it breaks off."""
        self._again = False
        told = Told(more=True)
        while told.more and not stop.is_set():
            told = self._brought(self._engine.pull())
        if self._swallowed:
            self._swallowed = False
            self._poll_until = self._clock.monotonic() + STREAM_AGAIN_S
        while self._clock.monotonic() < self._poll_until and not self._pausing(stop):
            self._brought(self._engine.pull(wait_s=POLL_S))
        if not self._pausing(stop):
            self._stream(stop)

    def _stream(self, stop: threading.Event) -> None:
        self._swallowed = True
        for told in self._engine.stream():
            self._swallowed = False
            self._brought(told)
            if self._pausing(stop):
                return

    def _pausing(self, stop: threading.Event) -> bool:
        return stop.is_set() or self._again

    def _brought(self, told: Told) -> Told:
        if self._heard("feed") or told.changes.everything:
            # Reading goes again, or can begin: so may sending.
            with self._lock:
                self._links["send"] = self._links["send"].asked()
            for name in ("send", READINGS):
                self._pokes[name].set()
        if told.readings != self._readings_at and told.readings:
            self._readings_at = told.readings
            self._pokes[READINGS].set()
        return self._pass_on(told)

    # ---- the readings

    def _follow_readings(self, stop: threading.Event) -> None:
        self._follow(READINGS, stop, self._fetch)

    def _fetch(self, stop: threading.Event) -> None:
        """Fetch what has changed, hand in what was given here, and wait for the next news of it."""
        telemetry = self._telemetry
        told = Told(more=telemetry is not None)
        while telemetry is not None and told.more and not stop.is_set():
            told = self._pass_on(telemetry.pull())
        if telemetry is not None:
            self._pass_on(telemetry.push())
        with self._lock:
            self._links[READINGS] = Link()
        self._pokes[READINGS].wait(FETCH_S)

    # ---- the outbox

    def _follow_outbox(self, stop: threading.Event) -> None:
        self._follow("send", stop, self._send)

    def _send(self, stop: threading.Event) -> None:
        told = self._pass_on(self._engine.push())
        while told.more and not stop.is_set():
            self._heard("send")
            told = self._pass_on(self._engine.push())
        with self._lock:
            self._links["send"] = Link()
        self._tidy()
        self._pokes["send"].wait(IDLE_S)

    # ---- the cache

    def _follow_checks(self, stop: threading.Event) -> None:
        try:
            while not stop.wait(LOOK_S):
                if self._links["feed"].state == UP and self._clock.monotonic() >= self._check_at:
                    soon = self._check(stop)
                    pause = CHECK_AGAIN_S if soon else CHECK_S
                    self._check_at = self._clock.monotonic() + pause
        finally:
            self._ended.release()

    def _check(self, stop: threading.Event) -> bool:
        """Compare the cache with the centre; tell whether to do it again soon."""
        try:
            told = self._pass_on(self._engine.check(stop.wait))
        except (Gone, Refused, SignedOut, Unreachable):
            return True  # whoever follows the feed says why
        if self._engine.stale:
            with self._lock:
                self._again = True
            self._engine.hang_up()
            self._pokes["feed"].set()
        return told.more

    # ---- both

    def _follow(
        self, name: str, stop: threading.Event, turn: Callable[[threading.Event], None]
    ) -> None:
        try:
            while not stop.is_set():
                self._turn(name, stop, turn)
        finally:
            if not stop.is_set():
                # A fault in the program ended the thread: the lamp must not stay green.
                self._failed(name, Unreachable(STOPPED))
            self._ended.release()

    def _turn(
        self, name: str, stop: threading.Event, turn: Callable[[threading.Event], None]
    ) -> None:
        self._pokes[name].clear()
        try:
            wait = self._links[name].wait(self._clock.monotonic())
            if wait > 0:
                self._tidy()
                self._pokes[name].wait(min(wait, IDLE_S))
            else:
                turn(stop)
        except SignedOut:
            self._change(name, self._links[name].signed_out(self._clock.now()))
        except Unreachable as error:
            if not self._again:  # else it was broken off here
                self._failed(name, error)
        except Refused as error:
            self._tell(Notice.of_refusal(error))
            self._failed(name, Unreachable(error.key))

    def _failed(self, name: str, error: Unreachable) -> None:
        now, monotonic = self._clock.now(), self._clock.monotonic()
        link = self._links[name]
        self._change(name, link.failed(error.why, now, monotonic, self._chance(), error.retry_ms))

    def _heard(self, name: str) -> bool:
        """Note that the centre answered; tell whether that is new."""
        with self._lock:
            was = self._links[name]
        self._change(name, was.heard(self._clock.now()))
        return was.state != UP

    def _change(self, name: str, link: Link) -> None:
        with self._lock:
            was, self._links[name] = self._links[name], link
        long = self._check_at == NEVER_YET or self._clock.now() - was.since > LONG_DOWN_MS
        if name == "feed" and link.state == UP and was.state != UP and long:
            self._check_at = self._clock.monotonic() + FIRST_CHECK_S
        if (was.state, was.why) != (link.state, link.why):
            self._news(Changes(line=True))

    def _tidy(self) -> None:
        if changes := self._engine.tidy():
            self._news(changes)

    def _pass_on(self, told: Told) -> Told:
        for notice in told.notices:
            self._tell(notice)
        if told.changes:
            self._news(told.changes)
        return told

    def _break_off(self, stop: threading.Event) -> None:
        stop.wait()
        for _ in (*NAMES, "checks"):
            while not self._ended.acquire(timeout=0.1):
                for poke in self._pokes.values():
                    poke.set()
                self._engine.hang_up()
