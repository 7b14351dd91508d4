"""Lays a name along words: where it fits best, what that costs, and what was taken for what."""

from dataclasses import dataclass

from console.advise.sounds import BLURRED, OTHER, SHAPE, SOUND, cost

LEFT_OUT, PUT_IN = 0.75, 0.7
"""What a character costs that the words leave out of a name, or put into it."""
NOTES = {SOUND: "same_sound", BLURRED: "near_sound", SHAPE: "near_shape", OTHER: "other"}


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where a name stands in words, how it differs there, and what it costs."""

    start: int
    end: int
    notes: tuple[str, ...]
    cost: float = 0.0


def aligned(name: str, text: str) -> Aligned:
    """Lay a name along a part of a text: whatever stands before and after is free."""
    wide = len(text) + 1
    costs = [[0.0] * wide]
    steps: list[list[str]] = [[""] * wide]
    for row, letter in enumerate(name, 1):
        above = costs[-1]
        line, step = [row * LEFT_OUT], ["up"]
        for at in range(1, wide):
            swapped = above[at - 1] + cost(letter, text[at - 1])
            left_out, put_in = above[at] + LEFT_OUT, line[at - 1] + PUT_IN
            best = min(swapped, left_out, put_in)
            line.append(best)
            step.append("swap" if best == swapped else "up" if best == left_out else "left")
        costs.append(line)
        steps.append(step)
    end = min(range(wide), key=lambda at: (costs[-1][at], -at))
    return _traced(name, text, steps, end, costs[-1][end])


def _traced(name: str, text: str, steps: list[list[str]], end: int, total: float) -> Aligned:
    """Go back from the end, noting what differs."""
    row, at = len(name), end
    notes: dict[str, None] = {}
    while row:
        step = steps[row][at]
        if step == "swap":
            paid = cost(name[row - 1], text[at - 1])
            if paid:
                notes[NOTES[paid]] = None
            row, at = row - 1, at - 1
        elif step == "up":
            notes["left_out"] = None
            row -= 1
        else:
            notes["put_in"] = None
            at -= 1
    return Aligned(at, end, tuple(reversed(notes)), total)
