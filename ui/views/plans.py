"""A scene's plans: those at work with their steps, the others on paper; and its types' limits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from console.base.text import text
from ui.kit.gaugetile import strip
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, TIGHT, Elided, Glyph, Hint, Pool, column, label, tone
from ui.models.scene import STEPS, PlanFacts, SceneFacts, StepFacts, TypeFacts

LIST, AT, STATE, DUE = 300, 52, 56, 72
NARROW, NARROW_LIST = 900, 220
"""In less room than this the types stand aside, and the plans' names have less."""
SHARES = (3, 2)


class PlansView(QWidget):
    """Left the plans, in the middle the steps of the chosen one, right the types."""

    asked = Signal(str)

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._outfit = outfit
        self._facts: SceneFacts | None = None
        self._chosen = ""
        self._plans, plans = _scrolled()
        self._steps, steps = _scrolled()
        self._types, types = _scrolled()
        self._plan_pool = Pool(plans, self._entry)
        self._head, self._told = label("title"), Elided("second")
        self._ends = label("caption", wrap=True)
        self._do = QPushButton()
        self._do.setProperty("role", "act")
        self._do.clicked.connect(self._act)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        for each in (self._head, self._told, self._do):
            head.addWidget(each, 1 if each is self._told else 0)
        steps.addLayout(head)
        inner = QVBoxLayout()
        inner.setSpacing(2)
        steps.addLayout(inner)
        steps.addWidget(self._ends)
        steps.addStretch(1)
        self._step_pool = Pool(inner, lambda: StepRow(outfit))
        self._type_head = label("caption")
        types.addWidget(self._type_head)
        self._type_pool = Pool(types, lambda: TypeRow(outfit))
        self._hint = Hint(outfit)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._hint, 1)
        whole.addWidget(self._plans)
        for area, share in zip((self._steps, self._types), SHARES, strict=True):
            whole.addWidget(area, share)
        self._plans.setFixedWidth(LIST)
        strip(self)
        outfit.look.changed.connect(self.retranslate)
        self.retranslate()

    def show_scene(self, facts: SceneFacts | None) -> None:
        """Show a scene's plans and types; None: no scene is open."""
        self._facts = facts
        opened = facts is not None and not facts.sealed
        self._hint.setVisible(not opened)
        for area in (self._plans, self._steps, self._types):
            area.setVisible(opened)
        if facts is None or facts.sealed:
            why = "scene.sealed_why" if facts else "scene.none"
            self._hint.say("document", text(why), text("scene.none_next"))
            return
        keys = [_key(plan) for plan in facts.plans]
        self._chosen = self._chosen if self._chosen in keys else next(iter(keys), "")
        for entry, plan in zip(self._plan_pool.show(len(keys)), facts.plans, strict=True):
            entry.show_plan(plan, chosen=_key(plan) == self._chosen)
        self._show_plan(next((p for p in facts.plans if _key(p) == self._chosen), None))
        self._fit()
        for line, each in zip(self._type_pool.show(len(facts.types)), facts.types, strict=True):
            line.show_type(each)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < NARROW
        self._plans.setFixedWidth(NARROW_LIST if narrow else LIST)
        self._types.setVisible(not narrow and not self._plans.isHidden())

    def retranslate(self) -> None:
        self._type_head.setText(text("scene.types"))
        self.show_scene(self._facts)

    def _show_plan(self, plan: PlanFacts | None) -> None:
        for each in (self._head, self._told, self._do, self._ends):
            each.setVisible(plan is not None)
        if plan is None:
            self._step_pool.show(0)
            return
        self._head.setText(f"{plan.name}  {plan.level}")
        self._told.show_words(plan.told)
        self._ends.setText(plan.ends)
        self._do.setText(text("verb.plan.end" if plan.id else "verb.incident.activate"))
        for line, step in zip(self._step_pool.show(len(plan.steps)), plan.steps, strict=True):
            line.show_step(step)

    def _entry(self) -> "PlanEntry":
        made = PlanEntry(self._outfit)
        made.clicked.connect(lambda: self._choose(made.key))
        return made

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.show_scene(self._facts)

    def _act(self) -> None:
        plans = self._facts.plans if self._facts else ()
        plan = next((p for p in plans if _key(p) == self._chosen), None)
        if plan is not None:
            line = f"plan.end {plan.id}" if plan.id else f"incident.activate --plan {plan.plan}"
            self.asked.emit(line)


class PlanEntry(QPushButton):
    """One plan of the list: at work with how many steps are done, or on paper."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self.key = ""
        self.setProperty("role", "entry")
        self.setCheckable(True)
        self._glyph, self._name, self._count = Glyph(outfit), Elided(), label("caption")
        line = QHBoxLayout(self)
        line.setContentsMargins(GAP, 2, GAP, 2)
        line.setSpacing(TIGHT)
        line.addWidget(self._glyph)
        line.addWidget(self._name, 1)
        line.addWidget(self._count)
        self.setFixedHeight(30)

    def show_plan(self, plan: PlanFacts, *, chosen: bool) -> None:
        self.key = _key(plan)
        self.setChecked(chosen)
        self._name.show_words(plan.name)
        late = any(step.stands == "late" for step in plan.steps)
        glyph, role = STEPS["late"] if late else STEPS["work" if plan.id else "waits"]
        self._glyph.show_shape(glyph, role)
        done = text("scene.done", done=plan.done, all=len(plan.steps))
        self._count.setText(done if plan.id else text("scene.paper", all=len(plan.steps)))
        tone(self._name, "accent" if chosen else "text" if plan.id else "text.second")
        self.setAccessibleName(f"{plan.name} {self._count.text()}")


class StepRow(QFrame):
    """One step: T+minutes, who, what, by when, and how it stands."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._at, self._glyph, self._state = label("caption"), Glyph(outfit), label("caption")
        self._dept, self._action, self._due = Elided("second"), Elided(), label("caption")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        for each, width in ((self._at, AT), (self._glyph, 14), (self._state, STATE)):
            each.setFixedWidth(width)
            line.addWidget(each)
        line.addWidget(self._dept, 1)
        line.addWidget(self._action, 3)
        line.addWidget(self._due)
        self._due.setMinimumWidth(DUE)
        self._due.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_step(self, step: StepFacts) -> None:
        glyph, role = STEPS[step.stands]
        self._at.setText(f"T+{step.at}")
        self._glyph.show_shape(glyph, role)
        self._state.setText(text(f"scene.step.{step.stands}"))
        tone(self._state, role)
        self._dept.show_words(step.dept)
        self._action.show_words(step.action)
        self._due.setText(step.due)


class TypeRow(QFrame):
    """One type: its level, its name, its limits to sign, arrive and handle, and who leads."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._outfit = outfit
        self._glyph, self._name = Glyph(outfit), Elided()
        self._limits = label("second")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(TIGHT)
        line.addWidget(self._glyph)
        line.addWidget(self._name, 1)
        line.addWidget(self._limits)

    def show_type(self, each: TypeFacts) -> None:
        look = self._outfit.sheet.scale["level"].get(each.level)
        if look is not None:
            self._glyph.show_shape(look.glyph, look.role)
        self._name.show_words(each.name)
        self._limits.setText(each.limits)
        self.setToolTip(f"{each.code}  {each.lead}\n{each.trigger}")


def _key(plan: PlanFacts) -> str:
    return plan.id or plan.plan


def _scrolled() -> tuple[QScrollArea, QVBoxLayout]:
    """Give an area that scrolls, and the column in it."""
    area, inner = QScrollArea(), QWidget()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    strip(inner)
    made = column(inner, pad=PAD, gap=2)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return area, made
