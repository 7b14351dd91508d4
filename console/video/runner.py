"""Runs players, and leaves behind those that never come back from a call of libav."""

import os
import threading
from contextlib import suppress
from dataclasses import dataclass

from console.base.clock import Clock
from console.base.work import Threads
from console.video import board
from console.video.again import Again
from console.video.board import Board, Slot
from console.video.hardware import Hardware
from console.video.lane import Lane, Rider
from console.video.memory import Memory
from console.video.player import Player
from console.video.stream import Trouble, Wish, place
from console.video.tape import Recorder
from console.video.vault import Vault

HUNG_S = 10.0
AT_ONCE = 4
"""So many streams are opened at a time: a hundred that come back are no storm."""
LANES_MOST = 4
LEFT_MOST = 8
"""With so many left behind it is better to begin the whole process anew."""


@dataclass(slots=True)
class _Held:
    player: Player | Again
    slot: Slot


class Runner:
    """The streams of one process."""

    def __init__(
        self, numbers: Board, clock: Clock, hung_s: float = HUNG_S, vault: Vault | None = None,
        hardware: Hardware | None = None,
    ) -> None:  # fmt: skip
        self._board = numbers
        self._clock = clock
        self._hung_s = hung_s
        self._work = Threads(callers=1)
        self._gate = threading.Semaphore(AT_ONCE)
        self._held: dict[int, _Held] = {}
        self._lanes: list[Lane] = []
        self._lock = threading.Lock()
        self._hardware = hardware
        if hardware is not None:
            self._work.follow("hardware", hardware.look)
        self._recorder: Recorder | None = None
        if vault is not None:
            self.record(vault)
        self.left = 0
        """How many threads were left behind in a call that does not come back."""

    def record(self, vault: Vault) -> None:
        """Keep the last minutes of what begins from now on."""
        self._recorder = Recorder(vault, self._clock)
        self._work.follow("recorder", self._recorder.run)

    def begin(self, number: int, memory: Memory, wish: Wish) -> None:
        """Play a stream in a slot."""
        self._start(Slot(self._board, number, memory), wish)

    def change(self, number: int, wish: Wish) -> None:
        """Go on with other sizes, or with key frames alone."""
        if number in self._held:
            self._held[number].player.wish = wish

    def end(self, number: int) -> None:
        held = self._held.pop(number, None)
        if held is not None:
            held.player.stop.set()

    def tend(self) -> None:
        """Leave behind whoever hangs, and begin that stream anew: the others notice nothing."""
        now = self._clock.monotonic()
        with self._lock:
            for lane in [each for each in self._lanes if self._hangs(each.since, now)]:
                self._lanes.remove(lane)
                lane.close()  # should it ever come back
        for held in list(self._held.values()):
            if self._hangs(held.player.inside, now):
                held.player.stop.set()
                self.left += 1
                held.slot.note(board.TROUBLE, int(Trouble.HUNG))
                self._start(held.slot, held.player.wish)

    @property
    def worn_out(self) -> bool:
        return self.left >= LEFT_MOST

    def close(self) -> None:
        """Tell all to stop, and wait for those that do."""
        for number in list(self._held):
            self.end(number)
        for lane in self._lanes:
            lane.close()
        if self._recorder is not None:
            self._recorder.close()
        with suppress(RuntimeError):
            self._work.close()

    def _hangs(self, since: float, now: float) -> bool:
        return bool(since) and now - since > self._hung_s

    def _carry(self, rider: Rider) -> Lane:
        """Put a stream on a lane; at most half of the machine's cores have one."""
        most = min(LANES_MOST, max(1, (os.cpu_count() or 1) // 2))
        with self._lock:
            loads = [lane.load for lane in self._lanes]
            # As if those were there that are not yet: they are made when they are needed.
            chosen = place([*loads, *[0] * (most - len(loads))], rider.weight)
            if chosen == len(loads):
                self._lanes.append(Lane(self._clock))
                self._work.follow("lane", self._lanes[-1].run)
            self._lanes[chosen].carry(rider)
            return self._lanes[chosen]

    def _start(self, slot: Slot, wish: Wish) -> None:
        player: Player | Again
        if wish.span is not None and self._recorder is not None:
            player = Again(wish, slot, self._clock, self._recorder.vault)
        else:
            player = Player(
                wish,
                slot,
                self._clock,
                self._gate,
                self._carry,
                recorder=self._recorder,
                hardware=self._hardware,
            )
        self._held[slot.number] = _Held(player, slot)
        self._work.follow(f"stream {slot.number}", player.run)
