"""The demo city's cameras: real pictures over real RTSP, some of them in trouble."""
