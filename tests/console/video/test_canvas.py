"""A picture is made to fit its room."""

import numpy as np

from console.video.canvas import fitted


def test_a_picture_fits_in_its_room_in_its_own_proportions():
    assert fitted((640, 360), (320, 320)) == (320, 180)
    assert fitted((640, 360), (5_000, 5_000)) == (640, 360)
    assert fitted((704, 576), (320, 180)) == (220, 180)
    assert fitted((640, 360), (479, 270)) == (478, 270), "nearly as large as its tile"
    assert np.prod(fitted((640, 360), (1, 1))) == 4
