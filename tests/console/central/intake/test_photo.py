"""Photos: written anew, upright and small, with nothing beside the picture; no bombs."""

import io

import pytest
from PIL import ExifTags, Image

from console.central.intake import photo as module
from console.central.intake.frame import Unreadable
from console.central.intake.photo import rewritten


def picture(size=(40, 20), kind="JPEG", gps=None, turned=0) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    if gps:
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(gps)
    if turned:
        exif[ExifTags.Base.Orientation] = turned
    exif[ExifTags.Base.Artist] = "somebody"
    Image.new("RGB", size, "red").save(out, kind, exif=exif)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def gps(lat, north, lon, east):
    at = ExifTags.GPS
    return {at.GPSLatitudeRef: north, at.GPSLatitude: lat, at.GPSLongitudeRef: east,
            at.GPSLongitude: lon}  # fmt: skip


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_but_the_picture(kind):
    made = opened(rewritten(picture(kind=kind)).data)
    assert (made.format, made.size, dict(made.getexif())) == ("JPEG", (40, 20), {})


def test_where_it_was_taken_is_read_before_it_is_left_out():
    nanjing = gps((32.0, 3.0, 0.0), "N", (118.0, 47.0, 24.0), "E")
    lon, lat = rewritten(picture(gps=nanjing)).point
    assert (round(lon, 4), round(lat, 4)) == (118.79, 32.05)
    south = gps((32.0, 0.0, 0.0), "S", (118.0, 0.0, 0.0), "W")
    assert rewritten(picture(gps=south)).point == (-118.0, -32.0)
    assert rewritten(picture(gps=gps((999.0, 0.0, 0.0), "N", (0.0, 0.0, 0.0), "E"))).point is None
    assert rewritten(picture(gps={ExifTags.GPS.GPSLatitudeRef: "N"})).point is None
    assert rewritten(picture()).point is None


def test_it_stands_upright_and_is_no_larger_than_is_needed():
    assert opened(rewritten(picture(turned=6)).data).size == (20, 40)
    assert max(opened(rewritten(picture((3_200, 100))).data).size) == module.LONGEST_SIDE


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 no", b"<svg/>"])
def test_what_is_no_photo_is_told(data):
    with pytest.raises(Unreadable) as told:
        rewritten(data)
    assert told.value.found.rule == "photo.broken"


def test_half_a_photo_and_a_bomb_are_told(monkeypatch):
    whole = picture((400, 400))
    with pytest.raises(Unreadable):
        rewritten(whole[: len(whole) // 2])
    monkeypatch.setattr(module, "MOST_PIXELS", 100)
    with pytest.raises(Unreadable) as told:
        rewritten(picture())
    assert told.value.found.rule == "photo.pixels"
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    with pytest.raises(Unreadable) as told:
        rewritten(picture())
    assert told.value.found.rule == "photo.large"
