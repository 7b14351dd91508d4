"""Queues: what a seat looks at, each a named query with its order and columns; from queues.toml."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from console.base.errors import BadData, Refused
from console.base.shape import shaped
from console.domain.query import Query, parse_query
from console.domain.rows import SHAPES


class Queue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One queue. ``where`` as in a query line; ``rank``: fields, "-" for the greatest first.

    ``listed``: it stands among the queues that a seat chooses from.
    """

    key: str
    kind: str = "incident"
    where: str = ""
    rank: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    counted: bool = True
    listed: bool = True

    @property
    def query(self) -> Query:
        """Give the query of its line and rank."""
        order = " ".join(f"sort:{field}" for field in self.rank)
        return parse_query(self.kind, f"{self.where} {order}")


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    queue: tuple[Queue, ...]


def read_queues(table: Mapping[str, Any], file: str) -> dict[str, Queue]:
    """Read every queue; BadData names the one whose kind or line is wrong."""
    queues: dict[str, Queue] = {}
    for queue in shaped(table, _File, file).queue:
        if queue.kind not in SHAPES:
            raise BadData(file, queue.key, f"no such kind: {queue.kind!r}")
        if queue.key in queues:
            raise BadData(file, queue.key, "given twice")
        queues[queue.key] = queue
        _check(queue, file)
    return queues


def _check(queue: Queue, file: str) -> None:
    try:
        parse_query(queue.kind, queue.where)
        order = queue.query.order
    except Refused as refused:
        raise BadData(file, queue.key, str(refused)) from None
    if len(order) != len(queue.rank):
        raise BadData(file, queue.key, "an order belongs in rank, not in where")
