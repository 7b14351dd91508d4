"""Messages as vectors: each block of features by itself has length one, times its weight."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from console.advise.features import BLOCKS, CELL, WORD, Spec, features

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Vector:
    """A message as a model sees it. ``share``: how much of it the model has met before."""

    features: tuple[str, ...]
    index: Array
    values: Array
    share: float


class Lexicon:
    """The features a model knows, in its order, with their weight by rarity (idf)."""

    def __init__(self, spec: Spec, words: Sequence[str], blocks: Array, idf: Array) -> None:
        self.spec = spec
        self._index = dict(zip(words, range(len(words)), strict=True))
        self._idf = idf
        self._blocks = blocks
        self._known = known_words(words[n] for n in np.nonzero(blocks == ord(WORD))[0].tolist())
        self._weights = np.asarray(spec.weights, np.float32)

    def vector(self, message: Mapping[str, str]) -> Vector:
        """Give a message's vector over the known features."""
        counted = Counter(features(self.spec, message, self._known))
        found = {f: n for f in counted if (n := self._index.get(f)) is not None}
        index = np.fromiter(found.values(), np.int64, len(found))
        values = 1 + np.log(np.fromiter((counted[f] for f in found), np.float32, len(found)))
        values *= self._idf[index]
        values *= self.scales(self._blocks[index], values)
        return Vector(tuple(found), index, values, share_of(counted, self._index))

    def scales(self, blocks: Array, values: Array) -> Array:
        """Give what each value is multiplied by, so that its block has its own weight."""
        lengths = np.sqrt(np.bincount(blocks, values**2, BLOCKS))
        return (self._weights / np.maximum(lengths, 1e-9)).astype(np.float32)[blocks]


def known_words(words: Iterable[str]) -> frozenset[str]:
    """Give the single words among features of words."""
    return frozenset(w[1:] for w in words if WORD not in w[1:])


def share_of(counted: Iterable[str], index: Mapping[str, int]) -> float:
    """Give how much of the pairs of characters, and of the cells, is in the index."""
    met = [
        f in index
        for f in counted
        if (len(f) == 2 and f[0] > CELL) or (f[0] == CELL and CELL not in f[1:])
    ]
    return sum(met) / len(met) if met else 0.0
