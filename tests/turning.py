"""A camera that turns, and a way to it that notes what it was told."""

from console.domain.access import system
from console.domain.record import Act, Step

CODE = "32010200001310000001"
CAMERA = f"cam-{CODE}"


class Way:
    def __init__(self):
        self.came = []

    def knows(self, camera):
        return camera == CODE

    def steer(self, camera, wish):
        self.came.append(wish)


def enrol(centre):
    """Put the camera on a centre's list."""
    args = {"scope": "320102", "code": CODE, "name": "球机", "ptz": True}
    step = Step(kind="camera", record=CAMERA, verb="enrol", args=args)
    centre.load([Act(id="a", steps=(step,), by="system", at=centre.clock.now())], system())
