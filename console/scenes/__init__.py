"""Scenes: what each field of a city's work calls its cases; read from resources/scenes."""
