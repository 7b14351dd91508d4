"""At a whole window: advice follows the form and the selection, and a key takes it."""

WORDS = "form.open 'incident.create --words 汉口路路口井盖翘起来了电动车摔倒 --scope 新街口街道'"


def test_advice_on_a_form_is_taken_into_its_type_by_one_key(station, qtbot):
    station.run(WORDS)
    advice = station.panels.advice
    qtbot.waitUntil(lambda: advice.facts.state == "ready")
    first = advice.facts.offers[0]
    station.run("advice.accept")
    assert station.form.values()["type"] == first.name
    station.close_form()
    qtbot.waitUntil(advice.isHidden)


def test_the_types_that_the_form_offers_are_those_of_the_advice(station, qtbot):
    station.run("form.open incident.create")
    qtbot.waitUntil(lambda: station.form is not None)
    station.form.take({"words": "玄武门街道医院门口井盖翘起来了，电动车摔倒"})
    advice = station.panels.advice
    qtbot.waitUntil(lambda: advice.facts.state == "ready", timeout=20_000)
    chips = station.form._suggestions
    qtbot.waitUntil(lambda: not chips.isHidden())
    said = [button.text() for button in chips._buttons.all if not button.isHidden()]
    assert set(said) == {offer.name for offer in advice.facts.offers}
    assert not any("医疗" in name for name in said)
    station.run("advice.accept")
    assert chips.isHidden()


def test_advice_follows_the_selection_when_no_form_is_open(station, qtbot):
    station.select("incident", "i2")
    advice = station.panels.advice
    qtbot.waitUntil(lambda: advice.facts.record == "i2")
    station.unselect()
    qtbot.waitUntil(advice.isHidden)


def test_what_a_sent_form_was_given_is_noted_with_the_advice(station, seat, qtbot):
    station.run(WORDS)
    advice = station.panels.advice
    qtbot.waitUntil(lambda: advice.facts.state == "ready")
    station.run("advice.accept")
    station.form._editors["title"].set_value("井盖翘起")
    said = []
    advice.asked.connect(said.append)
    station.form.send()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].startswith("incident.heed ")


def test_a_message_that_is_typed_with_the_centre_stopped_shows_all_of_it(station, qtbot):
    station.run("form.open incident.create")
    qtbot.waitUntil(lambda: station.form is not None)
    words = "玄武门街道医院门口井盖翘起来了，电动车摔倒，有人受伤"
    station.form.take({"words": words})
    facts = station.panels.advice
    qtbot.waitUntil(
        lambda: facts.facts.state == "ready" and bool(facts.facts.spots), timeout=20_000
    )
    lines = {line.name: line for line in facts.facts.lines}
    assert {"kind", "lead", "known", "urgency", "place", "site"} <= lines.keys()
    assert "井盖" in lines["kind"].why
    assert "摔倒" in lines["urgency"].why
    assert lines["place"].words.startswith("玄武门街道医院")
    station.run("advice.place")
    assert station.form.values()["address"] == "玄武门街道医院"
    assert station.form.values()["lon"]
    station.run("advice.accept")
    assert station.form.values()["type"] == facts.facts.offers[0].name


def test_after_the_end_nobody_is_watched(station):
    freed = station.panels.advice.freed
    freed._soon.start()
    station._advising.end()
    assert not freed._soon.isActive()
