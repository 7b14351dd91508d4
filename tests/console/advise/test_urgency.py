"""How urgent words are."""

import pytest

from console.advise.urgency import Urgent, urgent


@pytest.mark.parametrize(
    ("said", "level", "found"),
    [
        ("楼道着火了有人被困", "routine", Urgent("flash", ("着火", "被困"))),
        ("厨房燃气味很大", "routine", Urgent("urgent", ("燃气味",))),
        ("井盖破损", "routine", Urgent("normal")),
        ("道路积水", "III", Urgent("flash", (), "III")),
        ("小区停电", "IV", Urgent("urgent", ("停电",))),
        ("没有着火，只是来问问", "routine", Urgent("normal")),
    ],
)
def test_the_gravest_sign_decides_and_is_named(said, level, found):
    assert urgent(said, level) == found
