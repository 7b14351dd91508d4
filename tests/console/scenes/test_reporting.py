"""Information reports have the clocks of their level, and a sensitive one those of a graver."""

import pytest

from console.base import resources
from console.base.errors import BadData
from console.domain.city import City, read_city
from console.domain.record import Incident
from console.scenes.reporting import read_reporting, read_warnings


@pytest.fixture(scope="module")
def nanjing() -> City:
    return read_city(resources.table("cities/nanjing.toml"), "cities/nanjing.toml")


def test_the_graver_the_sooner(nanjing: City):
    reporting = read_reporting(nanjing)
    grave = reporting.times_of(Incident(id="1", level="II"))
    assert (grave.phone, grave.written, grave.follow, grave.final) == ("30m", "1h", "2h", "24h")
    assert reporting.times_of(Incident(id="1", level="IV")).phone == "1h"
    assert reporting.times_of(Incident(id="1", level="routine")).phone == ""


def test_what_is_sensitive_is_reported_as_level_three_at_least(nanjing: City):
    reporting = read_reporting(nanjing)
    assert reporting.times_of(Incident(id="1", sensitive=True)).phone == "30m"
    assert reporting.times_of(Incident(id="1", sensitive=True, level="I")).follow == "2h"


def test_every_signal_has_its_colours_and_every_colour_its_level(nanjing: City):
    warnings = read_warnings(nanjing)
    assert len(warnings.signals) == 11
    assert list(warnings.levels.values()) == ["IV", "III", "II", "I"]
    assert warnings.signals["rainstorm"].red.when == "3h≥100mm"
    assert warnings.signals["heat"].blue is None


@pytest.mark.parametrize(
    ("read", "was", "now", "where"),
    [
        (read_reporting, 'phone = "30m"', 'phone = "soon"', "level.I.phone"),
        (read_reporting, "[level.IV]", "[level.V]", "level.V"),
        (read_reporting, 'level = "III"', 'level = "routine"', "sensitive.level"),
        (read_warnings, 'blue = "IV"', 'blue = "V"', "level.blue"),
        (read_warnings, 'id = "typhoon"', 'id = "rainstorm"', "signal[1].id"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_key(nanjing: City, tmp_path, read, was, now, where):
    name = "reporting.toml" if read is read_reporting else "warnings.toml"
    file = tmp_path / name
    file.write_text(resources.path(name).read_text("utf-8").replace(was, now, 1), "utf-8")
    with pytest.raises(BadData) as bad:
        read(nanjing, str(file))
    assert bad.value.where.partition(": ")[2] == where
