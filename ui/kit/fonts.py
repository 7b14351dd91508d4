"""Type: one family for Chinese and Latin, with figures of one width."""

import math
from collections.abc import Iterable
from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from console.base import resources

BODY = 13
LATIN, HAN = "H", "国"
"""The letters by which heights are measured: a capital, and a character that fills its square."""
FAMILIES = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
RARE = "囧镕喆昇堃淼㛃䶮"
"""Hanzi of people's names that small fonts leave out."""


def load() -> list[str]:
    """Make the fonts that come with the program known; name their families."""
    found: list[str] = []
    for path in sorted(resources.path("fonts").glob("*.[to]tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            found += QFontDatabase.applicationFontFamilies(number)
    return list(dict.fromkeys(found))


def family(loaded: Iterable[str] = ()) -> str:
    """Choose the family: ours, else the system's face for Chinese, else the system's own."""
    known = {*loaded, *QFontDatabase.families()}
    for name in FAMILIES:
        if name in known:
            return name
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return chinese[0] if chinese else QApplication.font().family()


def font(name: str, pixels: int = BODY) -> QFont:
    """Give a face at a size, its figures of one width."""
    face = QFont(name)
    face.setPixelSize(pixels)
    face.setFeature(QFont.Tag("tnum"), 1)
    face.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return face


@lru_cache(maxsize=64)
def measure(pixels: int, *, bold: bool = False) -> QFontMetricsF:
    """Give the measures of the application's family at a size."""
    face = font(QApplication.font().family(), pixels)
    face.setBold(bold)
    return QFontMetricsF(face)


def size_for(latin: float, han: float) -> int:
    """Give the least size at which capitals and Chinese characters are so many pixels high."""
    large = measure(1_000)
    ratios = [large.tightBoundingRect(each).height() / 1_000 for each in (LATIN, HAN)]
    return math.ceil(max(latin / ratios[0], han / ratios[1]))


def dress(app: QApplication) -> str:
    """Load the fonts and set the application's; give the family's name."""
    name = family(load())
    app.setFont(font(name))
    measure.cache_clear()
    return name


def undrawable(name: str, words: str = RARE) -> str:
    """Give those characters that the family has no drawing for."""
    raw = QRawFont.fromFont(font(name), QFontDatabase.WritingSystem.SimplifiedChinese)
    return "".join(letter for letter in words if not raw.supportsCharacter(ord(letter)))
