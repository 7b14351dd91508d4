"""The advice panel follows what is written, takes by one key, and tells the centre."""

from dataclasses import replace

import pytest

from tests.ui.desk import Desk
from ui.models.advice import Offer, Spot
from ui.views.advice import AdviceView

WORDS = {"words": "汉口路路口井盖翘起来了，电动车摔倒", "scope": "新街口街道"}


@pytest.fixture
def advice(qtbot, seat: Desk, outfit) -> AdviceView:
    made = AdviceView(seat.core, outfit)
    qtbot.addWidget(made)
    made.said = []
    made.asked.connect(made.said.append)
    return made


def shown(qtbot, advice, state="ready"):
    qtbot.waitUntil(lambda: advice.facts.state == state)


def test_it_waits_for_words_and_then_shows_what_they_are(qtbot, advice):
    assert advice.isHidden()
    advice.show_written({"words": ""})
    qtbot.waitUntil(lambda: not advice.isHidden())
    advice.show_written(WORDS)
    shown(qtbot, advice)
    assert advice._rows.all[0].words.text().startswith(advice.facts.offers[0].name)


def test_what_is_taken_in_a_form_is_given_to_it_and_noted_when_it_was_sent(qtbot, advice):
    taken = []
    advice.taken.connect(taken.append)
    advice.show_written(WORDS)
    shown(qtbot, advice)
    first = advice.facts.offers[0]
    advice.accept()
    assert taken == [first]
    assert advice.said == []
    advice.settled("i9", first.type)
    (line,) = advice.said
    assert line.startswith(f"incident.heed i9 --about type --offered {first.type}")
    advice.settled("i9", "DMUM-01")
    assert advice.said[1].startswith("incident.overrule i9")
    assert "--taken DMUM-01" in advice.said[1]


def test_on_an_incident_taking_classifies_it_and_no_is_noted(qtbot, advice):
    advice.show_record("i2")
    qtbot.waitUntil(lambda: bool(advice.facts.record))
    advice.facts = replace(
        advice.facts, offers=(Offer("T-1", "甲", 0.8, ""), Offer("T-2", "乙", 0.1, ""))
    )
    advice.reject()
    assert advice.said[0].startswith("incident.overrule i2 --about type --offered T-1")
    advice.accept(2)
    assert advice.said[1] == "incident.classify i2 --type T-2"
    assert "--taken T-2" in advice.said[2]
    advice.accept()
    assert advice.said[4].startswith("incident.heed i2")


def test_with_nothing_to_take_a_key_says_so(qtbot, advice):
    advice.accept()
    advice.reject()
    assert advice.said == []
    assert advice._answer.text()


def test_a_place_is_taken_into_the_form_and_one_that_was_not_first_is_kept(qtbot, advice):
    placed = []
    advice.placed.connect(placed.append)
    advice.show_written({"words": "玄武门街道医院门口井盖翘起来了"})
    shown(qtbot, advice)
    advice.take_place()
    assert placed == [advice.facts.spots[0]]
    assert advice.said == []
    other = replace(advice.facts.spots[0], id="x", name="另一处")
    advice.facts = replace(advice.facts, spots=(advice.facts.spots[0], other))
    advice.take_place(2)
    assert placed[1] == other
    assert "--name 另一处" in advice.said[0]
    assert "--offered 玄武门街道医院" in advice.said[0]


def test_on_an_incident_the_place_is_kept_with_its_case(qtbot, advice):
    advice.show_record("i2")
    qtbot.waitUntil(lambda: bool(advice.facts.record))
    advice.facts = replace(
        advice.facts, spots=(Spot("老地方", "p1", "云芷路", 118.8, 32.0, "320102", 0.9, True),)
    )
    advice.take_place()
    assert advice.said[0].startswith("correction.record --said 老地方 --name 云芷路")
    assert "--incident i2" in advice.said[0]
    advice.take_place(2)
    assert len(advice.said) == 1


def test_the_appeals_of_a_hot_spot_open_in_the_queue(qtbot, advice):
    advice.facts = replace(advice.facts, drill="type:T-1 district:320102")
    advice._drilled()
    assert advice.said == ['queue.open all --where "type:T-1 district:320102"']


def test_an_answer_that_was_asked_for_stands_until_another_incident_is_chosen(advice):
    advice.tell("不派 城管02：不在岗")
    assert not advice._reply.isHidden()
    advice.show_record("i4")
    assert advice._reply.isHidden()
