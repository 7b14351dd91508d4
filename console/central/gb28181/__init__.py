"""Cameras of other platforms by GB/T 28181-2016: who registers here, and where this city registers.

``Platform`` is who others register to; ``Live`` turns what they send into streams that seats read
over RTSP; ``Lower`` is the other end: it registers upward, tells its catalogue and sends pictures.
"""
