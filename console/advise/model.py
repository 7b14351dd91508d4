"""A trained model: reads its file, checks it, and gives advice with its reasons; numpy alone.

The file is an npz without pickles: ``about`` (JSON), ``vocabulary`` (UTF-8, a feature a line),
``blocks`` and ``idf`` [n], the weights in rows (``starts`` [n+1], ``labels``, ``values``),
``offsets`` [labels], ``curve`` [2, points] from raw to true confidence, ``seen`` (hashes of what
it was trained on).
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from console.advise.features import BLOCKS, CELL, Spec, plain, said_in
from console.advise.vectors import Array, Lexicon, Vector
from console.base.errors import BadData
from console.base.shape import shaped

FORM = 1
MOST_BYTES = 30 * 1024 * 1024
MOST_UNPACKED = 256 * 1024 * 1024
EVEN = 1e-9
"""What keeps the shares of labels of which there is nothing to say alike."""
NOTHING = "-"
"""The label of what tells of no case yet; it is never given."""
WORDS = 6
"""So many deciding words are named."""


class About(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a model says of itself.

    ``known_share``: a message of which less is known is not judged. ``scores``: those of messages
    it had not seen (out of fold), from which its confidence was set. ``name`` tells models apart.
    """

    form: int
    name: str
    labels: tuple[str, ...]
    spec: Spec
    trained_on: int
    seed: int
    folds: int
    known_share: float
    scores: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pick:
    """One label, and how sure it is: 0 to 1."""

    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Deciding:
    """Words of the message that spoke for the first label; ``share`` of all that spoke for it."""

    words: str
    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model says of a message: the likeliest labels first.

    ``known``: false when too little of the message was ever seen, or it tells of no case yet;
    nothing is to be built on it.
    """

    picks: tuple[Pick, ...]
    known: bool
    known_share: float
    deciding: tuple[Deciding, ...] = ()


class Model:
    """Gives labels to messages. Frozen; safe to ask from any thread."""

    def __init__(self, about: About, arrays: Mapping[str, Array]) -> None:
        self.about = about
        words = bytes(arrays["vocabulary"]).decode("utf-8").split("\n")
        self._lexicon = Lexicon(about.spec, words, arrays["blocks"], arrays["idf"])
        self._weights = _dense(arrays, len(about.labels))
        self._offsets = arrays["offsets"]
        self._curve = arrays["curve"]
        self._seen = frozenset(arrays["seen"].tolist())

    def judge(self, message: Mapping[str, str], *, most: int = 3) -> Judged:
        """Give the likeliest labels of a message, and the words that decided."""
        seen = self._lexicon.vector(message)
        raw = self._probabilities(seen)
        order: list[int] = np.argsort(-raw)[: most + 1].tolist()
        sure = self._true(raw)
        labels = self.about.labels
        known = self._knows(seen) and labels[order[0]] != NOTHING
        order = [n for n in order if labels[n] != NOTHING][:most]
        picks = tuple(Pick(labels[n], float(sure[n])) for n in order)
        deciding = self._deciding(message, seen, order[0]) if known else ()
        return Judged(picks, known, seen.share, deciding)

    def probabilities(self, message: Mapping[str, str]) -> tuple[Array, bool]:
        """Give the confidence of every label, and whether the message is known."""
        seen = self._lexicon.vector(message)
        raw = self._probabilities(seen)
        known = self._knows(seen) and self.about.labels[int(raw.argmax())] != NOTHING
        return self._true(raw), known

    def was_seen(self, message: Mapping[str, str]) -> bool:
        """Tell whether it was trained on this very message."""
        return fingerprint(self.about.spec, message) in self._seen

    def _knows(self, seen: Vector) -> bool:
        return seen.share >= self.about.known_share and len(seen.index) > 0

    def _probabilities(self, seen: Vector) -> Array:
        scores = seen.values.astype(np.float32) @ self._weights[seen.index].astype(np.float32)
        return softmax(scores + self._offsets)

    def _true(self, raw: Array) -> Array:
        """Set the confidence of the first label right; the others share what is left."""
        top = int(raw.argmax())
        sure = float(on_curve(self._curve, raw[top : top + 1])[0])
        others = raw + EVEN
        others[top] = 0
        others *= (1 - sure) / others.sum()
        others[top] = sure
        return np.minimum(others, sure)

    def _deciding(
        self, message: Mapping[str, str], seen: Vector, label: int
    ) -> tuple[Deciding, ...]:
        weights = self._weights[seen.index].astype(np.float32)
        spoke = seen.values * (weights[:, label] - weights.mean(1))
        by_feature = dict(zip(seen.features, spoke.tolist(), strict=True))
        return deciding_words(self.about.spec, message, by_feature)


def read_model(path: Path) -> Model:
    """Read a model's file; BadData when it is none, is too large, or does not fit together."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadData(str(path), "", "larger than 30 MiB")
        data = path.read_bytes()
    except OSError as error:
        raise BadData(str(path), "", str(error)) from error
    return unpacked(data, str(path))


def unpacked(data: bytes, name: str) -> Model:
    """Give the model in these bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            if sum(each.file_size for each in held.infolist()) > MOST_UNPACKED:
                raise BadData(name, "", "larger than 256 MiB unpacked")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            read = {key: arrays[key] for key in arrays.files}
        about = shaped(msgspec.json.decode(bytes(read["about"])), About, name)
    except (
        OSError,
        ValueError,
        KeyError,
        EOFError,
        zipfile.BadZipFile,
        msgspec.DecodeError,
    ) as error:
        raise BadData(name, "", f"not a model: {error}") from None
    _check(about, read, name)
    return Model(about, read)


def packed(about: About, arrays: Mapping[str, Array]) -> bytes:
    """Give the bytes of a model's file."""
    out = io.BytesIO()
    said = msgspec.json.encode(about)
    held: dict[str, Any] = {"about": np.frombuffer(said, np.uint8), **arrays}
    np.savez_compressed(out, **held)
    return out.getvalue()


def fingerprint(spec: Spec, message: Mapping[str, str]) -> int:
    """Give the hash of a message by which one that was trained on is known again."""
    held = [plain(said_in(spec, message))[0], *(message.get(c, "") for c in spec.cells)]
    digest = blake2b("\x1f".join(held).encode("utf-8", "replace"), digest_size=7).digest()
    return int.from_bytes(digest, "big")


def on_curve(curve: Array, raw: Array) -> Array:
    """Give how often advice of such raw confidence is right."""
    lower = np.clip(np.searchsorted(curve[0], raw, side="right") - 1, 0, len(curve[0]) - 2)
    left, right = curve[0][lower], curve[0][lower + 1]
    part = np.clip((raw - left) / np.maximum(right - left, 1e-12), 0, 1)
    return curve[1][lower] * (1 - part) + curve[1][lower + 1] * part


def softmax(scores: Array) -> Array:
    """Give probabilities along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return raised / raised.sum(-1, keepdims=True)


def deciding_words(
    spec: Spec, message: Mapping[str, str], by_feature: Mapping[str, float]
) -> tuple[Deciding, ...]:
    """Name the words that spoke most, by what the runs through each character said.

    ``by_feature``: how much each feature spoke for the label; places are those of ``said_in``.
    """
    said = said_in(spec, message)
    text, places = plain(said)
    spoke = np.zeros(len(text))
    for size in range(1, spec.runs + 1):
        for start in range(len(text) - size + 1):
            part = by_feature.get(text[start : start + size])
            if part:
                spoke[start : start + size] += part / size
    total = float(spoke[spoke > 0].sum())
    found: dict[str, Deciding] = {}
    for start, end in _spans(spoke):
        part = float(spoke[start:end].sum()) / total
        first, last = places[start], places[end - 1] + 1
        before = found.get(text[start:end])
        # What is said twice is named once, where it was said first.
        if before is None:
            found[text[start:end]] = Deciding(said[first:last], first, last, part)
        else:
            found[text[start:end]] = replace(before, share=before.share + part)
    named = [*found.values(), *_deciding_cells(by_feature)]
    return tuple(sorted(named, key=lambda d: -d.share)[:WORDS])


def _spans(spoke: Array) -> list[tuple[int, int]]:
    """Give the runs of characters that spoke clearly more than most."""
    loud = spoke > max(float(spoke.mean() + spoke.std()), 1e-9) if len(spoke) else spoke > 0
    edges = np.diff(np.concatenate(([0], loud.astype(np.int8), [0])))
    return list(zip(_at(edges == 1), _at(edges == -1), strict=True))


def _at(where: Array) -> list[int]:
    return np.nonzero(where)[0].tolist()


def _deciding_cells(by_feature: Mapping[str, float]) -> list[Deciding]:
    cells = {f: s for f, s in by_feature.items() if f.startswith(CELL) and s > 0}
    total = sum(s for s in by_feature.values() if s > 0)
    return [
        Deciding(f.strip(CELL).replace(CELL, " + "), -1, -1, s / total) for f, s in cells.items()
    ]


def _dense(arrays: Mapping[str, Array], labels: int) -> NDArray[np.float16]:
    starts = arrays["starts"].astype(np.int64)
    found = np.zeros((len(starts) - 1, labels), np.float16)
    rows = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    found[rows, arrays["labels"]] = arrays["values"]
    return found


def _check(about: About, read: Mapping[str, Array], name: str) -> None:
    size = bytes(read["vocabulary"]).count(b"\n") + 1
    labels, values = read["labels"], read["values"]
    fits = (
        about.form == FORM
        and len(set(about.labels)) == len(about.labels) >= 2
        and read["idf"].shape == read["blocks"].shape == (size,)
        and int(read["blocks"].max()) < BLOCKS
        and read["starts"].shape == (size + 1,)
        and int(read["starts"][0]) == 0
        and bool((np.diff(read["starts"].astype(np.int64)) >= 0).all())
        and labels.shape == values.shape == (int(read["starts"][-1]),)
        and (len(labels) == 0 or int(labels.max()) < len(about.labels))
        and read["offsets"].shape == (len(about.labels),)
        and read["curve"].ndim == 2
        and read["curve"].shape[0] == 2 <= read["curve"].shape[1]
        and all(bool(np.isfinite(read[n]).all()) for n in ("idf", "values", "offsets", "curve"))
    )
    if not fits:
        raise BadData(name, "", "a model whose parts do not fit together, or of another form")
