"""Whether a unit is busy follows from open tasks; an incident narrows the board to its needs."""

from tests.ui.desk import Desk
from ui.models.board import COLUMNS, DISPLAY, BoardModel, narrowed, read


def test_busy_is_worked_out_from_open_tasks(seat: Desk) -> None:
    units = {unit.call_sign: unit for unit in read(seat.core)}
    assert units["水务抢险01"].stands == "busy"
    assert units["水务抢险01"].incident == "i1"
    assert units["水务抢险02"].stands == "free"
    assert units["环卫洒水07"].stands == "off_duty"
    assert units["排涝泵车04"].task == "水泵检修"
    assert read(seat.core)[0].stands == "free"


def test_a_unit_just_sent_is_busy_at_once(seat: Desk) -> None:
    seat.core.run("incident.send i4 城管机动03").result()
    units = {unit.id: unit for unit in read(seat.core)}
    assert units["u3"].stands == "busy"


def test_an_incident_narrows_to_its_departments_and_district(seat: Desk) -> None:
    narrow = narrowed(seat.core, "i1")
    assert narrow is not None
    assert narrow.depts == {"wat", "pol"}
    shown = {u.call_sign for u in read(seat.core) if narrow.allows(u)}
    assert "水务抢险02" in shown
    assert "消防玄武一站" in shown
    assert "环卫洒水07" not in shown


def test_before_dispatch_the_usual_departments_of_its_type_count(seat: Desk) -> None:
    narrow = narrowed(seat.core, "i4")
    assert narrow is not None
    assert "cgj" in narrow.depts
    assert narrowed(seat.core, "none") is None


def test_the_model_keeps_its_rows_where_they_are(seat: Desk, qtbot: object) -> None:
    del qtbot
    model = BoardModel()
    model.show(read(seat.core), None)
    assert model.rowCount() == model.total == 8
    assert model.data(model.index(0, COLUMNS.index("stands")), DISPLAY) == "待命"
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    model.show(read(seat.core), narrowed(seat.core, "i1"))
    assert model.rowCount() == 6
    assert model.counts()["busy"] == 2
    assert resets == []
