"""Doors to the outside. Only here is HTTP spoken."""
