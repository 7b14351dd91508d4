"""A catalogue is put together from pages that come late, twice, wrong, or not at all."""

import asyncio

from console.central.gb28181.gather import Gathering, missing
from console.video.entry import Entry
from console.video.gb28181.messages import catalogue_page
from tests.drivers import shared_data

DEVICE = "32010200002000000001"
GROUP = b"<Item><DeviceID>32010200002150000001</DeviceID></Item></DeviceList>"


def entry(n):
    return Entry(code=f"3201020000132{n:07d}", name=str(n), place="320102")


def page(*numbers, total=6):
    return catalogue_page(DEVICE, "1", total, [entry(n) for n in numbers])


def gathered(*pages, wait=0.05):
    gathering = Gathering("1")
    for each in pages:
        gathering.take(each, DEVICE)
    return gathering, asyncio.run(gathering.wait(wait))


def test_pages_in_any_order_and_twice_are_one_catalogue():
    gathering, found = gathered(page(4, 5), page(0, 1), page(2, 3), page(0, 1), wait=30)
    assert gathering.whole
    assert [e.name for e in found.entries] == ["4", "5", "0", "1", "2", "3"]
    assert missing(found) == []


def test_a_page_that_never_comes_is_said_to_be_missing():
    gathering, found = gathered(page(0, 1), page(4, 5))
    assert not gathering.whole
    assert [(b.what, b.why) for b in missing(found)] == [("2", "cameras.lost_pages")]


def test_a_page_that_cannot_be_read_is_kept_as_it_came():
    gathering, found = gathered(page(0, 1), b"<broken")
    assert gathering.unread == [b"<broken"]
    assert [b.why for b in missing(found, 1)] == ["cameras.lost_pages", "cameras.unread_pages"]


def test_what_is_no_camera_counts_once_for_the_sum():
    mixed = page(0, 1, 2, 3, 4).replace(b"</DeviceList>", GROUP)
    gathering, found = gathered(mixed, mixed, wait=30)
    assert gathering.whole
    assert missing(found) == []


def test_one_that_comes_while_it_is_waited_for_is_taken():
    async def run():
        gathering = Gathering("1")
        gathering.take(page(0, 1, total=4), DEVICE)
        asyncio.get_running_loop().call_later(0.05, gathering.take, page(2, 3, total=4), DEVICE)
        return await gathering.wait(20)

    assert len(asyncio.run(run()).entries) == 4


def test_nothing_at_all_is_an_empty_catalogue():
    assert gathered()[1].entries == ()


def test_a_real_page_that_is_one_of_many_is_known_to_be():
    _, found = gathered(shared_data("gb28181/catalog_response_gb2312.xml").read_bytes())
    assert [e.name for e in found.entries] == ["北京东路口", "太平门"]
    assert missing(found)[0].what == "22"
