"""The panels of the workstation: built once, each knowing only the core and the outfit."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from console.app import Core
from ui.kit.line import CommandLine
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.parts import column
from ui.models.queues import QueueCounts
from ui.views.advice import AdviceView
from ui.views.board import BoardView
from ui.views.card import CardView
from ui.views.gauges import GaugesView
from ui.views.map import MapView
from ui.views.outbox import OutboxView
from ui.views.plans import PlansView
from ui.views.queue import QueueView
from ui.views.queues import QueueRail
from ui.views.scene import SceneView
from ui.views.told import ToldView
from ui.views.warning import WarningView
from ui.windows.dock import Dock
from ui.windows.wallpanel import WallPanel

RAIL, CARD, FOOT = 184, 440, 232
NARROW_RAIL, NARROW_CARD, NARROW_FOOT = 152, 380, 176
NARROW = 1_500
FOOTED = ("units", "gauges", "outbox", "notices", "plans")
"""The docks at the foot, one before the other."""
LEFT, RIGHT, BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)

Fed = (
    QueueView | CardView | BoardView | OutboxView | GaugesView | MapView | SceneView | WallPanel
    | AdviceView | WarningView
)  # fmt: skip
Asks = Fed | QueueRail | PlansView


@dataclass(frozen=True, slots=True)
class Panels:
    """Every view of the window, and the docks that hold them."""

    line: CommandLine
    queue: QueueView
    rail: QueueRail
    card: CardView
    warning: WarningView
    board: BoardView
    outbox: OutboxView
    told: ToldView
    map: MapView
    scene: SceneView
    plans: PlansView
    gauges: GaugesView
    wall: WallPanel
    advice: AdviceView
    side: QStackedWidget
    docks: dict[str, Dock]

    def fed(self) -> tuple[Fed, ...]:
        """Give those that take news."""
        return (
            self.queue, self.card, self.board, self.outbox, self.map, self.scene, self.wall,
            self.gauges, self.advice, self.warning,
        )  # fmt: skip

    def following(self) -> "tuple[CardView, WarningView, BoardView, MapView, WallPanel]":
        """Give those that show what is selected."""
        return self.card, self.warning, self.board, self.map, self.wall

    @property
    def shown(self) -> CardView | WarningView:
        """Give the card of what is selected."""
        return self.card if self.warning.isHidden() else self.warning

    def asking(self) -> tuple[Asks, ...]:
        """Give those that ask for a line to be run, beside the command line itself."""
        return (
            self.queue, self.rail, self.card, self.board, self.outbox, self.map, self.scene,
            self.plans, self.wall, self.gauges, self.advice, self.warning,
        )  # fmt: skip

    def failing(
        self,
    ) -> tuple[
        CommandLine | CardView | BoardView | OutboxView | GaugesView | MapView | SceneView
        | WallPanel | AdviceView | WarningView, ...,
    ]:  # fmt: skip
        """Give those that tell of what went wrong while they asked."""
        return (
            self.line, self.card, self.board, self.outbox, self.map, self.scene, self.wall,
            self.gauges, self.advice, self.warning,
        )  # fmt: skip

    def worded(
        self,
    ) -> Iterator[
        QueueView
        | QueueRail
        | ToldView
        | CommandLine
        | CardView
        | BoardView
        | OutboxView
        | WallPanel
        | AdviceView
    ]:
        """Give those whose words are written anew when the language changes."""
        yield from (self.queue, self.rail, self.told, self.line)
        yield from (self.card, self.board, self.outbox, self.wall, self.advice)

    def stops(self) -> list[QWidget]:
        """Give the panels that are to be seen, in the order in which the focus goes round."""
        stops: list[QWidget] = [self.line, self.rail, self.queue, self.side]
        stops += [self.docks[name].view for name in FOOTED]
        return [stop for stop in stops if stop.isVisible() and not stop.visibleRegion().isEmpty()]


def build_panels(core: Core, outfit: Outfit, notices: Notices, counts: QueueCounts) -> Panels:
    """Make every view and its dock."""
    rail = QueueRail(core.queues, counts, outfit)
    card, board = CardView(core, outfit), BoardView(core, outfit)
    outbox, told = OutboxView(core, outfit), ToldView(notices, outfit)
    map_, wall = MapView(core, outfit), WallPanel(core, outfit, notices)
    scene, plans = SceneView(core, outfit), PlansView(outfit)
    gauges = GaugesView(core, outfit)
    scene.facts.connect(plans.show_scene)
    scene.facts.connect(map_.follow_scene)
    side, advice = QStackedWidget(), AdviceView(core, outfit)
    warning, cards = WarningView(core, outfit), QStackedWidget()
    for each in (card, warning):
        cards.addWidget(each)
    warning.chosen.connect(cards.setCurrentIndex)
    side.addWidget(cards)
    beside = QWidget()
    whole = column(beside, gap=0)
    whole.addWidget(side, 1)
    whole.addWidget(advice)
    docks = {
        "queues": Dock("queues", rail, outfit, headed=False),
        "card": Dock("card", beside, outfit),
        "units": Dock("units", board, outfit),
        "gauges": Dock("gauges", gauges, outfit),
        "outbox": Dock("outbox", outbox, outfit),
        "notices": Dock("notices", told, outfit),
        "map": Dock("map", map_, outfit),
        "plans": Dock("plans", plans, outfit),
        "wall": Dock("wall", wall, outfit),
    }
    queue = QueueView(core, outfit, notices.failed)
    line = CommandLine(core, outfit)
    return Panels(
        line, queue, rail, card, warning, board, outbox, told, map_, scene, plans, gauges, wall,
        advice, side, docks,
    )  # fmt: skip


def middle(panels: Panels) -> QWidget:
    """Give what stands in the middle: a scene's head, when one is open, over the queue."""
    made = QWidget()
    whole = column(made, gap=1)
    whole.addWidget(panels.scene)
    whole.addWidget(panels.queue, 1)
    return made


def arrange(window: QMainWindow, panels: Panels) -> None:
    """Put each dock where it usually stands: the rail and the card take the whole height."""
    docks = panels.docks
    window.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
    window.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
    window.addDockWidget(LEFT, docks["queues"])
    window.addDockWidget(RIGHT, docks["card"])
    foot = [docks[name] for name in FOOTED]
    window.addDockWidget(BOTTOM, foot[0])
    for before, after in pairwise(foot):
        window.tabifyDockWidget(before, after)
    foot[0].raise_()
    # Map and wall take much room: they come when asked for, here or on another screen.
    window.addDockWidget(LEFT, docks["map"])
    window.addDockWidget(RIGHT, docks["wall"])
    for name in ("map", "wall"):
        docks[name].close()


def size(window: QMainWindow, panels: Panels, width: int) -> None:
    """Give each dock its usual room in a window of this width."""
    docks = panels.docks
    narrow = width < NARROW
    wide = max(1.0, width / 1_920)
    card = NARROW_CARD if narrow else round(CARD * min(wide, 1.5))
    foot = NARROW_FOOT if narrow else round(FOOT * min(wide, 1.5))
    rail = NARROW_RAIL if narrow else RAIL
    sideways, upright = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    window.resizeDocks([docks["queues"], docks["card"]], [rail, card], sideways)
    window.resizeDocks([docks["units"]], [foot], upright)
