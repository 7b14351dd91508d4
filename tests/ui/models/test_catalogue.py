"""Cameras are found by name, by pinyin initials and by code, from the seat's own store."""

import pytest

from console.domain.record import Camera
from tests.ui.pictures import eye
from ui.models.catalogue import Catalogue, doors_of


@pytest.fixture
def catalogue(seat):
    made = Catalogue(seat.core)
    made.take([
        eye("a", name="云芷路口", code="32010200001310000001"),
        eye("b", name="白露卡口", code="32010400051216000002", type="gate", district="320104"),
        eye("c", name="云芷高点", code="32010200001310000003", type="high"),
    ])  # fmt: skip
    return made


@pytest.mark.parametrize(("said", "found"), [
    ("云芷", ["c", "a"]), ("yzlk", ["a"]), ("bl", ["b"]), ("0002", ["b"]), ("口", ["a", "b"]),
    ("nothing", []),
])  # fmt: skip
def test_cameras_are_found(catalogue, said, found):
    assert sorted(e.id for e in catalogue.search(said)) == sorted(found)


def test_they_are_grouped_by_jurisdiction_and_sort(catalogue):
    groups = catalogue.districts()
    assert {d: [e.id for e in eyes] for d, eyes in groups.items()} == {
        "320102": ["a", "c"], "320104": ["b"],
    }  # fmt: skip


def test_a_favourite_is_kept_at_this_seat(catalogue, seat):
    catalogue.favour("b")
    catalogue.favour("a")
    catalogue.favour("b")
    assert Catalogue(seat.core).favourites == ("a",)


def test_a_word_means_a_camera_by_its_id_or_its_name(catalogue):
    assert catalogue.named("b").id == "b"
    assert catalogue.named("白露").id == "b"
    assert catalogue.named("nothing") is None


def test_the_catalogue_is_read_from_the_store_and_leaves_out_what_is_not_in_use(seat):
    seat.hears(
        Camera(id="c1", code="3" * 20, name="一", scope="320102", state="in_service", version=1),
        Camera(id="c2", code="4" * 20, name="二", scope="320102", state="removed", version=1),
    )
    assert [e.id for e in Catalogue(seat.core).read()] == ["c1"]


class Passes:
    """A seat's pass to one server."""

    def door(self, address):
        return ("yu", "s3cret") if address.startswith("rtsp://ours:8554/") else ("", "")


def test_the_centre_s_own_cameras_are_entered_by_the_seat_s_pass_and_others_by_none():
    eyes = [eye("a", sub="rtsp://ours:8554/cam/1"), eye("b"), eye("c", main="", sub="")]
    assert doors_of(eyes, Passes()) == {"a": ("yu", "s3cret")}
