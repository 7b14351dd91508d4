"""What the head of an ONVIF camera is told and tells (PTZ service 2.0): plain values."""

import re
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from console.domain.steering import FASTEST, PRESETS, Motion
from console.video.onvif.words import Ask, answer, envelope, every, said

_PTZ, _SCHEMA = "http://www.onvif.org/ver20/ptz/wsdl", "http://www.onvif.org/ver10/schema"
MOVES_S = 10
"""A camera stops by itself so long after it was last told to move: our line to it may be cut."""
_NUMBERS = tuple(re.compile(rule, re.ASCII) for rule in (
    r"0*([1-9][0-9]{0,2})", r"[A-Za-z_ ]*0*([1-9][0-9]{0,2})", r".*[^0-9]0*([1-9][0-9]{0,2})",
))  # fmt: skip


class Preset(Struct, frozen=True, kw_only=True):
    """A place that a camera knows. ``token``: its own word for it."""

    token: str
    name: str = ""

    @property
    def number(self) -> int:
        """Give its number as a hand knows it, 1 to 255; 0 when neither word has one.

        A name that is a number was given by a hand; else the camera's own token; else a name that
        ends in one.
        """
        for rule, word in zip(_NUMBERS, (self.name, self.token, self.name), strict=True):
            found = rule.fullmatch(word.strip())
            if found is not None and int(found[1]) <= PRESETS:
                return int(found[1])
        return 0


def move(profile: str, motion: Motion) -> Ask:
    """Go on moving; focus and iris are not the head's."""
    speed = motion.speed / FASTEST
    pan, tilt, zoom = (_way(way, speed) for way in (motion.pan, motion.tilt, motion.zoom))
    velocity = (
        f'<PanTilt xmlns="{_SCHEMA}" x="{pan}" y="{tilt}"/><Zoom xmlns="{_SCHEMA}" x="{zoom}"/>'
    )
    return _asked("ContinuousMove", profile,
                  f"<Velocity>{velocity}</Velocity><Timeout>PT{MOVES_S}S</Timeout>")  # fmt: skip


def stop(profile: str) -> Ask:
    return _asked("Stop", profile, "<PanTilt>true</PanTilt><Zoom>true</Zoom>")


def presets(profile: str) -> Ask:
    return _asked("GetPresets", profile)


def call(profile: str, preset: Preset) -> Ask:
    return _asked("GotoPreset", profile, _token(preset))


def save(profile: str, number: int, known: Preset | None) -> Ask:
    """Make the place of now a preset: in the place of a known one, or a new one of this number."""
    which = _token(known) if known is not None else ""
    name = known.name if known is not None and known.name else str(number)
    return _asked("SetPreset", profile, f"<PresetName>{escape(name)}</PresetName>{which}")


def drop(profile: str, preset: Preset) -> Ask:
    return _asked("RemovePreset", profile, _token(preset))


def read_presets(data: bytes, name: str = "") -> list[Preset]:
    """Read which places a camera knows."""
    return [
        Preset(token=str(each.get("token") or "")[:128], name=said(each, "Name")[:128])
        for each in every(answer(data, name), "Preset")
    ]


def read_done(data: bytes, name: str = "") -> None:
    """Read that it was done; Refused when the camera says no."""
    answer(data, name)


def of_number(known: list[Preset], number: int) -> Preset | None:
    """Give the first preset of a number."""
    return next((each for each in known if each.token and each.number == number), None)


def _asked(does: str, profile: str, rest: str = "") -> Ask:
    body = (
        f"<{does} xmlns={quoteattr(_PTZ)}><ProfileToken>{escape(profile)}</ProfileToken>"
        f"{rest}</{does}>"
    )

    def ask(user: str, password: str, now: int) -> bytes:
        return envelope(body, user, password, now)

    return ask


def _token(preset: Preset) -> str:
    return f"<PresetToken>{escape(preset.token)}</PresetToken>"


def _way(way: int, speed: float) -> float:
    return round(way * speed, 3)
