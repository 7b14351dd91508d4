"""Type: our own family, figures of one width, and hanzi of people's names that can be drawn."""

from typing import Any

from PySide6.QtGui import QFontDatabase, QFontMetrics

from ui.kit import fonts


def test_our_own_family_is_taken_and_draws_rare_names(qapp: Any) -> None:
    name = fonts.family(fonts.load())
    assert name == fonts.FAMILIES[0]
    assert fonts.undrawable(name) == ""


def test_figures_are_of_one_width(qapp: Any) -> None:
    fonts.load()
    measure = QFontMetrics(fonts.font(fonts.FAMILIES[0]))
    assert len({measure.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_without_ours_the_system_has_a_face(qapp: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(fonts, "FAMILIES", ("No Such Face",))
    assert fonts.family() in {*QFontDatabase.families(), qapp.font().family()}


def test_the_application_wears_it(qapp: Any) -> None:
    before = qapp.font()
    assert fonts.dress(qapp) == fonts.FAMILIES[0]
    assert (qapp.font().family(), qapp.font().pixelSize()) == (fonts.FAMILIES[0], fonts.BODY)
    qapp.setFont(before)


def test_what_cannot_be_drawn_is_named(qapp: Any) -> None:
    assert fonts.undrawable(fonts.family(fonts.load()), "中\U0010fffd") == "\U0010fffd"


def test_a_size_makes_capitals_and_chinese_high_enough_and_no_higher(qapp):
    fonts.dress(qapp)
    for latin, han in ((16, 20), (30, 20), (10, 58)):
        size = fonts.size_for(latin, han)

        def heights(pixels: int) -> tuple[float, float]:
            measure = fonts.measure(pixels)
            return tuple(measure.tightBoundingRect(c).height() for c in (fonts.LATIN, fonts.HAN))

        assert heights(size)[0] >= latin - 1
        assert heights(size)[1] >= han - 1
        smaller = heights(size - 3)
        assert smaller[0] < latin or smaller[1] < han
