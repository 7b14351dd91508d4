"""The windows that a seat may open, by the name that `--window` gives them."""

from collections.abc import Callable, Mapping

from ui.windows.mapwindow import MapWindow
from ui.windows.station import Given, Station
from ui.windows.wall import Wall
from ui.windows.workstation import Workstation


def _cockpit(given: Given) -> Station:
    """Make the large display; the charts that it needs are read only then."""
    from ui.windows.cockpit import Cockpit  # noqa: PLC0415

    return Cockpit(given)


STATIONS: Mapping[str, Callable[[Given], Station]] = {
    "workstation": Workstation,
    "cockpit": _cockpit,
    "map": MapWindow,
    "wall": Wall,
}
USUAL = "workstation"
