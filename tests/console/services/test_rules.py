"""The times that a desk goes by are read from the files of the city."""

from console.base import resources
from console.domain.city import read_city
from console.services.rules import read_rules


def test_all_times_are_there():
    rules = read_rules(read_city(resources.table("cities/nanjing.toml"), "nanjing"))
    assert rules.limits["accept"]["flash"] == "5m"
    assert rules.plans.sign["routine"] == "2wh"
    assert rules.reporting.times["I"].phone == "30m"
