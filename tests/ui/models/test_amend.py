"""What is amended: only what differs from what was shown; numbers that are hidden stay whole."""

import msgspec

from tests.ui.desk import Desk
from ui.models.amend import CHANGES, Amend

I1 = ("incident", "i1")


def amend(seat: Desk) -> Amend:
    return Amend(seat.core, I1, ("title", "address", "detail"))


def test_what_was_not_touched_is_not_amended(seat: Desk) -> None:
    edit = amend(seat)
    assert edit.changed(edit.filled({})) == {}


def test_a_hidden_number_is_neither_shown_nor_lost(seat: Desk) -> None:
    edit = amend(seat)
    shown = edit.filled({})
    assert "13851234567" not in shown["detail"]
    wanted = shown["detail"].replace("水位仍在上涨", "水位已退")
    (found,) = edit.changed({**shown, "detail": wanted}).items()
    assert found[0] == "detail"
    assert "13851234567" in found[1]
    assert "水位已退" in found[1]


def test_the_line_of_an_amendment_changes_the_record_and_keeps_any_sign(seat: Desk) -> None:
    edit = amend(seat)
    title = "积水 'a' \"b\" 「c」 =d"
    packed = edit.packed(edit.changed({**edit.filled({}), "title": title}))
    assert "'" not in packed
    seat.core.run(f"incident.amend i1 --changes '{packed}'").result()
    assert seat.incident("i1").title == title


def test_what_an_act_wanted_is_filled_in_again(seat: Desk) -> None:
    said = msgspec.json.encode({"title": {"from": "旧", "to": "新"}}).decode()
    assert amend(seat).filled({CHANGES: said})["title"] == "新"
    assert amend(seat).filled({CHANGES: "不是"})["title"] == seat.incident("i1").title
