"""The head of one ONVIF camera: turns, stops and goes to places as hands wish it."""

import threading

from console.base.errors import Refused
from console.domain.steering import Motion, Place
from console.video.onvif import ptz
from console.video.onvif.device import Device
from console.video.onvif.words import Ask


class Head:
    """One camera's head. May be called from any thread; its wishes are done one after the other.

    ``profile``: the token of the profile to turn, "": the first that can be turned.
    """

    def __init__(self, device: Device, profile: str = "") -> None:
        self._device = device
        self._wanted = profile
        self._at: tuple[str, str] | None = None
        """Where its PTZ service is, and for which profile; None: to be asked."""
        self._lock = threading.Lock()

    def steer(self, wish: Motion | Place) -> None:
        """Do what is wished.

        Refused (it cannot, or says no), Unreachable, BadData (what it says is none of ONVIF).
        """
        if isinstance(wish, Motion) and (wish.focus or wish.iris):
            raise Refused("refused.onvif_lens")
        with self._lock:
            try:
                self._steer(wish, *self._found())
            except Refused:
                self._at = None  # it may have been set up otherwise meanwhile
                raise

    def close(self) -> None:
        self._device.close()

    # ---- inside

    def _steer(self, wish: Motion | Place, service: str, profile: str) -> None:
        if isinstance(wish, Motion):
            ask = ptz.stop(profile) if wish.still else ptz.move(profile, wish)
        else:
            known = self._device.ask(service, ptz.presets(profile), ptz.read_presets)
            ask = _placed(wish, profile, ptz.of_number(known, wish.number))
        self._device.ask(service, ask, ptz.read_done)

    def _found(self) -> tuple[str, str]:
        if self._at is None:
            services = self._device.services()
            if not services.ptz:
                raise Refused("refused.onvif_fixed")
            self._at = services.ptz, self._wanted or self._turnable(services.media)
        return self._at

    def _turnable(self, media: str) -> str:
        profiles = self._device.profiles(media)
        found = next((each.token for each in profiles if each.ptz), "")
        if not found:
            raise Refused("refused.onvif_fixed")
        return found


def _placed(wish: Place, profile: str, known: ptz.Preset | None) -> Ask:
    if wish.do == "save":
        return ptz.save(profile, wish.number, known)
    if known is None:
        raise Refused("refused.onvif_preset", number=wish.number)
    return ptz.call(profile, known) if wish.do == "call" else ptz.drop(profile, known)
