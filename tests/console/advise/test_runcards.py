"""Run cards are data: what each type needs at each level."""

import pytest

from console.advise import runcards
from console.advise.runcards import read_runcards
from console.base import resources
from console.base.errors import BadData

LEVELS = ("I", "II", "III", "IV", "routine")


def test_what_each_level_adds_adds_up():
    cards = read_runcards(LEVELS)
    flood = [cards.needs("DMSW-06", level) for level in ("routine", "IV", "III", "II")]
    assert [sum(n.values()) for n in flood] == [1, 2, 5, 7]
    assert flood[2] == {"drain": 3, "traffic": 1, "rescue": 1}


def test_every_type_has_a_card_and_the_first_that_fits_holds():
    cards = read_runcards(LEVELS)
    assert cards.needs("DMUM-06-02", "routine") == {"road": 1}
    assert cards.needs("DMUM-99", "routine") == {"patrol": 1}
    assert cards.needs("", "routine") == {"grid": 1}


@pytest.mark.parametrize(
    ("type_", "level", "first"),
    [
        ("EMFV-01", "III", "rescue"),
        ("EMCR-06", "IV", "drain"),
        ("EMCR-01", "III", "gas"),
        ("EMCR-02", "IV", "water"),
        ("EMCR-07", "routine", "device"),
        ("DMHL-02-30", "routine", "garden"),
        ("EMFV-02", "routine", "grid"),
    ],
)
def test_those_who_can_do_what_is_needed_come_first(type_, level, first):
    assert next(iter(read_runcards(LEVELS).needs(type_, level))) == first


@pytest.mark.parametrize(
    ("need", "why"),
    [
        ({"capability": "dragons", "count": 1, "from": "IV"}, "no such capability"),
        ({"capability": "road", "count": 1, "from": "V"}, "no such level"),
        ({"capability": "road", "count": 0, "from": "IV"}, "no such level, or nobody"),
    ],
)
def test_a_card_that_asks_for_what_is_not_there_is_bad_data(monkeypatch, need, why):
    table = resources.table(runcards.FILE)
    table["card"][0]["needs"] = [need]
    monkeypatch.setattr(resources, "table", lambda _: table)
    with pytest.raises(BadData, match=why):
        read_runcards(LEVELS)
