"""New ids differ, and sort as they were made."""

import uuid

from console.base.ids import new_id


def test_ids_sort_in_the_order_they_were_made():
    made = [new_id() for _ in range(2_000)]
    assert made == sorted(set(made))


def test_an_id_is_a_uuid_of_version_7():
    assert uuid.UUID(new_id()).version == 7
