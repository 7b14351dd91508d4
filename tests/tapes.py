"""Kept minutes for tests: a vault of its own, and what lies in it."""

from console.video import vault as vaults
from console.video.vault import Vault

CAMERA = "cam-32010200001310000001"
KEY = vaults.key_of(b"k" * 32)


def sealed(folder, **facts):
    """Give a vault in a folder that uses whatever the disk has."""
    return Vault(folder=str(folder), **({"key": KEY, "spare": 0} | facts))


def kept(vault, camera=CAMERA):
    """Give every segment that is kept of a camera."""
    return vaults.segments(vault, camera, 0, 2**50)
