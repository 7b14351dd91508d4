"""The eight bytes by which GB/T 28181 steers a camera (annex A.3): head, what, how fast, sum."""

from console.domain.steering import FASTEST, Motion, Place

HEAD, ADDRESS = 0xA5, 0x01
RIGHT, LEFT, DOWN, UP, NEARER, WIDER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
LENS, FAR, NEAR, OPEN, SHUT = 0x40, 0x01, 0x02, 0x04, 0x08
PLACES = {"save": 0x81, "call": 0x82, "drop": 0x83}
LENGTH = 8


def word_of(wish: Motion | Place) -> str:
    """Give the word as sixteen hexadecimal digits; ValueError when the wish is not sound."""
    if not wish.sound:
        raise ValueError(wish)
    if isinstance(wish, Place):
        return _word(PLACES[wish.do], 0, wish.number, 0)
    fast = round(wish.speed * 255 / FASTEST)
    if wish.focus or wish.iris:
        what = LENS | _bit(wish.focus, FAR, NEAR) | _bit(wish.iris, OPEN, SHUT)
        return _word(what, fast if wish.focus else 0, fast if wish.iris else 0, 0)
    turn = _bit(wish.pan, RIGHT, LEFT) | _bit(wish.tilt, UP, DOWN)
    what = turn | _bit(wish.zoom, NEARER, WIDER)
    zoom = max(1, round(wish.speed * 15 / FASTEST)) if wish.zoom else 0
    return _word(what, fast if wish.pan else 0, fast if wish.tilt else 0, zoom)


def read_word(said: str) -> Motion | Place:
    """Read a word; ValueError when it is none, its sum is wrong, or it asks what we do not know."""
    data = bytes.fromhex(said)
    if (
        len(data) != LENGTH
        or data[0] != HEAD
        or data[1] & 0x0F != (0xA + 0x5 + (data[1] >> 4)) % 16
    ):
        raise ValueError(said)
    if sum(data[:7]) % 256 != data[7]:
        raise ValueError(said)
    what, first, second, zoom = data[3], data[4], data[5], data[6] >> 4
    for do, code in PLACES.items():
        if what == code and second:
            return Place(do=do, number=second)  # pyright: ignore[reportArgumentType]
    if what & 0xC0 == LENS:
        speed = _speed(max(first, second), 255)
        return Motion(focus=_way(what, FAR, NEAR), iris=_way(what, OPEN, SHUT), speed=speed)
    if what & 0xC0:
        raise ValueError(said)
    speed = max(_speed(max(first, second), 255), _speed(zoom, 15))
    return Motion(pan=_way(what, RIGHT, LEFT), tilt=_way(what, UP, DOWN),
                  zoom=_way(what, NEARER, WIDER), speed=speed)  # fmt: skip


def _word(what: int, first: int, second: int, zoom: int) -> str:
    data = bytes((HEAD, 0x0F, ADDRESS, what, first, second, zoom << 4))
    return (data + bytes((sum(data) % 256,))).hex().upper()


def _bit(way: int, up: int, down: int) -> int:
    return up if way > 0 else down if way < 0 else 0


def _way(what: int, up: int, down: int) -> int:
    return bool(what & up) - bool(what & down)


def _speed(said: int, most: int) -> int:
    return max(1, min(FASTEST, round(said * FASTEST / most)))
