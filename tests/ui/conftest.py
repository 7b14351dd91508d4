"""What the panels' tests share: a seat with a morning's work in it, and what views are given."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.base import text
from console.base.work import Inline
from tests.ui.desk import Desk, desk
from ui.kit import icons, theme
from ui.kit.icons import Icons
from ui.kit.outfit import Outfit
from ui.kit.theme import Look
from ui.models import columns


class Named:
    """Says what codes are called, as the core does."""

    def __init__(self, seat: Desk) -> None:
        self._core = seat.core

    def name(self, kind: str, code: str) -> str:
        return self._core.names({"department": "dept"}.get(kind, kind), code)


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Desk]:
    made = desk(tmp_path, Inline())
    yield made
    made.close()
    text.speak(text.LANGUAGES[0])


@pytest.fixture
def outfit(qapp: Any, seat: Desk) -> Iterator[Outfit]:
    look = Look(qapp, icons.draw, theme.read("night"))
    sheet = columns.read()
    yield Outfit(look, Icons(look), sheet, columns.setting(sheet, Named(seat), seat.core.clock.now))
    qapp.setStyleSheet("")
