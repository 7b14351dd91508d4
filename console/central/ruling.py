"""Rules on one act: who sends it, whether it was ruled on before, when it takes effect, what of it.

The judging itself is console.domain.judge, the same as at the seat.
"""

import logging
import re
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from console.base.errors import Conflict, Refused
from console.central.sitting import Decided, Sitting
from console.domain.access import Access, depts_of, sees
from console.domain.judge import Judge
from console.domain.record import Act, Record
from console.wire import APPLIED, CONFLICT, HELD, REFUSED, Verdict, put_of

STEPS = 100
"""The most steps in one act."""
LONG_AGO = 7 * 86_400_000
"""An act that says it is older is taken as of now: no line is down for so long."""
SLACK = 5_000
AHEAD, AGES = "ahead", "ages"
_SAFE = re.compile(r"[^\s\0]{1,128}")
_INT64 = 1 << 62
_log = logging.getLogger(__name__)


def rule(sitting: Sitting, judge: Judge, act: Act, actor: Access, now: int) -> Verdict:
    """Give the verdict on an act sent by somebody, and put it down in the sitting."""
    if act.by != actor.user:
        # Not decided: it can still be sent by the one who took it.
        return Verdict(id=act.id, verdict=HELD, key="refused.by")
    if not whole(act):
        return Verdict(id=act.id, verdict=REFUSED, key="refused.act")
    sha = mark(act)
    held = sitting.decided(act.id)
    if held is not None:
        return _again(sitting, act, actor, sha, held)
    at, trouble = _effective(sitting, act, now)
    return _shown(judged(sitting, judge, act, actor, at, trouble), sitting, act, actor)


def judged(
    sitting: Sitting, judge: Judge, act: Act, actor: Access, at: int, trouble: str = ""
) -> Verdict:
    """Judge an act that was not ruled on before, as of an instant."""
    try:
        trace = judge.trace(act, actor, sitting, at)
        _storable(trace)
        pos = sitting.take(act, actor.user, trace, at, trouble)
    except Refused as no:
        stale = isinstance(no, Conflict) or act.was == APPLIED
        verdict = Verdict(
            id=act.id, verdict=CONFLICT if stale else REFUSED, key=no.key, args=_plain(no)
        )
        sitting.decide(act, mark(act), actor.user, verdict, at, trouble)
        return verdict
    except SQLAlchemyError:
        raise
    except Exception:  # noqa: BLE001 - a fault of ours must not stop everybody else's acts
        _log.exception("act %s could not be judged", act.id)
        return Verdict(id=act.id, verdict=HELD, key="refused.fault")
    verdict = Verdict(id=act.id, verdict=APPLIED, pos=pos)
    sitting.decide(act, mark(act), actor.user, verdict, at, trouble)
    return verdict


def mark(act: Act) -> bytes:
    """Give the hash of what an act says, whoever told the seat what about it before."""
    said = msgspec.structs.replace(act, was="")
    return sha256(msgspec.json.encode(said, order="sorted")).digest()


def _again(sitting: Sitting, act: Act, actor: Access, sha: bytes, held: Decided) -> Verdict:
    if sha != held.sha or held.by != actor.user:
        return Verdict(id=act.id, verdict=REFUSED, key="refused.id_reuse")
    verdict = Verdict(
        id=act.id, verdict=held.verdict, pos=held.pos, key=held.key,
        args=msgspec.json.decode(held.args),
    )  # fmt: skip
    return _shown(verdict, sitting, act, actor)


def _shown(verdict: Verdict, sitting: Sitting, act: Act, actor: Access) -> Verdict:
    """Add the records of the act as they are now, as far as its author may see them."""
    keys = dict.fromkeys((step.kind, step.record) for step in act.steps)
    records = (sitting.get(*key) for key in keys)
    verdict.puts = [put_of(r) for r in records if r is not None and _seen(actor, r)]
    return verdict


def _seen(actor: Access, record: Record) -> bool:
    return sees(actor, record.scope, depts_of(record))


def _effective(sitting: Sitting, act: Act, now: int) -> tuple[int, str]:
    """Give when the act takes effect, and what is wrong with the time that it gives itself.

    Never after now, never before what it rests on: the order is the centre's.
    """
    trouble = act.clock_trouble
    at = act.at or now
    if at > now + act.unsure_ms + SLACK:
        trouble = trouble or AHEAD
    if at < now - LONG_AGO:
        trouble, at = trouble or AGES, now
    held = (sitting.get(step.kind, step.record) for step in act.steps)
    last = max((r.updated_at for r in held if r is not None), default=0)
    return max(min(at, now), min(last, now)), trouble


def whole(act: Act) -> bool:
    """Tell whether an act has steps, and ids and instants that can be kept."""
    numbers = (act.at, act.device_at, act.unsure_ms, *(step.base for step in act.steps))
    names = (act.id, *(step.record for step in act.steps))
    return (
        0 < len(act.steps) <= STEPS
        and all(0 <= n < _INT64 for n in numbers)
        and all(_SAFE.fullmatch(name) for name in names)
    )


def _storable(trace: list[Record]) -> None:
    """Refuse names that no column and no sight could hold."""
    for record in trace:
        linked = (record.scope, getattr(record, "unit", ""), getattr(record, "incident", ""))
        for name in (*linked, *depts_of(record)):
            if name and not _SAFE.fullmatch(name):
                raise Refused("refused.name", name=name[:40])


def _plain(no: Refused) -> dict[str, Any]:
    return {k: v if isinstance(v, str | int) else str(v) for k, v in no.args_by_name.items()}
