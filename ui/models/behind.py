"""What stands behind a number: the indicators of a name, the district of rows, the desk's line."""

from console.app import Core
from console.domain.figure import Behind
from console.domain.measured import beyond_of
from console.domain.page import BEYOND, DOMAINS, SCORE
from console.domain.query import parse_query


def indicators_behind(core: Core, of: str) -> list[str]:
    """Give the indicators that a name stands for: a domain's, those out of band, or several."""
    if of == BEYOND:
        return [point.key for point in beyond_of(core.gauges.sensing())]
    domains = [d for d in core.vitals().domains if of in (d.id, SCORE, DOMAINS)]
    return [r.of for d in domains for r in d.reasons] or of.split(",")


def district_of(behind: Behind) -> str:
    """Give the one district that rows are of; "" when they are of several."""
    terms = parse_query(behind.kind, behind.where).terms if behind.kind else ()
    found = [t for t in terms if t.field == "district" and t.sign == ":" and not t.negated]
    return found[0].values[0] if len(found) == 1 and len(found[0].values) == 1 else ""


def desk_line(core: Core, behind: Behind) -> str:
    """Give the line that opens the rows behind a number on a desk; "" when there is none.

    Of readings: the incidents of the scenes that they belong to.
    """
    kind, where = behind.kind, behind.where
    if behind.indicator:
        named = indicators_behind(core, behind.indicator)
        scenes = sorted({of.partition(".")[0] for of in named})
        kind, where = "incident", f"scene:{','.join(scenes)}" if scenes else ""
    for queue in core.queues.values():
        if queue.kind == kind and not queue.where:
            return (
                f'queue.open {queue.key} --where "{where}"' if where else f"queue.open {queue.key}"
            )
    return ""
