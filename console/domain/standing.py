"""How a seat stands: with its centre, and with who sits there."""

from dataclasses import dataclass

from console.domain.access import Access


@dataclass(frozen=True, slots=True)
class LinkState:
    """How it stands with the centre.

    ``state``: up, probing, down, signed_out or never. ``as_of``: the data is true as of then.
    ``absent``: whose acts wait until they sign in.
    """

    state: str = "never"
    since: int = 0
    as_of: int = 0
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    held: int = 0
    filling: tuple[int, int] = (0, 0)
    clock_trouble: str = ""
    demo: bool = False
    city_name: str = ""
    why: str = ""
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sits here now; ``offline``: the centre was not asked."""

    person: Access
    offline: bool = False
