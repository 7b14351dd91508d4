"""Runs a model over labelled messages and says how it did, and how fast."""

import statistics
import time
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from console.advise.model import Model
from console.advise.scoring import Scores, scored
from console.base.errors import BadData

Rows = Sequence[Mapping[str, str]]
TIMED = 500
"""So many messages are timed one by one."""


class Evaluation(Struct, frozen=True, kw_only=True):
    """How a model did on messages.

    ``seen``: messages it was trained on, which are left out of the scores. ``strange``: messages
    with a label that it does not know, which count as wrong. Times: the processor's ms for
    one message.
    """

    model: str
    count: int
    seen: int
    strange: int
    scores: Scores
    ms_median: float
    ms_p99: float


def evaluate(model: Model, rows: Rows, bands: tuple[float, float]) -> Evaluation:
    """Judge every labelled message that the model was not trained on."""
    label = model.about.spec.label
    labelled = [row for row in rows if row.get(label, "").strip()]
    fresh = [row for row in labelled if not model.was_seen(row)]
    if not fresh:
        why = "no labelled message that the model was not trained on"
        raise BadData(label, "", why)
    place = {name: n for n, name in enumerate(model.about.labels)}
    truth = np.asarray([place.get(row[label].strip(), -1) for row in fresh])
    judged = [model.probabilities(row) for row in fresh]
    times = timed(model, fresh[:TIMED])
    return Evaluation(
        model=model.about.name, count=len(fresh), seen=len(labelled) - len(fresh),
        strange=int((truth < 0).sum()),
        scores=scored(
            np.asarray([p for p, _ in judged]), truth,
            known=np.asarray([known for _, known in judged]), bands=bands,
        ),
        ms_median=round(statistics.median(times), 3),
        ms_p99=round(float(np.quantile(times, 0.99)), 3),
    )  # fmt: skip


def timed(model: Model, rows: Rows) -> list[float]:
    """Give the processor's milliseconds that each message takes, with its reasons."""
    found: list[float] = []
    for row in rows:
        begun = time.thread_time()
        model.judge(row)
        found.append((time.thread_time() - begun) * 1000)
    return found
