"""A tile's last seconds: seen again in place, or taken out as a clip."""

from collections.abc import Callable, Mapping

from console.app import Core
from console.base.errors import Refused
from console.video.eyes import Eye
from console.video.stream import Kept
from ui.kit.notices import Notices
from ui.models.tile import Tile
from ui.models.wall import WallModel
from ui.windows.evidence import Evidence, seconds_of

Args = Mapping[str, str]
FORMATS = ("mp4", "mkv")


class WallReplay:
    """``tile`` gives the tile that is worked on, and its camera."""

    def __init__(
        self, core: Core, notices: Notices, model: WallModel, evidence: Evidence,
        tile: Callable[[], tuple[Tile, Eye | None]],
    ) -> None:  # fmt: skip
        self._core = core
        self._notices = notices
        self._model = model
        self._evidence = evidence
        self._tile = tile
        self.does = {"wall.replay": self._replay, "wall.clip": self._clip}
        model.played.connect(self._played)

    def _clip(self, args: Args) -> None:
        form = args.get("format", FORMATS[0])
        if form not in FORMATS:
            raise Refused("refused.clip_format", file=form)
        self._evidence.clip(*self._tile(), seconds_of(args), form)

    def _replay(self, args: Args) -> None:
        """Play the last seconds of a tile again, or show it as it is now."""
        tile, eye = self._tile()
        if tile.playback is not None:
            self._model.live(tile.number)
            return
        if eye is None:
            raise Refused("refused.no_picture")
        now = self._core.clock.wall()
        if not self._model.replay(tile.number, (now - seconds_of(args) * 1_000, now)):
            raise Refused("refused.no_slot")
        if tile.vitals.kept not in (Kept.NOT, Kept.KEPT):  # NOT: too early to know
            self._notices.say(f"wall.kept.{tile.vitals.kept.name.lower()}", camera=eye.name)

    def _played(self, number: int, was: bool) -> None:
        if not was:
            eye = self._model.eyes.get(self._model.tiles[number].camera)
            self._notices.say("wall.replay_nothing", camera=eye.name if eye else "")
