"""A tile looks like what its value is: live, stale, lost, or unknown."""

from typing import Any

import pytest

from ui.kit.gaugetile import GaugeTile
from ui.kit.outfit import Outfit


@pytest.fixture
def tile(qtbot: Any, outfit: Outfit) -> Any:
    made = GaugeTile(outfit)
    qtbot.addWidget(made)
    made.show()
    return made


def show(tile: Any, freshness: str, fresh: str = "", value: str = "66") -> None:
    tile.show_gauge(
        "风险指数", value, "分", ("triangle", "severity.III", "关注"),
        freshness=freshness, fresh=fresh, told="风险指数",
    )  # fmt: skip


def test_a_live_value_has_shape_word_and_colour(tile: Any) -> None:
    show(tile, "live")
    assert tile._glyph.isVisible()
    assert (tile._state.words, tile._state.property("role")) == ("关注", "severity.III")
    assert not tile._value.font().strikeOut()


def test_a_stale_value_is_dimmed_and_says_since_when(tile: Any) -> None:
    show(tile, "stale", "截至 10:00:00")
    assert tile._fresh.text() == "截至 10:00:00"
    assert tile._fresh.property("role") == "warning"
    tile.shrink(little=True)
    show(tile, "stale", "截至 10:00:00")
    assert tile._state.words == "截至 10:00:00"
    assert tile._value.property("role") == "caption"


def test_a_lost_value_is_crossed_out_and_dashed(tile: Any, qtbot: Any) -> None:
    show(tile, "lost", "失联，截至 09:00:00")
    assert tile._value.font().strikeOut()
    assert tile._value.property("role") == "lost"
    assert not tile.grab().isNull()
    show(tile, "live")
    assert not tile._value.font().strikeOut()


def test_what_is_unknown_is_not_crossed_out(tile: Any) -> None:
    show(tile, "lost", value="—")
    assert not tile._value.font().strikeOut()
    assert "—" in tile.accessibleName()
