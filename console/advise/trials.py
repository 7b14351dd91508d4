"""Tries ways of telling categories apart on the same folds, beside two plain baselines.

Every row of the table has the same folds (a group in one), the same seed, and only what its part
of the messages says: vocabulary, rarity, selection, label cleaning, calibration and the choice of
settings are all learnt inside a fold. By time there is one fold: the latest fifth.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

import numpy as np
from msgspec import Struct

from console.advise.evaluating import TIMED, timed
from console.advise.features import Spec
from console.advise.matrix import Counts, Rows, counted, fitted, folds_of, groups_of, weighed
from console.advise.model import softmax, unpacked
from console.advise.scoring import scored
from console.advise.training import STRICT, bounded, crossed, train
from console.advise.vectors import Array
from console.advise.ways import (
    ALIKE,
    Judge,
    bayes,
    chosen,
    cleaned,
    hashed,
    latent,
    logistic,
    neighbours,
    once,
    passive,
    ratios,
    ridge,
    served,
    stack,
    sure,
    svm,
    vote,
    weighted,
)

TEXT, HEAD, WORDS, CELLS = range(4)
LATEST = 0.2
CLOSE = 0.2
"""Two labels whose confidence differs by no more are both likely."""


class Trial(Struct, frozen=True, kw_only=True):
    """One row of the table. Seconds: the processor's, for all folds."""

    name: str
    accuracy: float
    macro_f1: float
    top3: float
    calibration_error: float
    coverage_90: float
    coverage_at_94: float
    seconds: float


class Service(Struct, frozen=True, kw_only=True):
    """What the way in service takes: ms for a message with its reasons, MiB, seconds to load."""

    ms: float
    ms_p99: float
    mib: float
    load_s: float


class Ceiling(Struct, frozen=True, kw_only=True):
    """Why it stops there, by the way in service.

    ``alike``: pairs of messages of different groups that say the same, ``split``: the share of
    them with different labels; ``noise``: what share of labels that makes doubtful. Of the errors:
    ``second``, whose label came second; ``close``, where both were likely.
    """

    alike: int
    split: float | None
    noise: float | None
    errors: int
    second: float
    close: float


class Table(Struct, frozen=True, kw_only=True):
    """Every way that was tried, in the order of the trials, and why it stops there."""

    count: int
    tested: int
    labels: int
    rows: list[Trial]
    ceiling: Ceiling


@bounded()
def compare(
    rows: Rows, spec: Spec, *, groups: Sequence[str] | None = None, folds: int = 5, seed: int = 1,
    times: Sequence[str] | None = None, told: Callable[[Trial], None] | None = None,
) -> Table:  # fmt: skip
    """Try every way; ``told`` hears of each when it is done.

    ``times``: learn from the earlier messages and test on the latest fifth, by this (it sorts).
    """
    kept = [n for n, row in enumerate(rows) if row[spec.label].strip()]
    labelled = [rows[n] for n in kept]
    group = [groups[n] for n in kept] if groups else groups_of(spec, labelled)
    labels = [row[spec.label].strip() for row in labelled]
    names = sorted(set(labels))
    truth = np.asarray([names.index(label) for label in labels])
    counts = counted(spec, labelled)
    fold = _by_time([times[n] for n in kept]) if times else folds_of(labels, group, folds, seed)
    at = np.nonzero(fold >= 0)[0]
    held: dict[str, Array] = {}
    table: list[Trial] = []
    for name, view, judge in chain(_ways(counts, seed), () if times else _blends()):
        begun = time.process_time()
        scores = np.zeros((len(truth), len(names)))
        for n in range(int(fold.max()) + 1):
            inside, out = np.nonzero(fold != n)[0], np.nonzero(fold == n)[0]
            if view is None:
                views = _side_by_side(held)
                one, other = views[inside], views[out]
            else:
                fit = fitted(view, inside)
                one, other = weighed(view, fit, inside), weighed(view, fit, out)
            scores[out] = judge(one, truth[inside], other, len(names))
        held[name] = scores
        used = time.process_time() - begun
        table.append(_trial(name, scores[at], truth[at], fold[at], used))
        if told:
            told(table[-1])
    best = held[IN_SERVICE]
    ceiling = _ceiling(counts, truth, group, best, at)
    return Table(count=len(truth), tested=len(at), labels=len(names), rows=table, ceiling=ceiling)


IN_SERVICE = "100,000 features by chi2, C chosen inside each fold (in service)"


def service(
    rows: Rows, spec: Spec, *, groups: Sequence[str] | None = None, seed: int = 1
) -> Service:
    """Train the way in service on four fifths and measure it on messages of the last."""
    labelled = [n for n, row in enumerate(rows) if row[spec.label].strip()]
    told = [rows[n] for n in labelled]
    group = [groups[n] for n in labelled] if groups else groups_of(spec, told)
    fold = folds_of([row[spec.label].strip() for row in told], group, 5, seed)
    inside: list[int] = np.nonzero(fold)[0].tolist()
    data = train(
        [told[n] for n in inside], spec, groups=[group[n] for n in inside], folds=2, seed=seed
    ).data
    begun = time.thread_time()
    model = unpacked(data, "service")
    load = time.thread_time() - begun
    latest: list[int] = np.nonzero(fold == 0)[0][:TIMED].tolist()
    times = timed(model, [told[n] for n in latest])
    return Service(
        ms=round(float(np.median(times)), 3), ms_p99=round(float(np.quantile(times, 0.99)), 3),
        mib=round(len(data) / 2**20, 2), load_s=round(load, 3),
    )  # fmt: skip


def _ways(counts: Counts, seed: int) -> Iterator[tuple[str, Counts | None, Judge]]:
    words, runs = counts.only((WORDS, CELLS)), counts.only((TEXT, CELLS))
    both = counts.only((TEXT, WORDS, CELLS))
    plain = words if words.words else runs
    yield "baseline: tf-idf words, linear SVM", plain, svm(0.5, seed)
    yield "baseline: nearest neighbour", plain, neighbours(1)
    yield "thirty nearest neighbours", counts, neighbours(30)
    yield "complement naive Bayes", counts, bayes
    yield "NB-SVM, log-count ratios", plain, ratios(seed)
    yield "passive-aggressive", both, passive(seed)
    yield "logistic regression", counts, logistic(seed)
    yield "runs of 1-2, linear SVM", counts.only((TEXT, CELLS), 2), svm(STRICT, seed)
    yield "runs of 1-3, linear SVM", counts.only((TEXT, CELLS), 3), svm(STRICT, seed)
    yield "runs of 1-4, linear SVM", runs, svm(STRICT, seed)
    yield "runs and words, linear SVM", both, svm(STRICT, seed)
    yield "runs, words and head, linear SVM", counts, svm(STRICT, seed)
    for strict in (0.1, 0.3, 2.0):
        yield f"the same, C {strict:g}", counts, svm(strict, seed)
    yield "the same, labels weighed evenly", counts, svm(STRICT, seed, "balanced")
    yield (
        "the same, head twice as heavy",
        weighted(counts, (1.0, 1.0, 0.6, 1.0)),
        svm(STRICT, seed),
    )
    yield (
        "the same, words as heavy as runs",
        weighted(counts, (1.0, 0.5, 1.0, 1.0)),
        svm(STRICT, seed),
    )
    yield "the same, ridge in place of SVM", counts, ridge
    for most in (30_000, 60_000):
        yield f"the same, {most:,} features by chi2", counts, chosen(most, seed)
    yield IN_SERVICE, counts, served(seed)
    yield "the same, and its own clear answers", counts, sure(0.8, seed)
    yield "the same, hashed to 2^17 places", hashed(counts, 1 << 17), svm(STRICT, seed)
    yield "the same, doubtful labels left out", counts, cleaned(1.0, seed)
    yield "the same, one message of those alike", counts, once(seed)
    yield "latent semantics (200), RBF SVM", plain, latent(200, seed)


def _blends() -> Iterator[tuple[str, Counts | None, Judge]]:
    """Give ways that weigh what the ways before said of messages that they had not seen."""
    yield "vote of all above", None, vote
    yield "stack of all above", None, stack(0.05)
    yield "stack of all above, looser", None, stack(1.0)


def _side_by_side(held: dict[str, Array]) -> Array:
    made = [s for name, s in held.items() if not name.startswith(("vote", "stack"))]
    return np.hstack([(s - s.mean(1, keepdims=True)) / max(float(s.std()), 1e-9) for s in made])


def _by_time(times: Sequence[str]) -> Array:
    """Give -1 to the earlier messages and 0 to the latest fifth."""
    order = np.argsort(np.asarray(times), kind="stable")
    fold = np.full(len(times), -1)
    fold[order[len(order) - round(len(order) * LATEST) :]] = 0
    return fold


def _trial(name: str, scores: Array, truth: Array, fold: Array, seconds: float) -> Trial:
    sure = crossed(scores, truth, fold) if fold.max() else softmax(scores * 3)
    found = scored(sure, truth)
    return Trial(
        name=name, accuracy=found.accuracy, macro_f1=found.macro_f1, top3=found.top3,
        calibration_error=found.calibration_error, coverage_90=found.coverage_90,
        coverage_at_94=found.coverage_at_94,
        seconds=round(seconds, 1),
    )  # fmt: skip


def _ceiling(
    counts: Counts, truth: Array, group: Sequence[str], scores: Array, at: Array
) -> Ceiling:
    part = counts.only((TEXT,), 2)
    alike, differ = 0, 0
    if part.words:
        vectors = weighed(part, fitted(part, np.arange(len(truth))), np.arange(len(truth)))
        lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(1)).ravel())
        groups = np.asarray(group)
        for start in range(0, len(truth), 500):
            rows = np.arange(start, min(start + 500, len(truth)))
            near = (vectors[rows] @ vectors.T).toarray()
            near /= np.maximum(np.outer(lengths[rows], lengths), 1e-9)
            one, other = np.nonzero(near >= ALIKE)
            fresh = (rows[one] < other) & (groups[rows[one]] != groups[other])
            alike += int(fresh.sum())
            differ += int((truth[rows[one]] != truth[other])[fresh].sum())
    ranked = np.argsort(-scores[at], 1)
    wrong = ranked[:, 0] != truth[at]
    sure = np.sort(softmax(scores[at] * 3), 1)
    errors = max(int(wrong.sum()), 1)
    split = differ / alike if alike else None
    return Ceiling(
        alike=alike, split=split, noise=None if split is None else (1 - (1 - 2 * split) ** 0.5) / 2,
        errors=int(wrong.sum()),
        second=float((ranked[:, 1] == truth[at])[wrong].sum()) / errors,
        close=float((sure[:, -1] - sure[:, -2] <= CLOSE)[wrong].sum()) / errors,
    )  # fmt: skip
