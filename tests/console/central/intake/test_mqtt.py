"""MQTT from a real broker: nothing is lost while the centre, or the broker, is away."""

import json
import threading
import time

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from sqlalchemy.exc import OperationalError

from console.base.errors import BadData
from console.central.intake.bounds import bounds
from console.central.intake.mqtt import Broker, Ear, password_of, read_broker
from console.central.intake.pace import Pace
from console.central.intake.sensorthings import SensorThings
from console.central.intake.taking import Intake
from console.central.sensing.keeper import Keeper
from console.domain.access import Access
from tests.brokers import mosquitto
from tests.centre_driver import PEOPLE
from tests.console.central.intake.test_sensorthings import thing
from tests.gauges import INDICATORS

WORDS = {"centre": "listen-only", "water": "water-words", "stranger": "stranger-words"}


class Scene:
    """A centre's ear at a broker, and a department that publishes there."""

    def __init__(self, lite, broker) -> None:
        self.broker = broker
        self.centre = lite.centre
        self.centre.readings = Keeper(lite.centre.ledger, INDICATORS, lite.centre.clock, 30)
        lite.people.put(Access(user="water", roles=("source",), scopes=("",)), "correct-horse")
        self.intake = Intake(lite.centre, {})
        self.service = SensorThings(lite.centre, self.intake)
        pace = Pace(lite.centre.clock, bounds().pace)
        place = Broker("127.0.0.1", broker.port, "centre", WORDS["centre"], secure=False)
        self.ear = Ear(place, self.intake, self.service, lite.people, pace)
        self.service.create("Things", thing(), PEOPLE["water"])
        self.stream = self.service.entities.page("Datastreams", "water", 0, 1)[0][0].id
        self._ending = threading.Event()
        self._thread = None

    def listen(self):
        up = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self.ear.listen, args=(self._ending, up.set))
        self._thread.start()
        assert up.wait(20), "the ear did not subscribe"

    def leave(self):
        self._ending.set()
        if self._thread:
            self._thread.join(20)
            assert not self._thread.is_alive()

    def publish(self, value, n, user="water", name="water", body=None):
        said = {"result": value, "phenomenonTime": f"2026-01-01T00:00:{n:02d}Z"}
        client = Client(CallbackAPIVersion.VERSION2)
        client.username_pw_set(user, WORDS[user])
        client.connect("127.0.0.1", self.broker.port)
        client.loop_start()
        topic = f"sta/{name}/v1.1/Datastreams({self.stream})/Observations"
        client.publish(topic, body or json.dumps(said), qos=1).wait_for_publish(20)
        client.disconnect()
        client.loop_stop()

    def last(self):
        return [held.reading.value for held in self.centre.readings.sources()]

    def asides(self):
        return {(held.source, held.rule) for held in self.intake.aside.all()}


def until(true):
    for _ in range(1_000):
        if true():
            return True
        time.sleep(0.02)
    return False


@pytest.fixture
def scene(lite, clock):
    with mosquitto(WORDS) as broker:
        made = Scene(lite, broker)
        yield made
        made.leave()


def test_what_is_published_becomes_the_last_value_and_what_is_wrong_is_set_aside(scene):
    scene.listen()
    scene.publish(3, 1)
    assert until(lambda: scene.last() == [3.0])
    scene.publish(0, 2, body="{half")
    scene.publish(4, 3)
    assert until(lambda: scene.last() == [4.0])
    assert scene.asides() == {("water", "intake.json")}


def test_nobody_publishes_under_anothers_name(scene):
    scene.listen()
    scene.publish(9, 1, user="stranger")  # the broker's list lets it fall
    scene.publish(9, 2, user="stranger", name="stranger")
    assert until(lambda: ("?", "sta.stranger") in scene.asides())
    assert scene.last() == []


def test_what_came_while_the_centre_was_away_is_taken_when_it_is_back(scene):
    scene.listen()
    scene.leave()
    scene.publish(5, 1)
    scene.publish(6, 2)
    scene.listen()
    assert until(lambda: scene.last() == [6.0])


@pytest.mark.logs_trouble
def test_a_broker_that_went_away_is_found_again(scene):
    scene.listen()
    scene.broker.stop()
    scene.broker.start()
    scene.publish(7, 1)
    assert until(lambda: scene.last() == [7.0])


@pytest.mark.logs_trouble
def test_what_the_ledger_would_not_take_comes_again(scene, monkeypatch):
    create, failed = scene.service.create, []

    def once(*args):
        if not failed:
            failed.append(args)
            raise OperationalError("insert", {}, Exception("disk full"))
        return create(*args)

    monkeypatch.setattr(scene.service, "create", once)
    scene.listen()
    scene.publish(8, 1)
    assert until(lambda: scene.last() == [8.0])
    assert failed


@pytest.mark.logs_trouble
def test_what_was_heard_is_acknowledged_only_once_it_is_down_on_disk(scene, monkeypatch):
    beat, create, failed, heard = scene.centre.beat, scene.service.create, [], []

    def once():
        if not failed:
            failed.append(1)
            raise OperationalError("insert", {}, Exception("disk full"))
        return beat()

    def counted(*args):
        heard.append(args)
        return create(*args)

    monkeypatch.setattr(scene.centre, "beat", once)
    monkeypatch.setattr(scene.service, "create", counted)
    scene.listen()
    scene.publish(8, 1)
    assert until(lambda: len(heard) == 2), "it was not given again"
    assert until(lambda: scene.centre.readings.head == 1)
    scene.leave()
    again = Keeper(scene.centre.ledger, INDICATORS, scene.centre.clock, 30)
    assert [held.reading.value for held in again.sources()] == [8.0]


def test_many_messages_are_written_together(scene):
    scene.listen()
    for n in range(1, 41):
        scene.publish(n, n)
    assert until(lambda: scene.last() == [40.0])
    assert until(lambda: scene.centre.readings.head > 0)
    assert until(lambda: scene.ear._taken == [])


def test_the_address_of_a_broker_holds_no_password(tmp_path):
    assert read_broker("mqtts://centre@b.city:9000") == Broker("b.city", 9000, "centre")
    assert read_broker("mqtt://b.city").secure is False
    for wrong in ("http://b", "mqtt://", "mqtts://u:p@b", "mqtt://b:x"):
        with pytest.raises(BadData) as told:
            read_broker(wrong)
        assert "u:p" not in str(told.value)
    file = tmp_path / "word"
    file.write_text("secret\n", "utf-8")
    assert (password_of(file), password_of(None)) == ("secret", "")
