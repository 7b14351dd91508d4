"""The door to a city's tile service: one tile of an XYZ or WMTS service at a time.

An address has holes: ``{z}``, ``{x}``, ``{y}``, ``{key}`` (the service's key, from the settings)
and ``{s}`` (one of its hosts, 0 to 7). 天地图 is written as its own form (WMTS, key-value pairs)
says: …/vec_w/wmts?…&TILEMATRIXSET=w&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}, or vec_c with
TILEMATRIXSET=c. An address holds the key: none is ever logged.
"""

from pathlib import Path

import requests

from console.base.errors import Unreachable

TIMEOUT_S = (3.0, 8.0)
LARGEST = 4_000_000
HOSTS = 8
CHUNK = 65_536
MISSING = frozenset((204, 404))
Id = tuple[int, int, int]


class TileDoor:
    """Fetches tiles; Unreachable when the service does not give one."""

    def __init__(self, address: str, key: str = "", ca: Path | None = None) -> None:
        self._address = address
        self._key = key
        self._session = requests.Session()
        self._session.trust_env = False
        if ca is not None:
            self._session.verify = str(ca)

    @property
    def host(self) -> str:
        """Give the name of the service, without its key."""
        return self._address.partition("//")[2].partition("/")[0].replace("{s}", "*")

    def fetch(self, id: Id) -> bytes:
        """Fetch a tile; b"" where the service has none."""
        zoom, column, row = id
        address = self._address.format(
            z=zoom, x=column, y=row, key=self._key, s=(column + row) % HOSTS
        )
        try:
            with self._session.get(address, timeout=TIMEOUT_S, stream=True) as answer:
                if answer.status_code in MISSING:
                    return b""
                if answer.status_code != requests.codes.ok:
                    raise Unreachable("map.service.status")
                return _body(answer)
        except requests.RequestException as error:
            raise Unreachable("map.service.no_line") from error

    def close(self) -> None:
        self._session.close()


def _body(answer: requests.Response) -> bytes:
    """Read an answer's body, and no more of it than a tile may be; a page of words is no tile."""
    if "image" not in answer.headers.get("Content-Type", "") and "protobuf" not in (
        answer.headers.get("Content-Type", "")
    ):
        raise Unreachable("map.service.no_tile")
    body = bytearray()
    for part in answer.iter_content(CHUNK):
        body += part
        if len(body) > LARGEST:
            raise Unreachable("map.service.no_tile")
    return bytes(body)
