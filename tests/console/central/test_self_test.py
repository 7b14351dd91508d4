"""The self-test goes through a whole centre and says that it went well."""

from console.central.self_test import self_test


def test_the_self_test_passes():
    said: list[str] = []
    assert self_test(said.append) == 0
    assert said == ["centre: applied\n"]
