"""Makes resources/sounds/*.wav: short soft tones, so that no sound is taken from elsewhere.

Run it by hand when a sound is to be changed: python .ci/make_sounds.py
"""

import math
import struct
import wave
from pathlib import Path

RATE = 16_000
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "sounds"

# Each sound: tones of (Hz, seconds), one after the other. 0 Hz is silence.
SOUNDS = {
    "arrival": [(660, 0.10), (880, 0.16)],
    "severe": [(880, 0.14), (0, 0.06), (880, 0.14), (0, 0.06), (1175, 0.22)],
    "overdue": [(523, 0.16), (392, 0.24)],
}


def tone(hertz: float, seconds: float) -> list[float]:
    """Give one tone that swells and fades, with a little of its octave."""
    count = round(RATE * seconds)
    made: list[float] = []
    for n in range(count):
        t = n / RATE
        swell = min(1.0, n / (0.01 * RATE)) * math.exp(-4 * n / count)
        wave_at = math.sin(math.tau * hertz * t) + 0.3 * math.sin(2 * math.tau * hertz * t)
        made.append(0.35 * swell * wave_at)
    return made


def make(name: str, tones: list[tuple[float, float]]) -> None:
    """Write one sound."""
    levels = [level for hertz, seconds in tones for level in tone(hertz, seconds)]
    with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", "not compressed"))
        file.writeframes(b"".join(struct.pack("<h", round(32_000 * each)) for each in levels))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for each, tones in SOUNDS.items():
        make(each, tones)
