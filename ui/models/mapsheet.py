"""Which layers a map has: its own, those that scenes name, and which of them this seat shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from msgspec import Struct

from console.app import Core
from console.base import resources
from console.base.shape import shaped
from console.base.text import TEXTS, text
from console.scenes.lists import Entry, read_list
from console.scenes.scene import Scene, SceneShape

FILE, LISTED = "map/layers.toml", "lists/layers.toml"
KEPT = "map/layers"
ALWAYS = frozenset(("warnings", "plans", "incidents", "units"))
"""What a scene's map shows beside the layers that the scene names."""


class Layer(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
    rename={"only_open": "open", "least": "from"},
):  # fmt: skip
    """One layer, as its file says. ``scenes``: what scenes call it (lists/layers.toml)."""

    id: str
    draw: Literal["points", "live", "heat", "areas", "plans", "components", "shapes"]
    kind: str = ""
    place: str = ""
    of: str = ""
    where: str = ""
    only_open: bool = False
    by: str = ""
    symbol: dict[str, tuple[str, str, float]] = {}
    least: float = 0.0
    cluster: float = 0.0
    shown: bool = True
    scenes: tuple[str, ...] = ()
    shape: SceneShape | None = None


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    layer: tuple[Layer, ...]
    scene: Layer


@dataclass(frozen=True, slots=True)
class Seen:
    """Which layers are shown, and in which order, from the ground up; kept for each seat."""

    order: tuple[str, ...]
    shown: frozenset[str]

    def turned(self, layer: str) -> "Seen":
        """Show a layer that is hidden, hide one that is shown."""
        return replace(self, shown=self.shown ^ {layer})

    def raised(self, layer: str, by: int) -> "Seen":
        """Move a layer up or down among the others."""
        order = [name for name in self.order if name != layer]
        at = min(max(self.order.index(layer) + by, 0), len(order))
        return replace(self, order=(*order[:at], layer, *order[at:]))


def read_layers() -> tuple[Layer, ...]:
    """Read the map's own layers; BadData names the key that is wrong."""
    return shaped(resources.table(FILE), _File, FILE).layer


def scene_layers(scenes: Iterable[Scene]) -> tuple[Layer, ...]:
    """Give a layer for each that scenes name and the map has not of its own.

    It shows the lines and areas that a scene's file declares for it, else the places of that sort
    that the packages carry: none, until somebody brings them.
    """
    held = shaped(resources.table(FILE), _File, FILE)
    own = {name for layer in held.layer for name in (layer.id, *layer.scenes)}
    drawn = {shape.layer: shape for scene in scenes for shape in scene.map.shape}
    like = held.scene
    points = tuple(
        Layer(id=name, draw="points", place=name, symbol=like.symbol, least=like.least,
              cluster=like.cluster, shown=False)
        for name in _listed() if name not in own and name not in drawn
    )  # fmt: skip
    return (*(_drawn(shape) for shape in drawn.values()), *points)


def _drawn(shape: SceneShape) -> Layer:
    symbol = {"": ("square" if shape.fill else "dash", shape.role, 10.0)}
    return Layer(
        id=shape.layer, draw="shapes", symbol=symbol, least=shape.least, shown=False, shape=shape
    )


def of_scene(names: Sequence[str], layers: Sequence[Layer]) -> Seen:
    """Give what a scene's map shows: the layers it names over the ground, and what always is."""
    wanted = {x.id for x in layers if x.id in names or set(x.scenes) & set(names)}
    own = [x.id for x in layers if x.id in wanted or x.shown or x.id in ALWAYS]
    return Seen(tuple(dict.fromkeys(own)), frozenset(wanted | ALWAYS))


@cache
def _listed() -> Mapping[str, Entry]:
    return read_list(LISTED)


def name_of(layer: str) -> str:
    """Give the name of a layer in the language that is spoken."""
    entry = _listed().get(layer)
    key = f"choice.layer.{layer}"
    if entry is None or TEXTS.has(key):
        return text(key)
    return entry.name_en if TEXTS.language == "en" else entry.name


def usual(layers: Sequence[Layer]) -> Seen:
    """Give what a seat begins with."""
    return Seen(tuple(x.id for x in layers), frozenset(x.id for x in layers if x.shown))


def kept(core: Core, begins: Seen, scene: str = "") -> Seen:
    """Give what this seat chose last, of a scene or of its own; ``begins``: what is usual.

    Layers that came since stand as usual.
    """
    held = core.kept(_name(core, scene))
    if held is None:
        return begins
    order, _, shown = held.decode().partition("|")
    known = [name for name in order.split() if name in begins.order]
    fresh = [name for name in begins.order if name not in known]
    on = {name for name in shown.split() if name in begins.order}
    return Seen((*known, *fresh), frozenset(on | {n for n in fresh if n in begins.shown}))


def keep(core: Core, seen: Seen, scene: str = "") -> None:
    """Keep what this seat chose, of a scene or of its own."""
    line = f"{' '.join(seen.order)}|{' '.join(sorted(seen.shown))}"
    core.keep(_name(core, scene), line.encode())


def _name(core: Core, scene: str) -> str:
    return f"{KEPT}/{core.seat or '-'}{f'/{scene}' if scene else ''}"
