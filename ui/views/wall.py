"""The wall as a panel: its tiles, and a strip that says what this seat carries and cannot show."""

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from console.app import Core
from console.base.text import text
from console.domain.words import Words
from console.video.layout import Layout
from console.video.truth import GOOD, Standing
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, column, label, link, tone
from ui.kit.tiles import Tiles
from ui.models.catalogue import Catalogue
from ui.models.face import Face, face_of, figures_of
from ui.models.hands import Hand
from ui.models.reasons import reasons
from ui.models.tile import Tile
from ui.models.trunklines import TrunkLines
from ui.models.wall import WallModel

STRIP = 28


class WallView(QWidget):
    """Shows a WallModel. ``asked`` gives a line to run; ``large``: the enlarged tile, or None."""

    asked = Signal(str)
    large = Signal(object)

    def __init__(self, core: Core, outfit: Outfit, model: WallModel, catalogue: Catalogue) -> None:
        super().__init__()
        self._outfit = outfit
        self._model = model
        self._catalogue = catalogue
        self._words = Words(core)
        self.lines = TrunkLines(model.trunks, core.names)
        self._zone = ZoneInfo(core.city.zone)
        self._titles: dict[str, str] = {}
        self._spot = ""
        self._overflow = 0
        self._warning = ""
        self.figures = False
        self.hand_of: Callable[[str], Hand | None] = lambda _camera: None
        self.tiles = Tiles(
            outfit.look, self._pixels, self._face, lambda n: model.tiles[n].home, self._hint
        )
        self._strip = QWidget()
        self._strip.setProperty("surface", "top")
        self._strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._strip.setFixedHeight(STRIP)
        self._follows, self._counts, self._missing, self._load = (
            label("second"), label("second"), label("second"), label("caption"),
        )  # fmt: skip
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(2 * GAP)
        for each in (self._follows, self._counts, self._missing):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self._load)
        self._trunks: QPushButton = link("caption")
        self._trunks.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self._trunks)
        whole = column(self, gap=0)
        self._across = QHBoxLayout()
        self._across.setSpacing(0)
        self._across.addWidget(self.tiles, 1)
        whole.addLayout(self._across, 1)
        whole.addWidget(self._strip)
        self._connect()

    # ---- what is shown

    def lay_out(self, layout: Layout) -> None:
        self._model.lay_out(layout)
        self.large.emit(None)
        self.tiles.lay_out(layout.cells)

    def show_titles(
        self, titles: dict[str, str], spot: str, overflow: int, warning: str = ""
    ) -> None:
        """Say what alarms are called, what the spot follows, how many alarms have no tile.

        ``warning``: that the wall is locked, or does not keep its last minutes.
        """
        said = (titles, spot, overflow, warning)
        if said == (self._titles, self._spot, self._overflow, self._warning):
            return
        self._titles, self._spot, self._overflow, self._warning = (
            dict(titles),
            spot,
            overflow,
            warning,
        )
        self.tiles.update()
        self._tell()

    def enlarge(self, number: int | None) -> None:
        """Let one tile take the whole wall, or put it back."""
        self._model.enlarge(number)
        self.tiles.enlarge(number)
        self.large.emit(number)

    def put_beside(self, widget: QWidget) -> None:
        """Let a widget stand at the right of the tiles."""
        self._across.addWidget(widget)

    def press(self, number: int) -> None:
        """Enlarge a tile, or put it back: a click does the other of the two."""
        camera = self._model.tiles[number].camera
        if self._model.enlarged is not None:
            self.enlarge(None)
        elif camera:
            self.enlarge(number)

    def bare(self, *, on: bool) -> None:
        """Leave the strip out: the wall of a large display."""
        self._strip.setVisible(not on)

    def retranslate(self) -> None:
        self.tiles.update()
        self._tell()

    # ---- inside

    def _pixels(self, number: int) -> tuple[memoryview, int, int] | None:
        return self._model.tiles[number].picture()

    def _face(self, number: int) -> Face:
        tile = self._model.tiles[number]
        title, why = self._above(tile)
        face = face_of(
            tile, self._catalogue.eyes.get(tile.camera), self._zone, title, why=why,
            chosen=number == self.tiles.current and self.tiles.hasFocus(),
            zoom=self.tiles.zoom_of(number), figures=self.figures,
            hand=self.hand_of(tile.camera), full=self._full(tile),
        )  # fmt: skip
        if tile.role == "spot" and self._spot and not tile.camera:
            return replace(face, headline=self._spot_words())
        return face

    def _spot_words(self) -> str:
        """Say why a tile that follows the selected incident has no camera."""
        some = any(tile.role == "spot" and tile.camera for tile in self._model.tiles)
        return text("wall.spot_no_more" if some else "wall.spot_none")

    def _full(self, tile: Tile) -> str:
        """Say which line is full, where a tile has less, or nothing, because of that."""
        if not tile.full:
            return ""
        return self.lines.full(self._model.shares, self._model.way(tile.camera))

    def _above(self, tile: Tile) -> tuple[str, tuple[str, ...]]:
        """Say for what a tile's camera is there; why it is this one, fully and ever shorter."""
        ways = reasons(tile.why, self._words.notice)
        return self._titles.get(tile.alarm, ""), ways

    def _hint(self, number: int) -> str:
        tile = self._model.tiles[number]
        eye = self._catalogue.eyes.get(tile.camera)
        if eye is None:
            return ""
        full = self._full(tile)
        less = text("wall.trunk.less", line=full) if full else ""
        title, why = self._above(tile)
        said = (eye.name, eye.code, figures_of(tile.vitals), less, title, *why[:1])
        return "\n".join(part for part in said if part)

    def _drop(self, number: int, camera: str, source: int) -> None:
        if source >= 0:
            there = self._model.tiles[number].home
            self._model.put(source, there)
        self._model.put(number, camera)

    def _turned(self, _numbers: object) -> None:
        self.tiles.update()
        self._tell()

    def _tell(self) -> None:
        tiles = [t for t in self._model.tiles if t.camera]
        good = sum(t.standing in GOOD for t in tiles if t.channel)
        waits = sum(t.standing is Standing.WAITING for t in tiles if t.channel)
        bad = len(tiles) - good - waits
        spot = text("wall.follows", title=self._spot) if self._spot else text("wall.follows_none")
        self._follows.setText(f"{self._warning}  {spot}" if self._warning else spot)
        tone(self._follows, "warning" if self._warning else "text.second")
        self._counts.setText(text("wall.counts", all=len(tiles), good=good, bad=bad))
        tone(self._counts, "warning" if bad else "text.second")
        self._missing.setText(text("wall.overflow", n=self._overflow) if self._overflow else "")
        tone(self._missing, "warning")
        shares = self._model.shares
        unseen = sum(not t.granted for t in tiles)
        load = text("wall.load", decoding=f"{shares.decoding:.0%}")
        self._load.setText(f"{load}  {text('wall.unseen', n=unseen)}" if unseen else load)
        words, role = self.lines.strip(shares)
        self._trunks.setText(words)
        tone(self._trunks, role)
        self._trunks.setToolTip("\n".join(line.words for line in self.lines.of(shares)))

    def _connect(self) -> None:
        self._model.fresh.connect(self.tiles.show_fresh)
        self._model.turned.connect(self._turned)
        self._model.planned.connect(self._tell)
        self.tiles.sized.connect(self._model.resized)
        self.tiles.pressed.connect(self.press)
        self._trunks.clicked.connect(lambda: self.asked.emit("wall.trunks"))
        self.tiles.dropped.connect(self._drop)
        self.tiles.left.connect(lambda: self.enlarge(None))
        self._outfit.look.changed.connect(self.retranslate)
