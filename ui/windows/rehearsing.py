"""plan.rehearse at the desk: a plan is walked through on paper, before it is started or saved."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from console.app import Core
from console.domain.changes import Key
from ui.kit.notices import Notices
from ui.models.news import Answers
from ui.models.rehearsal import walk
from ui.models.scene import PlanFacts
from ui.windows.hands import Hands
from ui.windows.panels import Panels


class Rehearsing(QObject):
    """Reads on a caller, and shows it among the plans of its scene."""

    def __init__(
        self, core: Core, panels: Panels, hands: Hands, notices: Notices,
        selected: Callable[[], Key | None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._core = core
        self._panels = panels
        self._hands = hands
        self._selected = selected
        self._answers = Answers(notices.failed, self)

    def run(self, args: Mapping[str, str]) -> None:
        """Walk the plan through that was named, or that the selected incident asks for."""
        core, selected = self._core, self._selected()
        said, file = args.get("plan", ""), args.get("file", "")
        asked = core.work.call(lambda: walk(core, said, selected, file))
        self._answers.ask("rehearse", asked, self._show)

    def _show(self, walked: tuple[str, PlanFacts]) -> None:
        scene, facts = walked
        if self._panels.scene.scene != scene:
            self._hands.open_scene(scene)
        self._panels.plans.show_rehearsal(facts)
        self._panels.docks["plans"].bring()
