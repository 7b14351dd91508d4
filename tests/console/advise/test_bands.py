"""The bands of confidence."""

import pytest

from console.advise.bands import Bands, read_bands
from console.advise.model import Judged, Pick
from console.base import resources
from console.base.errors import BadData

BANDS = Bands(automatic=0.9, confirm=0.7)


@pytest.mark.parametrize(
    ("sure", "band"), [(0.9, "automatic"), (0.89, "confirm"), (0.7, "confirm"), (0.69, "ask")]
)
def test_the_band_follows_from_the_confidence(sure, band):
    assert BANDS.of(Judged((Pick("a", sure),), known=True, known_share=1.0)) == band


def test_what_is_not_known_is_in_no_band_however_sure():
    assert BANDS.of(Judged((Pick("a", 0.99),), known=False, known_share=0.0)) == "unknown"


def test_the_bands_are_data():
    assert read_bands().pair == (0.90, 0.70)


def test_bands_out_of_order_are_bad_data(monkeypatch):
    monkeypatch.setattr(resources, "table", lambda _: {"bands": {"automatic": 0.5, "confirm": 0.7}})
    with pytest.raises(BadData, match="confirm is to be above 0"):
        read_bands()
