"""A brief's chart: bars for what is known, none for what is not, and a line for the target."""

from io import BytesIO

from PIL import Image

from console.briefs.brief import Picture
from console.briefs.picture import BAR, HEIGHT, MISSED, WIDTH, draw


def colours(picture: Picture) -> dict:
    image = Image.open(BytesIO(draw(picture))).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    return {f"#{r:02X}{g:02X}{b:02X}": n for n, (r, g, b) in image.getcolors(10**6)}


def test_what_is_not_known_has_no_bar():
    full = colours(Picture(bars=tuple((f"{n:02}", 5.0) for n in range(24))))
    half = colours(Picture(bars=tuple((f"{n:02}", 5.0 if n < 12 else None) for n in range(24))))
    assert full[BAR] > 1.8 * half[BAR]
    assert BAR not in colours(Picture(bars=(("00", None),)))


def test_the_target_is_drawn_and_long_labels_are_thinned():
    bars = tuple((f"很长的名称{n}", float(n)) for n in range(30))
    assert MISSED in colours(Picture(bars=bars, target=12.0, unit="件", caption="题"))
