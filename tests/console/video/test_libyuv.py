"""libyuv is found where it is, and what is not it, or not there, is no libyuv."""

import sys

import pytest

from console.video import libyuv
from console.video.libyuv import opened


def test_what_is_not_there_and_what_is_another_library_is_no_libyuv():
    assert opened("libyuv-of-no-machine.so.0") is None
    import _ctypes  # noqa: PLC0415 - only its file is wanted

    assert opened(_ctypes.__file__) is None


def test_a_frozen_program_looks_for_its_own_copy_first(monkeypatch, tmp_path):
    system = list(libyuv._names())
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    first, *others = libyuv._names()
    assert first == str(tmp_path / system[0])
    assert set(system) <= set(others)


def test_where_none_is_found_there_is_none(monkeypatch):
    monkeypatch.setattr(libyuv, "_names", lambda: iter(()))
    assert libyuv.libyuv.__wrapped__() is None


def test_a_call_tells_whether_it_was_done(yuv):
    assert yuv.scale(*(0, 0) * 3, 0, 0, *(0, 0) * 3, 0, 0, 0) != 0, "nothing is made of nothing"
    assert all(yuv.matrices.values())
    with pytest.raises(TypeError):
        yuv.scale()
