"""Whatever is sent, a reader gives messages or says Unreadable; it never fails otherwise."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.base.text import TEXTS
from console.central.build import CITY
from console.central.intake import check
from console.central.intake.frame import Ground, Unreadable
from console.central.intake.photo import rewritten
from console.central.intake.tabular import reader_of
from console.central.profile import read_profile
from tests.drivers import ROOT

EXAMPLES = ROOT / "resources/docs/examples"
KINDS = {
    "cap_warning.xml": check.READERS["cap"], "cap_cancel.xml": check.READERS["cap"],
    "12379_warning.xml": check.READERS["12379"], "12379_text.json": check.READERS["12379"],
    "reports.json": check.READERS["reports"], "eido.json": check.READERS["eido"],
    "cot_position.xml": check.READERS["cot"], "cot_alert.xml": check.READERS["cot"],
    "open311.json": check.read_form, "sensorthings_thing.json": check.things_reader(""),
    "sensorthings_observation.json": check.things_reader("Observations"),
    "table.csv": reader_of(read_profile("generic_report")),
}  # fmt: skip
NASTY = [
    b"\x00", b"\xff", b"<!DOCTYPE a>", b"&x;", b"[[[[", b"1e999", b"-0", b"9" * 400, b'"', b"<",
    b">", b"{", b"}", b",", b"\xe5", "９".encode(), b"NaN", b"null", b"true", b"\r\n",
]  # fmt: skip


@cache
def ground() -> Ground:
    return Ground(check._place(CITY), 1_767_225_600_000, "x", check.AnyUnit())


def outcome(does) -> str:
    """Give the rule by which something was refused; one that stands for none when it was not."""
    try:
        does()
    except Unreadable as error:
        return error.found.rule
    return "intake.shape"


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """Give a body with a few places overwritten, left out, said twice, or cut off."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 40)))
        piece = draw(st.sampled_from([b"", data[at:to] * 3, *NASTY]))
        data = data[:at] + piece + (data[to:] if draw(st.integers(0, 9)) else b"")
    return data


@pytest.mark.parametrize("name", KINDS)
@given(st.data())
def test_a_spoilt_body_is_read_or_told(name, data):
    body = data.draw(spoilt((EXAMPLES / name).read_bytes()))
    try:
        messages = KINDS[name](body, ground())
    except Unreadable as error:
        found = [error.found]
    else:
        found = [f for m in messages for f in (*m.wrong, *m.remarks)]
        for message in messages:
            assert message.report is None or message.wrong or message.report.words.strip()
    assert all(TEXTS.has(each.rule) for each in found)


@given(st.binary(max_size=400))
def test_noise_is_told(noise):
    for reader in KINDS.values():
        assert TEXTS.has(outcome(lambda reader=reader: reader(noise, ground())))


# Pillow warns of a spoilt EXIF part and goes on without it; a photo may have one.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@given(st.data())
def test_a_spoilt_photo_is_written_anew_or_told(data):
    from tests.console.central.intake.test_photo import picture  # noqa: PLC0415

    body = data.draw(spoilt(picture((30, 20))))
    assert outcome(lambda: rewritten(body)) in ("photo.broken", "photo.pixels", "intake.shape")
