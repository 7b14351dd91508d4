"""What this city tells a platform above it: its cameras, and the pictures that came to it."""

from collections.abc import Callable, Sequence

from console.central import feed
from console.central.cameras.feed import Source
from console.central.centre import Centre
from console.central.gb28181.live import Live
from console.central.sight import Sight
from console.domain.access import system
from console.domain.record import Camera
from console.domain.steering import Motion, Place
from console.video.entry import Entry
from console.wire import record_of


def cameras_of(centre: Centre) -> list[Entry]:
    """Give every camera of a centre that is in use, as a catalogue has it."""
    with centre.ledger.reading() as line:
        puts = feed.puts_of(line, Sight.of(system()), Camera.kind)
        held = [c for put in puts if isinstance(c := record_of(put.kind, put.body), Camera)]
    return [
        Entry(code=c.code, name=c.name, type=c.type, owner=c.owner, place=c.scope.partition(".")[0],
              lon=c.lon, lat=c.lat, ptz=c.ptz)
        for c in held
        if c.state == "in_service"
    ]  # fmt: skip


class Own:
    """This city's cameras: those that came by GB/T 28181 are sent on.

    Nobody above steers them: who may is for this city's seats to say.
    """

    def __init__(self, entries: Callable[[], Sequence[Entry]], live: Live) -> None:
        self._entries = entries
        self._live = live

    def entries(self) -> Sequence[Entry]:
        return self._entries()

    def source(self, code: str) -> Source | None:
        return self._live.known(code)

    def steer(self, code: str, wish: Motion | Place) -> bool:
        del code, wish
        return False
