"""Memory that two processes share, and that is gone when both are, however they end."""

import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4


@dataclass(slots=True)
class Memory:
    """A piece of memory, and the name by which another process of this user may open it."""

    name: str
    size: int
    data: memoryview
    close: Callable[[], None] = field(repr=False)


def plain(size: int) -> Memory:
    """Give memory of this process alone."""
    return Memory("", size, memoryview(bytearray(size)), lambda: None)


def shared(size: int) -> Memory:
    """Make memory for two. It has no place on any disk, so nothing of it is ever left behind."""
    if not hasattr(os, "memfd_create"):
        name = f"chengyun-{uuid4().hex}"
        return _mapped(name, size, _tagged(name, size))
    file = os.memfd_create("chengyun-video")
    os.ftruncate(file, size)
    name = f"/proc/{os.getpid()}/fd/{file}"
    return _mapped(name, size, mmap.mmap(file, size), lambda: os.close(file))


def opened(name: str, size: int) -> Memory:
    """Open what another process made."""
    if not hasattr(os, "memfd_create"):
        return _mapped(name, size, _tagged(name, size))
    file = os.open(name, os.O_RDWR)
    try:
        return _mapped(name, size, mmap.mmap(file, size))
    finally:
        os.close(file)


def _tagged(name: str, size: int) -> mmap.mmap:
    make: Any = mmap.mmap  # Windows knows memory by its tag; the stubs of other systems do not
    return make(-1, size, tagname=name)


def _mapped(
    name: str, size: int, mapped: mmap.mmap, also: Callable[[], None] = lambda: None
) -> Memory:
    data = memoryview(mapped)

    def close() -> None:
        # A picture may still be held for painting; the memory goes when that does.
        with suppress(BufferError):
            data.release()
            mapped.close()
        also()

    return Memory(name, size, data, close)
