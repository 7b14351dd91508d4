"""What a core is joined from: opens the files of a seat and the door to its centre."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from console.base import log, resources
from console.base.clock import CentreClock, SystemClock
from console.base.ids import new_id
from console.base.notice import Notice
from console.base.settings import Settings
from console.base.work import Work
from console.domain.calendar import read_calendar
from console.domain.city import City, read_city
from console.domain.judge import Judge
from console.domain.machine import Machine, read_machine
from console.gateways.central import CentralApi
from console.gateways.tiles import TileDoor
from console.maps.cache import TileCache
from console.maps.degrees import matrix_of
from console.maps.library import Library
from console.maps.online import Service
from console.scenes.read import read_scenes
from console.scenes.scene import Scene, dormant
from console.store import keys
from console.store.lastvalues import LastValues
from console.store.store import Store
from console.sync.engine import Engine
from console.sync.sessions import Sessions
from console.video.trunks import Trunks, read_trunks
from console.video.vault import Vault, key_of

STORE_FOLDER, REPLAY_FOLDER = "store", "replay"
_DEVICE = "core.device"
_LEVELS = logging.getLevelNamesMapping()


@dataclass(frozen=True, slots=True)
class Parts:
    """One seat's parts. ``ears`` hear what the store has to tell a person."""

    settings: Settings
    work: Work
    clock: CentreClock
    boot: str
    key_notice: str
    store: Store
    values: LastValues
    judge: Judge
    city: City
    scenes: Mapping[str, Scene]
    sessions: Sessions
    api: CentralApi
    engine: Engine
    ears: list[Callable[[Notice], None]]
    maps: Library
    vault: Vault
    trunks: Trunks


def read_machines() -> dict[str, Machine]:
    """Read every machine under resources."""
    found = (read_machine(resources.table(f), f) for f in resources.names("machines"))
    return {machine.kind: machine for machine in found}


def read_choices() -> dict[str, tuple[str, ...]]:
    """Read what the arguments of commands may be chosen from."""
    table: dict[str, list[str]] = resources.table("commands/choices.toml")["choice"]
    return {name: tuple(values) for name, values in table.items()}


def join(settings: Settings, work: Work) -> Parts:
    """Open a seat; Refused when another program works in its folder."""
    log.start(settings.folder, _LEVELS[settings.log_level])
    system = SystemClock()
    clock = CentreClock(system)
    file = f"cities/{settings.city}.toml"
    city = read_city(resources.table(file), file)
    trunks = read_trunks(settings.trunk_kbits, city.districts)
    scenes = read_scenes(city)
    calendar = read_calendar(resources.table(city.calendar), city.calendar)
    judge = Judge(read_machines(), calendar, dormant(scenes))
    ears: list[Callable[[Notice], None]] = []

    def told(notice: Notice) -> None:
        for ear in tuple(ears):
            ear(notice)

    folder = settings.folder / STORE_FOLDER
    key, key_notice = keys.key_for(folder)
    store = Store.open(folder, key=key, judge=judge, clock=clock, told=told)
    sessions = Sessions(store, clock, work)
    ca = Path(settings.ca_file) if settings.ca_file else None
    own = (settings.client_cert, settings.client_key) if settings.client_cert else None
    api = CentralApi(
        settings.centre, sessions, clock, device=_device(store, work), ca=ca, identity=own,
        heard=clock.heard,
    )  # fmt: skip
    return Parts(
        settings=settings, work=work, clock=clock, boot=system.boot_id, key_notice=key_notice,
        store=store, values=LastValues(folder, key), judge=judge, city=city, scenes=scenes,
        sessions=sessions, api=api,
        engine=Engine(store, api, clock, work), ears=ears,
        maps=Library(
            settings.map_folder, settings.city,
            _service(settings, settings.tiles, "tiles", work, system),
            _service(settings, settings.tiles_labels, "labels", work, system),
        ),
        vault=Vault(folder=str(settings.folder / REPLAY_FOLDER), key=key_of(key)), trunks=trunks,
    )  # fmt: skip


def _service(
    settings: Settings, address: str, name: str, work: Work, clock: SystemClock
) -> Service | None:
    """Give a tile service of the city, if it has an address; its tiles are kept on disk."""
    if not address:
        return None
    ca = Path(settings.ca_file) if settings.ca_file else None
    door = TileDoor(address, settings.tiles_key, ca)
    matrix = matrix_of(address)
    cache = TileCache(settings.folder / f"{name}_{matrix}.db")
    return Service(door.host, door.fetch, cache, work.call, clock.now, matrix)


def _device(store: Store, work: Work) -> str:
    kept = store.kept(_DEVICE)
    if kept is not None:
        return kept.decode()
    made = new_id()
    work.write(lambda: store.keep(_DEVICE, made.encode())).result()
    return made
