"""The windows that a seat may open, by the name that `--window` gives them."""

from collections.abc import Callable, Mapping

from ui.windows.station import Given, Station
from ui.windows.workstation import Workstation

STATIONS: Mapping[str, Callable[[Given], Station]] = {
    "workstation": Workstation,
}
USUAL = "workstation"
