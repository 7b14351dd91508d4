"""The rules of a standard: order, number, values, points on this earth."""

import re

import pytest

from console.central.intake.markup import Node, read_markup
from console.central.intake.rules import Element, Rules, broken, circle, ring, rules_of

RULES = Rules(("",), {}, {
    "a": Element(("b", "c?", "d*", "e+"), ("c",), {"b": ("1", "2")}),
})  # fmt: skip


def found(xml: str) -> list[tuple[str, str]]:
    held = broken(RULES, read_markup(xml.encode()), re.compile(r"\d+"))
    return [(f.rule, f.where) for f in held]


@pytest.mark.parametrize(
    ("xml", "rule"),
    [
        ("<a><b>1</b><e>x</e></a>", []),
        ("<a><b>1</b><c>4</c><d/><d/><e>x</e><e/></a>", []),
        ("<a><e>x</e></a>", [("cap.missing", "a/b")]),
        ("<a><b/><e>x</e></a>", [("cap.value", "a/b"), ("cap.missing", "a/b")]),
        ("<a><b>1</b></a>", [("cap.missing", "a/e")]),
        ("<a><b>1</b><b>1</b><e>x</e></a>", [("cap.twice", "a/b")]),
        ("<a><b>1</b><e>x</e><d/></a>", [("cap.order", "a/d")]),
        ("<a><b>3</b><e>x</e></a>", [("cap.value", "a/b")]),
        ("<a><b>1</b><c>noon</c><e>x</e></a>", [("cap.instant", "a/c")]),
        ("<a><b>1</b><z/><e>x</e></a>", [("cap.extra", "a/z")]),
    ],
)  # fmt: skip
def test_each_rule_of_form_is_named(xml, rule):
    assert sorted(found(xml)) == sorted(rule)


def test_parts_of_other_namespaces_are_left_alone():
    assert found('<a><b>1</b><e>x</e><s:Signature xmlns:s="urn:s"/></a>') == []


@pytest.mark.parametrize("words", ["32,118 33,118 33,119", "32,118 33,118 33,119 32,117",
                                   "32,118 99,118 33,119 32,118", "1e9,1 1,1 1,2 1e9,1",
                                   "x 33,118 33,119 x", "32;118 1,1 1,2 32;118"])  # fmt: skip
def test_a_ring_that_is_none_is_told(words):
    assert ring(Node("polygon", text=words), "p")[1] is not None


def test_latitude_comes_first_outside_and_longitude_inside():
    points, wrong = ring(Node("polygon", text="32.0,118.0 33.0,118.0 33.0,119.0 32.0,118.0"), "p")
    assert (points[1], wrong) == ((118.0, 33.0), None)
    assert circle(Node("circle", text="32.05,118.79 2.5"), "c")[0] == (118.79, 32.05, 2500.0)


@pytest.mark.parametrize("words", ["32,118", "32,118 -1", "99,118 1", "32,118 99999", "32,118 1 1"])
def test_a_circle_that_is_none_is_told(words):
    assert circle(Node("circle", text=words), "c")[1].rule == "cap.circle"


@pytest.mark.parametrize("standard", ["cap", "12379"])
def test_the_levels_of_a_standard_are_those_of_the_city(standard, lite):
    levels = {v for v in rules_of(standard).levels.values() if v}
    assert levels == set(lite.centre.place.city.levels) - {"routine"}
