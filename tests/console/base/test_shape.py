"""A wrong table is said with its key, and with the line of the file it came from."""

import tomllib

import pytest
from msgspec import Struct

from console.base.errors import BadData
from console.base.shape import line_of, placed, shaped

WORDS = """\
name = "a"

[[part]]
size = 1

[[part]]
size = 2
[part.box]
wide = "no"

[[part.pin]]
long = 3
[[part.pin]]
long = "no"
"""


class Pin(Struct):
    long: int


class Part(Struct):
    size: int
    pin: list[Pin] = []


class File(Struct):
    name: str
    part: list[Part]


def test_the_line_is_found_through_nested_headings():
    assert line_of("name", WORDS) == 1
    assert line_of("part[0].size", WORDS) == 4
    assert line_of("part[1].size", WORDS) == 7
    assert line_of("part[1].box.wide", WORDS) == 9
    assert line_of("part[1].pin[1].long", WORDS) == 14


def test_a_key_that_is_not_there_gives_the_nearest_heading():
    assert line_of("part[1].colour", WORDS) == 6


def test_without_the_words_only_the_key_is_named():
    assert placed("part[1].size") == "part[1].size"


def test_a_wrong_value_names_file_line_and_key():
    with pytest.raises(BadData) as bad:
        shaped(tomllib.loads(WORDS), File, "parts.toml", WORDS)
    assert bad.value.file == "parts.toml"
    assert bad.value.where == "line 14: part[1].pin[1].long"
    assert "int" in bad.value.why


def test_a_right_table_becomes_values():
    read = shaped({"name": "a", "part": [{"size": 1}]}, File, "parts.toml")
    assert read.part[0].size == 1
