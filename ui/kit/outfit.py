"""What every view of a seat shares: its look, drawings, columns, and how cells are written."""

from dataclasses import dataclass

from ui.kit.icons import Icons
from ui.kit.theme import Look
from ui.models.columns import Setting, Sheet


@dataclass(frozen=True, slots=True)
class Outfit:
    """Given to each view beside the core: ``View(core, outfit)``."""

    look: Look
    icons: Icons
    sheet: Sheet
    setting: Setting
