"""Pushes and shared layouts are records as all others."""

from console.domain.record import KINDS, SharedLayout, Showing
from console.domain.rows import SHAPES, row_of


def test_both_are_kinds_with_rows_of_their_shape():
    for record in (Showing(id="s", wall="w1", tile=3), SharedLayout(id="l", number=7)):
        assert KINDS[record.kind] is type(record)
        row = row_of(record)
        assert SHAPES[record.kind].names[: len(row)][-1] == "updated_at"
        assert row[0] == record.id
