"""What a tile says of itself, in words: whose picture it is, why it is here, and if it is true."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from console.base.text import text
from console.video.choose import KEYS_UNDER, diagonal
from console.video.eyes import Eye
from console.video.stream import Trouble, Vitals
from console.video.truth import Standing
from ui.models.hands import Hand
from ui.models.tile import Tile

CALM = frozenset((Standing.LIVE,))
MARKED = frozenset((Standing.LATE, Standing.CONSTANT))
"""Told beside the name alone: there is a picture, and it is nearly true."""


@dataclass(frozen=True, slots=True)
class Face:
    """The words of a tile. ``headline``, ``detail``: in its middle, where the picture is not true.

    ``mark``: a short word beside its name, where it is not said in the middle. ``above``: for what
    it is here, with an alarm's ``level``; ``why``: why this camera, from the fullest way of saying
    it to the shortest.
    ``replay``: that this is not now but then, and when. ``hand``: who steers it.
    """

    name: str = ""
    standing: Standing | None = None
    mark: str = ""
    headline: str = ""
    detail: str = ""
    above: str = ""
    why: tuple[str, ...] = ()
    level: str = ""
    figures: str = ""
    pinned: bool = False
    chosen: bool = False
    zoom: str = ""
    replay: str = ""
    hand: Hand | None = None


def face_of(
    tile: Tile, eye: Eye | None, zone: ZoneInfo, above: str = "", *, chosen: bool = False,
    zoom: float = 1.0, figures: bool = False, hand: Hand | None = None, full: str = "",
    why: tuple[str, ...] = (),
) -> Face:  # fmt: skip
    """Give the words of a tile as it stands; ``full``: which line is, where that holds it back."""
    if eye is None:
        words = text("wall.missing") if tile.camera else _role_words(tile)
        return Face(headline=words, above=above, why=why, level=tile.level, pinned=tile.pinned,
                    chosen=chosen)  # fmt: skip
    if tile.playback is not None:
        return _then(tile, eye, zone, above, why, chosen=chosen, zoom=zoom)
    standing = tile.standing if tile.granted and tile.channel else None
    vitals = tile.vitals if figures or standing not in CALM else Vitals()
    headline, detail = _middle(tile, eye, vitals, zone, full)
    return Face(
        name=eye.name, standing=standing, above=above, why=why, level=tile.level,
        mark=_mark(tile, standing),
        headline=headline, detail=detail, figures=_short(vitals) if figures else "",
        pinned=tile.pinned, chosen=chosen, zoom=_zoomed(zoom), hand=hand,
    )  # fmt: skip


def _mark(tile: Tile, standing: Standing | None) -> str:
    """Give the word beside the name: how it stands, or that the picture moves by key frames alone.

    A tile that has them because it is small has no room to say so.
    """
    if standing in MARKED:
        return text(f"wall.standing.{standing}")
    few = standing in CALM and tile.vitals.keys_only
    return text("wall.keys") if few and diagonal(*tile.size) >= KEYS_UNDER else ""


def _then(
    tile: Tile, eye: Eye, zone: ZoneInfo, above: str, why: tuple[str, ...], *, chosen: bool,
    zoom: float,
) -> Face:  # fmt: skip
    at = tile.taken_ms
    said = text("wall.replaying", at=_clock(at, zone)) if at else text("wall.replay")
    return Face(
        name=eye.name, above=above, why=why, level=tile.level, pinned=tile.pinned, chosen=chosen,
        headline="" if at else text("wall.replay_reading"), zoom=_zoomed(zoom), replay=said,
    )  # fmt: skip


def _zoomed(zoom: float) -> str:
    return f"{zoom:.1f}×" if zoom > 1 else ""


def _role_words(tile: Tile) -> str:
    return text(f"wall.role.{tile.role}") if tile.role != "plain" else text("wall.drop_here")


def _middle(
    tile: Tile, eye: Eye, vitals: Vitals, zone: ZoneInfo, full: str
) -> tuple[str, str]:  # fmt: skip
    if not (eye.main or eye.sub):
        return text("wall.no_address"), text("wall.no_address_next")
    if not tile.granted or tile.channel is None:
        if full:
            return text("wall.trunk.full", line=full), text("wall.no_line_next")
        return text("wall.over_budget"), text("wall.over_budget_next")
    standing = tile.standing
    if standing in CALM or standing in MARKED:
        return "", ""
    words = text(f"wall.headline.{standing}")
    if standing in (Standing.FROZEN, Standing.LOST) and vitals.taken_ms:
        why = f" · {trouble_words(vitals)}" if vitals.trouble else ""
        return words, text("wall.as_of", at=_clock(vitals.taken_ms, zone)) + why
    if standing is Standing.LOST:
        return words, trouble_words(vitals) or text("wall.never")
    if standing is Standing.WAITING:
        return words, trouble_words(vitals)
    return words, ""


def trouble_words(vitals: Vitals) -> str:
    """Say why a stream does not come; "" where nothing is known."""
    if vitals.trouble is Trouble.NONE:
        return ""
    return text(f"wall.trouble.{vitals.trouble.name.lower()}")


def figures_of(vitals: Vitals) -> str:
    """Say all that is known of a stream, a line for each."""
    if not vitals.frame:
        return trouble_words(vitals) or text("wall.headline.waiting")
    late = "—" if vitals.latency_ms is None else f"{vitals.latency_ms} ms"
    said = text(
        "wall.figures", codec=vitals.codec.upper(), width=vitals.native_width,
        height=vitals.native_height, rate=f"{vitals.rate:.1f}", kbits=vitals.kbits, late=late,
        reconnects=vitals.reconnects,
    )  # fmt: skip
    more = [("wall.keys_only", vitals.keys_only), ("wall.hardware", vitals.hardware)]
    return "\n".join([said, *(text(key) for key, so in more if so)])


def _short(vitals: Vitals) -> str:
    if not vitals.frame:
        return ""
    late = "—" if vitals.latency_ms is None else f"{vitals.latency_ms} ms"
    return f"{vitals.native_width}×{vitals.native_height} {vitals.rate:.0f}/s {late}"


def _clock(ms: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(ms / 1000, zone).strftime("%H:%M:%S")
