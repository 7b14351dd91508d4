"""Counted messages as one sparse matrix, and what a fold makes of it; for training alone."""

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from scipy import sparse

from console.advise.features import BLOCKS, Spec, block, features, plain, said_in, set_apart
from console.advise.vectors import Array

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each feature stands in each message [messages, features]."""

    spec: Spec
    words: tuple[str, ...]
    counts: Any
    blocks: Array

    def only(self, blocks: Iterable[int], longest: int = 99) -> "Counts":
        """Give the counts of some blocks alone; of characters, runs up to ``longest``."""
        wanted = set(blocks)
        keep = np.fromiter(
            (b in wanted and (b > 0 or len(w) <= longest)
             for w, b in zip(self.words, self.blocks.tolist(), strict=True)),
            np.bool_, len(self.words),
        )  # fmt: skip
        kept = np.nonzero(keep)[0]
        words = tuple(self.words[n] for n in kept)
        return Counts(self.spec, words, self.counts[:, kept], self.blocks[kept])


@dataclass(frozen=True, slots=True)
class Fitted:
    """Which features stood in enough messages, and how rare each is."""

    keep: Array
    idf: Array


def counted(spec: Spec, rows: Rows) -> Counts:
    """Count the features of every message."""
    known = _words_in(spec, rows)
    index: dict[str, int] = {}
    starts, columns, values = array("q", [0]), array("i"), array("f")
    for row in rows:
        for feature, times in Counter(features(spec, row, known)).items():
            columns.append(index.setdefault(feature, len(index)))
            values.append(times)
        starts.append(len(columns))
    matrix: Any = sparse.csr_matrix(
        (np.frombuffer(values, np.float32), np.frombuffer(columns, np.int32), starts),
        (len(rows), len(index)),
    )
    blocks = np.fromiter((block(w) for w in index), np.int8, len(index))
    twice = np.nonzero(np.diff(matrix.tocsc().indptr) > 1)[0]
    words = list(index)
    return Counts(spec, tuple(words[n] for n in twice), matrix[:, twice], blocks[twice])


def fitted(counts: Counts, rows: Array, least: tuple[int, ...] = (3, 3, 2, 1)) -> Fitted:
    """Take what a part of the messages says; ``least``: in how many, of each block."""
    part = counts.counts[rows]
    often = np.diff(part.tocsc().indptr)
    keep = np.nonzero(often >= np.asarray(least)[counts.blocks])[0]
    idf = np.log((1 + len(rows)) / (1 + often[keep])) + 1
    return Fitted(keep, idf.astype(np.float32))


def weighed(counts: Counts, fit: Fitted, rows: Array) -> Any:
    """Give the vectors of messages [rows, kept features]: as `Lexicon.vector` gives them."""
    found: Any = counts.counts[rows][:, fit.keep].tocsr()
    starts: Array = found.indptr
    found.data = (1 + np.log(found.data)) * fit.idf[found.indices]
    row_of: Array = np.repeat(np.arange(len(rows)), starts[1:] - starts[:-1])
    cell = row_of * BLOCKS + counts.blocks[fit.keep][found.indices]
    lengths = np.sqrt(np.bincount(cell, found.data**2, found.shape[0] * BLOCKS))
    weights = np.asarray(counts.spec.weights)[np.arange(len(lengths)) % BLOCKS]
    found.data = (found.data * (weights / np.maximum(lengths, 1e-9))[cell]).astype(np.float32)
    return found


def folds_of(labels: Sequence[str], groups: Sequence[str], folds: int, seed: int) -> Array:
    """Give each message its fold: a group keeps together, labels are spread evenly."""
    members: dict[str, list[int]] = {}
    for n, group in enumerate(groups):
        members.setdefault(group, []).append(n)
    by_label: dict[str, list[str]] = {}
    for group, held in members.items():
        by_label.setdefault(Counter(labels[n] for n in held).most_common(1)[0][0], []).append(group)
    fold = np.zeros(len(labels), np.int64)
    chance = Random(seed)  # noqa: S311 - to deal cards
    at = 0
    for label in sorted(by_label):
        dealt = sorted(by_label[label])
        chance.shuffle(dealt)
        for group in dealt:
            fold[members[group]] = at % folds
            at += 1
    return fold


def groups_of(spec: Spec, rows: Rows) -> list[str]:
    """Give each message a group: one text is one group; what has none stands alone."""
    if not spec.text:
        return [str(n) for n in range(len(rows))]
    return [plain(said_in(spec, row))[0] for row in rows]


def _words_in(spec: Spec, rows: Rows) -> frozenset[str]:
    """Give the words of the texts that have them set apart, that stand in more than one."""
    often: Counter[str] = Counter()
    for row in rows:
        often.update(set(set_apart(said_in(spec, row))))
    return frozenset(word for word, times in often.items() if times > 1)
