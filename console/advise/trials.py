"""Tries ways of telling categories apart on the same folds, beside two plain baselines.

Every row of the table has the same folds (a group in one), the same seed, and only what its part
of the messages says: vocabulary, rarity, selection and label cleaning are all learnt inside a fold.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import numpy as np
import sklearn.feature_selection
from msgspec import Struct
from sklearn.decomposition import TruncatedSVD
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import SVC, LinearSVC

from console.advise.features import Spec
from console.advise.matrix import Counts, Rows, counted, fitted, folds_of, groups_of, weighed
from console.advise.model import softmax
from console.advise.scoring import Scores, scored
from console.advise.vectors import Array

TEXT, HEAD, WORDS, CELLS = range(4)
_chi2: Any = sklearn.feature_selection
Judge = Callable[[Any, Array, Any, int], Array]
"""Gives scores [tested, labels] from vectors and labels that it may learn from."""


class Trial(Struct, frozen=True, kw_only=True):
    """One row of the table. Seconds: the processor's, for all folds."""

    name: str
    accuracy: float
    macro_f1: float
    top3: float
    coverage_at_94: float
    seconds: float


def compare(
    rows: Rows, spec: Spec, *, groups: Sequence[str] | None = None, folds: int = 5, seed: int = 1,
    told: Callable[[Trial], None] | None = None,
) -> list[Trial]:  # fmt: skip
    """Try every way; ``told`` hears of each when it is done."""
    labelled = [(row, row[spec.label].strip()) for row in rows if row[spec.label].strip()]
    group = groups or groups_of(spec, [row for row, _ in labelled])
    labels = [label for _, label in labelled]
    names = sorted(set(labels))
    truth = np.asarray([names.index(label) for label in labels])
    counts = counted(spec, [row for row, _ in labelled])
    fold = folds_of(labels, group, folds, seed)
    held: dict[str, Array] = {}
    table: list[Trial] = []
    for name, view, judge in _ways(counts, seed):
        begun = time.process_time()
        scores = np.zeros((len(truth), len(names)))
        for n in range(folds):
            inside, out = np.nonzero(fold != n)[0], np.nonzero(fold == n)[0]
            fit = fitted(view, inside)
            vectors = weighed(view, fit, inside), weighed(view, fit, out)
            scores[out] = judge(vectors[0], truth[inside], vectors[1], len(names))
        held[name] = scores
        table.append(_trial(name, scores, truth, time.process_time() - begun))
        if told:
            told(table[-1])
    begun = time.process_time()
    stacked = _stacked(list(held.values()), truth, fold)
    table.append(_trial("stack of all above", stacked, truth, time.process_time() - begun))
    if told:
        told(table[-1])
    return table


def _ways(counts: Counts, seed: int) -> list[tuple[str, Counts, Judge]]:
    words, runs = counts.only((WORDS, CELLS)), counts.only((TEXT, CELLS))
    both = counts.only((TEXT, WORDS, CELLS))
    heavy = _weighted(counts, (1.0, 1.0, 1.0, 1.0))
    plain = words if words.words else runs
    return [
        ("baseline: tf-idf words, linear SVM", plain, svm(0.5, seed)),
        ("baseline: nearest neighbour", plain, neighbours(1)),
        ("ten nearest neighbours", plain, neighbours(10)),
        ("complement naive Bayes", plain, _bayes),
        ("NB-SVM, log-count ratios", plain, _ratios(seed)),
        ("passive-aggressive", both, _passive(seed)),
        ("logistic regression", both, _logistic(seed)),
        ("runs of 1-2, linear SVM", counts.only((TEXT, CELLS), 2), svm(0.3, seed)),
        ("runs of 1-4, linear SVM", runs, svm(0.3, seed)),
        ("runs and words, linear SVM", both, svm(0.3, seed)),
        ("runs, words and head, linear SVM (in service)", counts, svm(0.3, seed)),
        ("the same, C 0.1", counts, svm(0.1, seed)),
        ("the same, C 1", counts, svm(1.0, seed)),
        ("the same, head twice as heavy", heavy, svm(0.3, seed)),
        ("the same, 60,000 features by chi2", counts, _chosen(60_000, seed)),
        ("the same, doubtful labels left out", counts, _cleaned(1.0, seed)),
        ("latent semantics (200), RBF SVM", both, _latent(200, seed)),
    ]


def svm(strict: float, seed: int) -> Judge:
    """Judge by linear machines."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        return _decided(LinearSVC(C=strict, random_state=seed), inside, truth, out, labels)

    return judge


def neighbours(count: int) -> Judge:
    """Judge by the labels of the nearest messages, by how near each is."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        found = np.zeros((out.shape[0], labels))
        for start in range(0, out.shape[0], 500):
            near = (out[start : start + 500] @ inside.T).toarray()
            top = np.argpartition(-near, count, axis=1)[:, :count]
            for n, each in enumerate(top):
                np.add.at(found[start + n], truth[each], near[n, each] ** 2)
        return found

    return judge


def _decided(machine: Any, inside: Any, truth: Array, out: Any, labels: int) -> Array:
    machine.fit(inside, truth)
    made: Array = machine.decision_function(out)
    found = np.full((out.shape[0], labels), -9.0)
    found[:, machine.classes_] = np.stack([-made, made], 1) if made.ndim == 1 else made
    return found


def _bayes(inside: Any, truth: Array, out: Any, labels: int) -> Array:
    machine: Any = ComplementNB(alpha=0.1)
    machine.fit(inside, truth)
    found = np.full((out.shape[0], labels), -99.0)
    found[:, machine.classes_] = machine.predict_log_proba(out)
    return found


def _ratios(seed: int) -> Judge:
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


def _passive(seed: int) -> Judge:
    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        said: Any = {"loss": "hinge", "penalty": None, "learning_rate": "pa1", "eta0": 0.05}
        machine = SGDClassifier(random_state=seed, **said)
        return _decided(machine, inside, truth, out, labels)

    return judge


def _logistic(seed: int) -> Judge:
    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        machine = LogisticRegression(C=30.0, max_iter=60, tol=1e-3, random_state=seed)
        return _decided(machine, inside, truth, out, labels)

    return judge


def _chosen(most: int, seed: int) -> Judge:
    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        ranks: Any = _chi2.chi2(inside, truth)
        best = np.argsort(-np.nan_to_num(ranks[0]), kind="stable")[:most]
        return svm(0.3, seed)(inside[:, best], truth, out[:, best], labels)

    return judge


def _cleaned(gap: float, seed: int) -> Judge:
    """Leave out of training what machines that did not see it hold for another label, clearly."""

    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        part = np.arange(len(truth)) % 3
        seen = np.zeros((len(truth), labels))
        for n in range(3):
            rest = part != n
            seen[~rest] = svm(0.3, seed)(inside[rest], truth[rest], inside[~rest], labels)
        own = seen[np.arange(len(truth)), truth]
        keep = seen.max(1) - own < gap
        return svm(0.3, seed)(inside[keep], truth[keep], out, labels)

    return judge


def _latent(size: int, seed: int) -> Judge:
    def judge(inside: Any, truth: Array, out: Any, labels: int) -> Array:
        lower: Any = TruncatedSVD(min(size, inside.shape[1] - 1), n_iter=2, random_state=seed)
        one, other = lower.fit_transform(inside), lower.transform(out)
        one /= np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 1e-9)
        other /= np.maximum(np.linalg.norm(other, axis=1, keepdims=True), 1e-9)
        said: Any = {"C": 8.0, "gamma": 1.5}
        return _decided(SVC(**said), one, truth, other, labels)

    return judge


def _stacked(held: list[Array], truth: Array, fold: Array) -> Array:
    """Weigh all ways by what they said of the other folds."""
    views = np.hstack([(s - s.mean(1, keepdims=True)) / max(float(s.std()), 1e-9) for s in held])
    found = np.zeros_like(held[0])
    for n in range(int(fold.max()) + 1):
        machine: Any = LogisticRegression(C=0.05, max_iter=1000)
        machine.fit(views[fold != n], truth[fold != n])
        part = machine.decision_function(views[fold == n])
        found[np.ix_(fold == n, machine.classes_)] = (
            np.stack([-part, part], 1) if part.ndim == 1 else part
        )
    return found


def _weighted(counts: Counts, weights: tuple[float, float, float, float]) -> Counts:
    spec = msgspec.structs.replace(counts.spec, weights=weights)
    return Counts(spec, counts.words, counts.counts, counts.blocks)


def _trial(name: str, scores: Array, truth: Array, seconds: float) -> Trial:
    found: Scores = scored(softmax(scores * 3), truth)
    return Trial(
        name=name, accuracy=found.accuracy, macro_f1=found.macro_f1, top3=found.top3,
        coverage_at_94=found.coverage_at_94, seconds=round(seconds, 1),
    )  # fmt: skip
