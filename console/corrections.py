"""Place corrections let out of a seat for their data owners: those that this seat may see."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from console.app import Core
from console.base.errors import Refused
from console.base.tablefile import write_table
from console.base.text import text
from console.domain.corrected import corrected, headings
from console.domain.query import Query
from console.domain.record import Correction, Incident

FOLDER, TAKES = "corrections", "adopt"


def write_corrections(core: Core, file: Path | None = None) -> tuple[Path, int]:
    """Write every correction, the oldest first, to a file, or into the seat's folder.

    Give the file and how many there are. Refused for whoever may not take corrections up;
    BadData when the file is to be neither .csv nor .json.
    """
    machine = core.machines[Correction.kind]
    if machine.verbs[TAKES] not in machine.allowed(machine.initial, core.person.roles):
        raise Refused("refused.role", kind=Correction.kind, verb=TAKES)
    place = file or _usual(core)
    rows = corrected(
        _held(core),
        lambda each: core.get(Incident.kind, each),
        core.names,
        ZoneInfo(core.city.zone),
    )
    write_table(place, headings(), rows)
    return place, len(rows)


def _held(core: Core) -> Iterator[Correction]:
    for row in core.find(Query(Correction.kind)):
        found = core.get(Correction.kind, str(row[0]))
        if isinstance(found, Correction):
            yield found


def _usual(core: Core) -> Path:
    now = datetime.fromtimestamp(core.clock.now() / 1000, ZoneInfo(core.city.zone))
    return core.settings.folder / FOLDER / f"{text('corrected.file')}-{now:%Y%m%d-%H%M%S}.csv"
