"""Reads live video over RTSP by TCP: so that one thread reads many cameras, picture by picture."""
