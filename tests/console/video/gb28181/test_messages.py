"""Control messages are written as devices read them, and read whatever devices write."""

import pytest

from console.base.errors import BadData
from console.domain.steering import Motion
from console.video.entry import Entry
from console.video.gb28181 import messages
from console.video.gb28181.catalogue import read_catalogue
from console.video.gb28181.words import word_of

DEVICE, CAMERA = "32010200002000000001", "32010200001320000001"


def test_what_is_sent_is_read_again():
    told = messages.read_message(messages.keepalive(DEVICE, 7))
    assert (told.root, told.command, told.number, told.device, told.status) == (
        "Notify", "Keepalive", "7", DEVICE, "OK",
    )  # fmt: skip
    assert messages.read_message(messages.catalogue_query(DEVICE, 8)).root == "Query"
    word = word_of(Motion(pan=1))
    told = messages.read_message(messages.steering(CAMERA, 9, word))
    assert (told.command, told.device, told.word) == ("DeviceControl", CAMERA, word)


def test_a_page_of_the_catalogue_is_read_as_what_it_was():
    entry = Entry(code=CAMERA, name="囧桥<东>&", place="320102", lon=118.8, lat=32.06, ptz=True,
                  on=False)  # fmt: skip
    found = read_catalogue(messages.catalogue_page(DEVICE, "3", 24, [entry]))
    assert found.entries == (entry,)
    assert found.told == 24


@pytest.mark.parametrize("data", [b"", b"<a", b"<!DOCTYPE x><a/>", b"\xff" * 9])
def test_what_is_no_message_is_told_as_such(data):
    with pytest.raises(BadData):
        messages.read_message(data, "of a device")
