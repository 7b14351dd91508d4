"""Frames of libav for tests: encoded and decoded again, or such as no camera sends."""

from fractions import Fraction

import av
import numpy as np
from av.filter import Graph
from av.video.frame import VideoFrame

from console.central.cameras import scenery

BT709, BT601, BT2020 = 1, 6, 9
LIMITED, FULL = 1, 2
"""As H.273 and libav number them."""


def decoded(picture, space=BT601, reach=LIMITED):
    """Give a picture (rows, columns, red, green, blue) as a decoder does, with its own padding."""
    height, width, _ = picture.shape
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format="yuv420p", dst_colorspace=space, dst_color_range=reach
    )
    frame.pts = 0
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base = Fraction(1, 25)
    encoder.colorspace, encoder.color_range = space, reach
    encoder.options = {"crf": "10", "tune": "zerolatency"}
    decoder = av.CodecContext.create("h264", "r")
    packets = [*encoder.encode(frame), *encoder.encode(None), None]
    return next(made for each in packets for made in decoder.decode(each))


def scene(width, height, seed=0, **facts):
    """Give a frame of a street."""
    return decoded(scenery.still(scenery.SCENES[seed], width, height), **facts)


def rings(width, height):
    """Give rings that become finer from the middle on, down to single pixels: grey."""
    y, x = np.mgrid[0:height, 0:width]
    wave = np.cos(np.pi / 2 * (x**2 / width + y**2 / height))
    grey = (127 + 100 * wave).astype(np.uint8)
    return np.repeat(grey[:, :, None], 3, axis=2)


def raw(width, height, seed=0):
    """Give a frame that no camera sends, of any size, all its bytes by chance."""
    chance = np.random.default_rng(seed)
    frame = VideoFrame(width, height, "yuv420p")
    for plane in frame.planes:
        plane.update(chance.integers(0, 255, plane.buffer_size, np.uint8))
    return frame


def upside_down(frame):
    """Give the same frame turned over as libav does it: its lines are told from the last one on."""
    graph = Graph()
    begin = graph.add_buffer(
        width=frame.width, height=frame.height, format=frame.format.name, time_base=Fraction(1, 25)
    )
    turn, end = graph.add("vflip"), graph.add("buffersink")
    begin.link_to(turn)
    turn.link_to(end)
    graph.configure()
    frame.pts = 0
    graph.push(frame)
    return graph.pull()
