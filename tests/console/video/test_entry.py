"""A code is taken when it is one of a camera; else it is said what is wrong with it."""

import pytest

from console.video.entry import wrong_code


@pytest.mark.parametrize(("code", "why"), [
    ("32010200001310000001", ""), ("32010200041320000001", ""), ("32010200051210000001", ""),
    ("3201020000131000000", "cameras.bad_code"), ("3201020000131000000x", "cameras.bad_code"),
    ("32010200002000000001", "cameras.no_camera"), ("", "cameras.bad_code"),
])  # fmt: skip
def test_a_code_is_judged(code, why):
    assert wrong_code(code) == why
