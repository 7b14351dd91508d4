"""Pictures that one seat asks another's wall to show, and layouts that everybody may recall."""

from typing import ClassVar

from console.domain.root import Note, Record


class Showing(Record, frozen=True, kw_only=True, omit_defaults=True):
    """推送上墙: what a person asked the wall of a seat to show, and what became of it.

    ``wall``: the seat's id. ``camera``: its id, or ``layout``: its name or number, or ``incident``:
    the cameras that may see it. ``tile``: from 1, 0: whichever is free. ``reason``: why not.
    """

    kind: ClassVar[str] = "showing"
    wall: str = ""
    camera: str = ""
    layout: str = ""
    incident: str = ""
    tile: int = 0
    by: str = ""
    asked_at: int = 0
    answered_by: str = ""
    reason: str = ""
    notes: tuple[Note, ...] = ()


class SharedLayout(Record, frozen=True, kw_only=True, omit_defaults=True):
    """共享布局: a layout of a wall that everybody may recall by its number.

    ``content``: JSON of console.video.layout.Saved.
    """

    kind: ClassVar[str] = "layout"
    number: int = 0
    name: str = ""
    content: str = ""
    by: str = ""
