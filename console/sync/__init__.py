"""Keeps the cache and the centre in step."""
