"""Which cameras are well: by their pictures, with the short blips left out."""

from PySide6.QtCore import QObject, Signal

from console.base.clock import Clock
from console.video.truth import Health, Standing


class Outages(QObject):
    """Hears how each picture stands; ``told``: a camera is lost (False) or well again (True)."""

    told = Signal(str, bool)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._held: dict[str, Health] = {}
        self.standings: dict[str, Standing] = {}
        """How each picture stood when it was last judged."""

    @property
    def healthy(self) -> dict[str, bool]:
        """Give the health of every camera of which something is known."""
        return {camera: h.good for camera, h in self._held.items() if h.good is not None}

    def hear(self, camera: str, standing: Standing) -> None:
        held = self._held.setdefault(camera, Health())
        if standing is not Standing.WAITING:
            self.standings[camera] = standing
        before = held.good
        if held.heard(standing, self._clock.monotonic()) and not (before is None and held.good):
            self.told.emit(camera, bool(held.good))
