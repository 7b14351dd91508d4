"""What every record has goes on its way without what is not set."""

import msgspec

from console.domain.root import Note, Record


def test_a_record_travels_without_what_is_not_set():
    assert msgspec.json.encode(Record(id="a")) == b'{"id":"a"}'
    assert msgspec.json.encode(Note(1, "wang", "看过")).decode() == '[1,"wang","看过"]'
