"""Places in the feed, sealed: a console keeps them, and can neither read nor make them."""

import base64
import binascii
import hmac
import struct

from console.base.errors import Gone
from console.wire import SCHEMA

EXPIRED, EPOCH, SCOPE = "cursor_expired", "epoch", "scope_changed"
_FORM = struct.Struct(">8sQ8sH")
_SEAL = 16


class Cursors:
    """Seals and opens cursors of one incarnation of a centre's log.

    A cursor belongs to a sight, not to a name: at a change of shift the cache stays good when the
    next person sees the same; anybody else is sent to a snapshot.
    """

    def __init__(self, epoch: str, secret: bytes) -> None:
        self._epoch = bytes.fromhex(epoch)
        self._secret = secret

    def seal(self, pos: int, mark: bytes) -> str:
        """Give the cursor after a position, for a sight."""
        body = _FORM.pack(self._epoch, pos, mark, SCHEMA)
        return base64.urlsafe_b64encode(body + self._mac(body)).decode().rstrip("=")

    def open(self, cursor: str, mark: bytes) -> int:
        """Give the position; Gone when the cursor is not this log's, this sight's, or not whole."""
        body, mac = _split(cursor)
        epoch, pos, sight, schema = _FORM.unpack(body)
        if epoch != self._epoch:
            raise Gone(EPOCH)
        if schema != SCHEMA or not hmac.compare_digest(mac, self._mac(body)):
            raise Gone(EXPIRED)
        if sight != mark:
            raise Gone(SCOPE)
        return int(pos)

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, b"cursor" + body, "sha256")[:_SEAL]


def _split(cursor: str) -> tuple[bytes, bytes]:
    try:
        held = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Gone(EXPIRED) from None
    if len(held) != _FORM.size + _SEAL:
        raise Gone(EXPIRED)
    return held[: _FORM.size], held[_FORM.size :]
