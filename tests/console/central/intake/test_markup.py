"""XML from outside: nodes with lines and text, and no document that means harm."""

import pytest

from console.central.intake import markup
from console.central.intake.frame import Unreadable
from console.central.intake.markup import read_markup


def rule(data: bytes) -> tuple[str, int]:
    with pytest.raises(Unreadable) as told:
        read_markup(data)
    assert "⟦" not in told.value.found.why
    return told.value.found.rule, told.value.found.line


def test_a_document_becomes_nodes_with_their_lines():
    root = read_markup(b'<a xmlns="urn:x">\n<b k="1"> one </b>\n<b>t<c/>wo</b></a>')
    assert (root.name, root.space, root.line) == ("a", "urn:x", 1)
    assert [(b.text, b.line) for b in root.all("b")] == [("one", 2), ("two", 3)]
    assert root.first("b").attributes == {"k": "1"}
    assert (root.said("none"), root.line_of("none")) == ("", 1)
    assert [n.name for n in root.walk()] == ["a", "b", "b", "c"]


@pytest.mark.parametrize("name", ["GB2312", "gbk", "GB18030"])
def test_chinese_encodings_are_read(name):
    data = f'<?xml version="1.0" encoding="{name}"?>\n<a>南京喆</a>'.encode("gb18030")
    root = read_markup(data)
    assert (root.text, root.line) == ("南京喆", 2)


def test_latin_and_wide_encodings_are_read():
    words = '<?xml version="1.0" encoding="{}"?><a>é</a>'
    assert read_markup(words.format("ISO-8859-1").encode("latin-1")).text == "é"
    assert read_markup(words.format("UTF-16").encode("utf-16")).text == "é"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"""


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, b'<!DOCTYPE a SYSTEM "http://x/y.dtd"><a/>'])
def test_entities_and_dtds_are_never_read(data):
    assert rule(data)[0] == "xml.entities"


def test_half_a_document_names_its_line():
    assert rule(b"<a>\n<b>\n") == ("xml.broken", 3)
    assert rule(b"")[0] == "xml.broken"


def test_a_wrong_encoding_is_told_from_broken_markup():
    assert rule("<a>\n南京</a>".encode("gb18030"))[0] == "xml.not_utf8"
    declared = b'<?xml version="1.0" encoding="GB2312"?>\n<a>\n\xff\xff</a>'
    assert rule(declared) == ("xml.encoding", 3)
    assert rule(b'<?xml version="1.0" encoding="x-none"?><a/>')[0] == "xml.broken"


def test_too_deep_too_many_and_too_large_are_refused(monkeypatch):
    assert rule(b"<a>" * 100_000)[0] == "xml.deep"
    monkeypatch.setattr(markup, "MOST_NODES", 10)
    assert rule(b"<a>" + b"<b/>" * 11 + b"</a>")[0] == "xml.many"
    assert rule(b" " * (markup.MOST_BYTES + 1))[0] == "xml.large"
