"""Draws a brief's chart of bars to a PNG, in the font that comes with the program."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from console.base import resources
from console.briefs.brief import Picture

WIDTH, HEIGHT = 1_500, 520
LEFT, RIGHT, TOP, BOTTOM = 110, 20, 60, 70
INK, GREY, LINE, BAR, MISSED = "#1B2430", "#5B6675", "#C9D0D9", "#5B7FA6", "#B4552D"
FONT = "fonts/NotoSansSC-Regular.ttf"
SIZE = 26


def draw(picture: Picture) -> bytes:
    """Give a chart as a PNG; what is not known has no bar, not one of nought."""
    image = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(resources.path(FONT)), SIZE)
    top = _top([v for _, v in picture.bars if v is not None], picture.target)
    unit = f" ({picture.unit})" if picture.unit.isascii() else f"（{picture.unit}）"
    pen.text((LEFT, 12), f"{picture.caption}{unit}", INK, font)
    for step in range(4):
        value = top * step / 3
        y = _y(value, top)
        pen.line((LEFT, y, WIDTH - RIGHT, y), LINE, 1)
        pen.text((LEFT - 12, y), f"{value:,.6g}", GREY, font, anchor="rm")
    _bars(pen, font, picture, top)
    out = BytesIO()
    image.save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def _bars(
    pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, picture: Picture, top: float
) -> None:
    room = (WIDTH - LEFT - RIGHT) / max(1, len(picture.bars))
    each = max(
        1, round(max(pen.textlength(label, font) for label, _ in picture.bars) * 1.2 / room + 0.5)
    )
    for n, (label, value) in enumerate(picture.bars):
        left = LEFT + n * room
        if value is not None:
            pen.rectangle((left + room * 0.16, _y(value, top), left + room * 0.84, _y(0, top)), BAR)
        if n % each == 0:
            pen.text((left + room / 2, HEIGHT - BOTTOM + 14), label, GREY, font, anchor="ma")
    if picture.target is not None:
        y = _y(picture.target, top)
        pen.line((LEFT, y, WIDTH - RIGHT, y), MISSED, 2)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top


def _top(values: list[float], target: float | None) -> float:
    """Give a round number above all values, that three steps divide."""
    most = max([*values, target or 0.0, 3.0])
    step = 1.0
    while step * 10 * 3 <= most:
        step *= 10
    return next(s * step * 3 for s in (1, 2, 5, 10) if s * step * 3 >= most)
