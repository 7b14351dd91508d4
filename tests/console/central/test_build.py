"""A centre is put together from resources: any city, a folder or a URL."""

import pytest

from console.central.__main__ import main
from console.central.build import build
from console.central.sensing.keeping import DAY, TURNS
from console.domain.access import system
from console.domain.reading import Reading
from console.scenes.scene import indicators_of


def test_a_folder_is_made_and_opened_again(tmp_path, clock):
    epochs = set()
    for _ in range(2):
        made = build(tmp_path / "new" / "folder", clock, demo=True)
        epochs.add(made.centre.epoch)
        assert made.centre.hello().demo
        assert made.centre.hello().city == "320100"
        assert made.limits["flash"]
        made.close()
    assert len(epochs) == 1


def test_what_was_measured_is_kept_for_as_many_days_as_are_asked_for(tmp_path, clock):
    made = build(tmp_path, clock, reading_days=2)
    readings, indicator = made.centre.readings, next(iter(indicators_of(made.centre.place.scenes)))
    for _ in range(2):
        said = Reading(topic="indicator", of=indicator, source="s", at=clock.now(), value=1)
        assert made.centre.take_readings([said], system()).taken == 1
        for _ in range(TURNS + 1):  # until its points have their row, and the old ones go
            clock.turn(DAY // 50)
            more = Reading(topic="indicator", of=indicator, source="t", at=clock.now(), value=1)
            made.centre.take_readings([more], system())
            made.centre.beat()
    at = [point[0] for point in readings.history(indicator, "s", 0, system()).points]
    assert at == [said.at]
    made.close()


@pytest.mark.parametrize("days", ["0", "3651", "many"])
def test_days_that_make_no_sense_are_told(days, capsys):
    with pytest.raises(SystemExit) as told:
        main(["serve", "--reading-days", days])
    assert told.value.code == 2
    assert "--reading-days" in capsys.readouterr().err
