"""A display calls indicators by the names of their scenes, and all else as the core does."""

from console.base import text
from ui.models.names import DisplayNames


def test_names_follow_the_language(seat):
    names = DisplayNames(seat.core)
    indicator = next(iter(seat.core.gauges.known.values()))
    assert names.name("indicator", indicator.id) == indicator.name
    assert names.name("indicator", "nobody") == ""
    assert names.name("district", "320102") == "玄武区"
    assert names.name("district", "320100") == "南京市"
    text.speak("en")
    assert names.name("indicator", indicator.id) == indicator.name_en
