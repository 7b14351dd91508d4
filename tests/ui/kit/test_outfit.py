"""What views share can be given to each of them and not be changed by any."""

from dataclasses import FrozenInstanceError

import pytest


def test_an_outfit_is_not_changed_by_a_view(outfit):
    with pytest.raises(FrozenInstanceError):
        outfit.look = None
    assert outfit.setting.names.name("district", "320102") == "玄武区"
