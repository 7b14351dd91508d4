"""A plan's steps beside a large picture: what is to be done now, by whom, and how it stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from console.base.text import text
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, TIGHT, Elided, Glyph, Pool, column, label, tone
from ui.models.scene import STEPS, PlanFacts, StepFacts

WIDTH = 340


class StepsBeside(QWidget):
    """Shows the plan of one incident; nothing where there is none. ``asked`` gives a line."""

    asked = Signal(str)

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._incident = ""
        self._facts: PlanFacts | None = None
        self._head, self._told = label("title", wrap=True), label("second", wrap=True)
        self._ends, self._start = label("caption", wrap=True), QPushButton()
        self._start.setProperty("role", "act")
        self._start.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._start.clicked.connect(self._begin)
        inner = QWidget()
        steps, rows = column(inner, gap=0), QVBoxLayout()
        rows.setSpacing(GAP)
        steps.addLayout(rows)
        steps.addStretch(1)
        self._steps: Pool[_Step] = Pool(rows, lambda: _Step(outfit))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        whole = column(self, pad=PAD, gap=GAP)
        for each in (self._head, self._told):
            whole.addWidget(each)
        whole.addWidget(area, 1)
        whole.addWidget(self._ends)
        whole.addWidget(self._start)
        self.hide()

    def show_plan(self, incident: str, facts: PlanFacts | None) -> None:
        """Show the plan of an incident (its id); None: hide."""
        self._incident, self._facts = incident, facts
        self.setVisible(facts is not None)
        if facts is None:
            return
        running = bool(facts.id)
        done = text("wall.steps_done", done=facts.done, all=len(facts.steps)) if running else ""
        self._head.setText(f"{facts.name}  {done}".rstrip())
        self._told.setText(facts.told)
        self._ends.setText(facts.ends)
        self._start.setVisible(not running)
        self._start.setText(text("verb.incident.activate"))
        for line, step in zip(self._steps.show(len(facts.steps)), facts.steps, strict=True):
            line.show_step(step, running=running)

    def _begin(self) -> None:
        if self._facts is not None:
            self.asked.emit(f"incident.activate {self._incident} {self._facts.plan}")


class _Step(QFrame):
    """One step, in two lines: when, how it stands and by when; who, and what."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._glyph, self._stands = Glyph(outfit), label("caption")
        self._due, self._dept, self._action = label("caption"), Elided("second"), label(wrap=True)
        first = QHBoxLayout()
        first.setSpacing(TIGHT)
        for each in (self._glyph, self._stands):
            first.addWidget(each)
        first.addWidget(self._dept, 1)
        first.addWidget(self._due)
        whole = column(self, gap=0)
        whole.addLayout(first)
        whole.addWidget(self._action)

    def show_step(self, step: StepFacts, *, running: bool) -> None:
        """Show a step; on paper nothing stands anywhere yet."""
        glyph, role = STEPS[step.stands]
        self._glyph.show_shape(glyph, role)
        self._glyph.setVisible(running)
        stands = text(f"scene.step.{step.stands}") if running else f"T+{step.at}"
        self._stands.setText(stands)
        tone(self._stands, role if running else "text.caption")
        self._dept.show_words(step.dept)
        self._due.setText(step.due)
        self._action.setText(step.action)
