"""What is kept of a picture as evidence: a snapshot or a clip, its hash noted on the incident."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from console.app import Core
from console.base.errors import Refused
from console.base.text import text
from console.video.clip import Clip, take_clip
from console.video.eyes import Eye
from ui.kit.notices import Notices
from ui.models.moment import moment
from ui.models.news import Answers
from ui.models.tile import Tile

SNAPSHOT, CLIPS = "wall/snapshot/", "clips"
SECONDS, SECONDS_MOST = 60, 600
"""How much is seen again where nobody says; how much is kept."""
AT = "%Y-%m-%d %H:%M:%S"


class Evidence:
    """Keeps pictures of tiles. ``incident`` gives the id of the incident of a tile, "" for none."""

    def __init__(
        self, core: Core, notices: Notices, answers: Answers, incident: Callable[[Tile], str]
    ) -> None:
        self._core = core
        self._notices = notices
        self._answers = answers
        self._incident = incident

    def snapshot(self, tile: Tile, eye: Eye | None) -> None:
        """Keep the picture of a tile, encrypted as the cache is; Refused where there is none."""
        found = tile.picture()
        if eye is None or found is None:
            raise Refused("refused.no_picture")
        data = _png(found)
        mark = hashlib.sha256(data).hexdigest()
        self._core.keep(SNAPSHOT + mark, data)
        at = f"{moment(tile.taken_ms, self._core.city):{AT}}"
        noted = self._note(tile, "wall.snapshot_note", eye, at=at, hash=mark)
        self._notices.say("wall.snapshot_kept" if noted else "wall.snapshot_alone",
                          camera=eye.name, hash=mark[:12])  # fmt: skip

    def clip(self, tile: Tile, eye: Eye | None, seconds: int, form: str) -> None:
        """Write the last seconds of a tile's camera, or what is seen again there, to a file."""
        if eye is None:
            raise Refused("refused.no_picture")
        now = self._core.clock.wall()
        span = tile.playback.span if tile.playback else (now - seconds * 1_000, now)
        began = moment(span[0], self._core.city)
        name = f"{_plain(eye.name)}-{began:%Y%m%d-%H%M%S}.{form}"
        file = self._core.settings.folder / CLIPS / name
        by = self._core.person.name or self._core.person.user
        tags = {"title": eye.name, "artist": by, "comment": f"{eye.code} {began.isoformat()}"}
        vault = self._core.vault
        self._notices.say("wall.clip_writing", camera=eye.name)
        taking = self._core.work.call(lambda: take_clip(vault, eye.id, span, file, tags))
        self._answers.ask(f"clip {name}", taking, lambda clip: self._taken(tile, eye, clip))

    def _taken(self, tile: Tile, eye: Eye, clip: Clip) -> None:
        began, ended = (moment(at, self._core.city) for at in (clip.began, clip.ended))
        facts = {"at": f"{began:{AT}}", "until": f"{ended:%H:%M:%S}", "hash": clip.sha256}
        missing = round(clip.missing_ms / 1_000)
        gap = text("wall.clip_missing", seconds=missing) if missing else ""
        noted = self._note(tile, "wall.clip_note", eye, file=clip.file.name, gap=gap, **facts)
        self._notices.say(
            "wall.clip_kept" if noted else "wall.clip_alone", camera=eye.name,
            file=str(clip.file), hash=clip.sha256[:12], gap=gap, topic=f"clip {clip.sha256}",
        )  # fmt: skip

    def _note(self, tile: Tile, key: str, eye: Eye, **facts: str) -> bool:
        """Write into the timeline of the tile's incident; False: it has none."""
        incident = self._incident(tile)
        if not incident:
            return False
        by = self._core.person.name or self._core.person.user
        said = text(key, camera=eye.name, code=eye.code, by=by, **facts)
        line = f'incident.note {incident} "{said}"'
        self._answers.ask(f"noted {said}", self._core.run(line), lambda _done: None)
        return True


def _plain(name: str) -> str:
    """Give a name that every file system takes."""
    return "".join(c if c.isalnum() else "_" for c in name)[:60] or Path(CLIPS).name


def _png(found: tuple[memoryview, int, int]) -> bytes:
    data, width, height = found
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(data, width, height, width * 4, QImage.Format.Format_RGB32)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def seconds_of(args: Mapping[str, str]) -> int:
    """Read how many seconds are meant; Refused when so many are not kept."""
    said = args.get("seconds", str(SECONDS))
    if not said.isdecimal() or not 0 < int(said) <= SECONDS_MOST:
        raise Refused("refused.replay_seconds", most=SECONDS_MOST)
    return int(said)
