"""How a seat enters the centre's own servers of pictures. Plain values."""

from msgspec import Struct


class Pass(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A user and password that the centre made for one account, good at these servers alone.

    ``hosts``: as addresses of streams name them, ``10.1.2.3:8554``. It is not the password that a
    person signs in with, and it is good for nothing but watching.
    """

    user: str
    password: str
    hosts: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Pass({self.user!r})"
