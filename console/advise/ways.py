"""The ways of telling categories apart that the table of trials compares; for training alone."""

import zlib
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression, RidgeClassifier, SGDClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import SVC, LinearSVC

from console.advise.matrix import Counts
from console.advise.training import STRICT, TELLING, linear, telling
from console.advise.vectors import Array

_sparse: Any = sparse
Judge = Callable[[Any, Array, Any, int], Array]
"""Gives scores [tested, labels] from vectors and labels that it may learn from."""
ALIKE = 0.8
"""From this cosine on two messages say the same."""


def svm(strict: float, seed: int, weight: str | None = None) -> Judge:
    """Judge by linear machines."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        said: Any = {"C": strict, "random_state": seed, "class_weight": weight}
        return _decided(LinearSVC(**said), inside, truth, out, labels)

    return judge


def neighbours(count: int) -> Judge:
    """Judge by the labels of the nearest messages, by how near each is."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        found = np.zeros((out.shape[0], labels))
        for start in range(0, out.shape[0], 500):
            near = (out[start : start + 500] @ inside.T).toarray()
            top = np.argpartition(-near, count, axis=1)[:, :count]
            for n, each in enumerate(top):
                np.add.at(found[start + n], truth[each], near[n, each] ** 4)
        return found

    return judge


def _decided(machine: Any, inside: Any, truth: Array, out: Any, labels: int) -> Array:
    machine.fit(inside, truth)
    made: Array = machine.decision_function(out)
    found = np.full((out.shape[0], labels), -9.0)
    found[:, machine.classes_] = np.stack([-made, made], 1) if made.ndim == 1 else made
    return found


def bayes(inside: Any, truth: Array, out: Any, labels: int) -> Array:
    machine: Any = ComplementNB(alpha=0.1)
    machine.fit(inside, truth)
    found = np.full((out.shape[0], labels), -99.0)
    found[:, machine.classes_] = machine.predict_log_proba(out)
    return found


def ratios(seed: int) -> Judge:
    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        found = np.full((out.shape[0], labels), -9.0)
        for label in np.unique(truth).tolist():
            mine = truth == label
            one = 1 + np.asarray(inside[mine].sum(0)).ravel()
            other = 1 + np.asarray(inside[~mine].sum(0)).ravel()
            ratio = np.log((one / one.sum()) / (other / other.sum()))
            machine: Any = LinearSVC(C=0.1, random_state=seed)
            machine.fit(inside.multiply(ratio).tocsr(), mine)
            found[:, label] = machine.decision_function(out.multiply(ratio).tocsr())
        return found

    return judge


def passive(seed: int) -> Judge:
    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        said: Any = {"loss": "hinge", "penalty": None, "learning_rate": "pa1", "eta0": 0.05}
        machine = SGDClassifier(random_state=seed, **said)
        return _decided(machine, inside, truth, out, labels)

    return judge


def logistic(seed: int) -> Judge:
    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        machine = LogisticRegression(C=30.0, max_iter=60, tol=1e-3, random_state=seed)
        return _decided(machine, inside, truth, out, labels)

    return judge


def chosen(most: int, seed: int) -> Judge:
    """Learn from the features that tell most."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        best = telling(inside, truth, most)
        return svm(STRICT, seed)(inside[:, best], truth, out[:, best], labels)

    return judge


def served(seed: int) -> Judge:
    """Judge as the model in service does."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        judges = linear(inside, truth, labels, seed)
        found: Array = out @ judges.weights + judges.offsets
        return found

    return judge


def sure(gap: float, seed: int) -> Judge:
    """Learn from its own answers too, where they are clear: these messages have no label."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        said = chosen(TELLING, seed)(inside, truth, out, labels)
        ranked = np.sort(said, 1)
        clear = ranked[:, -1] - ranked[:, -2] > gap
        more: Any = sparse.csr_matrix(_sparse.vstack([inside, out[clear]]))
        both = np.concatenate([truth, said.argmax(1)[clear]])
        return chosen(TELLING, seed)(more, both, out, labels)

    return judge


def ridge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
    return _decided(RidgeClassifier(solver="lsqr"), inside, truth, out, labels)


def cleaned(gap: float, seed: int) -> Judge:
    """Leave out of training what machines that did not see it hold for another label, clearly."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        part = np.arange(len(truth)) % 3
        seen = np.zeros((len(truth), labels))
        for n in range(3):
            rest = part != n
            seen[~rest] = svm(STRICT, seed)(inside[rest], truth[rest], inside[~rest], labels)
        own = seen[np.arange(len(truth)), truth]
        keep = seen.max(1) - own < gap
        return svm(STRICT, seed)(inside[keep], truth[keep], out, labels)

    return judge


def latent(size: int, seed: int) -> Judge:
    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        lower: Any = TruncatedSVD(min(size, inside.shape[1] - 1), n_iter=2, random_state=seed)
        one, other = lower.fit_transform(inside), lower.transform(out)
        one /= np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 1e-9)
        other /= np.maximum(np.linalg.norm(other, axis=1, keepdims=True), 1e-9)
        said: Any = {"C": 8.0, "gamma": 1.5}
        return _decided(SVC(**said), one, truth, other, labels)

    return judge


def once(seed: int) -> Judge:
    """Learn from one message of those that say the same."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        near = (inside @ inside.T).tocoo()
        lengths = np.asarray(inside.multiply(inside).sum(1)).ravel()
        alike = near.data / np.sqrt(lengths[near.row] * lengths[near.col]) >= ALIKE
        again = np.unique(near.col[alike & (near.row < near.col)])
        keep = np.setdiff1d(np.arange(len(truth)), again)
        return svm(STRICT, seed)(inside[keep], truth[keep], out, labels)

    return judge


def vote(_inside: Array, _truth: Array, out: Array, labels: int) -> Array:
    return out.reshape(len(out), -1, labels).sum(1)


def stack(loose: float) -> Judge:
    """Weigh all ways by what they said of the other folds."""

    def judge(inside: Array, truth: Array, out: Array, labels: int) -> Array:
        machine = LogisticRegression(C=loose, max_iter=400)
        return _decided(machine, inside, truth, out, labels)

    return judge


def hashed(counts: Counts, places: int) -> Counts:
    """Let features share so many places, as hashing does: each block has its own."""
    size = len(counts.words)
    at = (
        np.asarray([hash_of(word) % places for word in counts.words])
        + counts.blocks.astype(np.int64) * places
    )
    kept, where = np.unique(at, return_inverse=True)
    shared: Any = sparse.csr_matrix(
        (np.ones(size, np.float32), (np.arange(size), where)), (size, len(kept))
    )
    blocks = np.zeros(len(kept), np.int8)
    blocks[where] = counts.blocks
    names = tuple(str(each) for each in kept.tolist())
    return Counts(counts.spec, names, (counts.counts @ shared).tocsr(), blocks)


def hash_of(word: str) -> int:
    """Give a number of a feature, the same on every machine."""
    return zlib.crc32(word.encode("utf-8", "replace"))


def weighted(counts: Counts, weights: tuple[float, float, float, float]) -> Counts:
    spec = msgspec.structs.replace(counts.spec, weights=weights)
    return Counts(spec, counts.words, counts.counts, counts.blocks)
