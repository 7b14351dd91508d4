"""What readers give: findings that can be shown, instants that are instants."""

import pytest

from console.central.intake.frame import cut, finding, instant, stamp


def test_a_finding_says_its_rule_in_words_cut_short():
    found = finding("intake.unknown", "type", 3, value="x" * 500)
    assert (found.where, found.line) == ("type", 3)
    assert len(found.why) < 120
    assert cut("a\0b") == "a b"


@pytest.mark.parametrize(
    "said",
    [
        "", "yesterday", "2026-01-01T08:00:00", "9999-12-31T23:59:59-14:00",
        "0001-01-01T00:00:00+14:00", "1969-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_0(said):
    assert instant(said) == 0


def test_an_instant_with_a_zone_is_read_and_written():
    assert instant("2026-01-01 08:00:00+08:00") == 1_767_225_600_000
    assert stamp(1_767_225_600_000) == "2026-01-01T00:00:00+00:00"
