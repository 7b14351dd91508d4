"""The bands of confidence, as data: dispatch by itself, let a person confirm, or ask a person."""

from typing import Literal, TypeAlias

from msgspec import Struct

from console.advise.model import Judged
from console.base import resources
from console.base.errors import BadData
from console.base.shape import shaped

FILE = "advice.toml"
BandName: TypeAlias = Literal["automatic", "confirm", "ask", "unknown"]


class Bands(Struct, frozen=True, forbid_unknown_fields=True):
    """From which confidence on a label is taken by itself, or put to a person."""

    automatic: float
    confirm: float

    @property
    def pair(self) -> tuple[float, float]:
        return self.automatic, self.confirm

    def of(self, judged: Judged) -> BandName:
        """Give the band of advice; what is not known has its own."""
        if not judged.known:
            return "unknown"
        sure = judged.picks[0].confidence
        if sure >= self.automatic:
            return "automatic"
        return "confirm" if sure >= self.confirm else "ask"


def read_bands() -> Bands:
    """Read the bands; BadData when they are not in order."""
    bands = shaped(resources.table(FILE)["bands"], Bands, FILE)
    if not 0 < bands.confirm <= bands.automatic <= 1:
        raise BadData(FILE, "bands", "confirm is to be above 0 and not above automatic")
    return bands
