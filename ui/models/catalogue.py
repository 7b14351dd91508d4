"""The cameras of this seat, found by name, by pinyin initials, by code; off line too."""

from collections.abc import Iterable, Sequence

from console.app import Core
from console.commands import initials
from console.domain.query import parse_query
from console.video.eyes import Eye, eye_of
from console.video.passwords import Passwords
from console.watching import Watching
from ui.models.channel import Door

IN_USE = "state:in_service sort:name"
FAVOURITES = "wall/favourites"
MOST = 200
NO_DOOR: Door = ("", "")


class Catalogue:
    """What the store holds of cameras, as far as this person may see it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._letters: dict[str, str] = {}
        self.eyes: dict[str, Eye] = {}
        kept = core.kept(FAVOURITES)
        self.favourites: tuple[str, ...] = tuple(kept.decode().split()) if kept else ()

    def read(self) -> list[Eye]:
        """Read the catalogue anew, from any thread."""
        return [eye_of(row) for row in self._core.find(parse_query("camera", IN_USE))]

    def take(self, eyes: Iterable[Eye]) -> None:
        self.eyes = {eye.id: eye for eye in eyes}
        self._letters = {eye.id: initials(eye.name) for eye in self.eyes.values()}

    def districts(self) -> dict[str, list[Eye]]:
        """Give the cameras of each district, by sort and name."""
        found: dict[str, list[Eye]] = {}
        for eye in sorted(self.eyes.values(), key=lambda e: (e.district, e.type, e.name)):
            found.setdefault(eye.district, []).append(eye)
        return found

    def search(self, said: str) -> list[Eye]:
        """Give the cameras whose name, initials or code hold what was said; names first."""
        wanted = said.strip().lower()
        ranked: list[tuple[int, str, Eye]] = []
        for eye in self.eyes.values():
            rank = self._rank(eye, wanted)
            if rank is not None:
                ranked.append((rank, eye.name, eye))
        return [eye for _, _, eye in sorted(ranked, key=lambda r: r[:2])[:MOST]]

    def favour(self, camera: str) -> None:
        """Make a camera a favourite, or no longer one."""
        held = self.favourites
        others = tuple(each for each in held if each != camera)
        self.favourites = others if camera in held else (*held, camera)
        self._core.keep(FAVOURITES, " ".join(self.favourites).encode())

    def named(self, said: str) -> Eye | None:
        """Give the camera that a word means: its id, its code, or the best that has that name."""
        if said in self.eyes:
            return self.eyes[said]
        found: Sequence[Eye] = self.search(said)
        return found[0] if found else None

    def _rank(self, eye: Eye, wanted: str) -> int | None:
        name = eye.name.lower()
        if name.startswith(wanted):
            return 0
        if wanted in name:
            return 1
        if self._letters.get(eye.id, "").startswith(wanted):
            return 2
        return 3 if wanted in eye.code or wanted in self._letters.get(eye.id, "") else None


def doors_of(eyes: list[Eye], watching: Watching) -> dict[str, Door]:
    """Give user and password of cameras of the centre's own, and of those that name a user."""
    found: dict[str, Door] = {}
    passwords: Passwords | None = None
    for eye in eyes:
        address = eye.sub or eye.main
        if "@" in address:
            passwords = passwords or Passwords()
            found[eye.id] = passwords.door(address)
        elif (door := watching.door(address)) != NO_DOOR:
            found[eye.id] = door
    return found
