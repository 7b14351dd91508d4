"""A scene's plans: those at work with their steps, the others on paper; and its types' limits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from console.base.text import text
from ui.kit.gaugetile import strip
from ui.kit.outfit import Outfit
from ui.kit.parts import GAP, PAD, TIGHT, Elided, Glyph, Hint, Pool, column, label, link, tone
from ui.models.scene import STEPS, PlanFacts, SceneFacts, StepFacts, TypeFacts

LIST, AT, STATE, DUE = 300, 52, 56, 72
NARROW, NARROW_LIST = 1_080, 220
"""In less room than this the types stand aside, and the plans' names have less."""
SHARES = (3, 2)
STEPS_OF = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
REHEARSE, OPEN = "r", "o"


class PlansView(QWidget):
    """Left the plans, in the middle the steps of the chosen one, right the types."""

    asked = Signal(str)

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        self._outfit = outfit
        self._facts: SceneFacts | None = None
        self._chosen = ""
        self._rehearsed: PlanFacts | None = None
        self._plans, plans = _scrolled()
        self._steps, steps = _scrolled()
        self._types, types = _scrolled()
        self._plan_pool = Pool(plans, self._entry)
        self._head, self._told = Elided("title"), Elided("second")
        self._open = link()
        self._open.clicked.connect(self._show_incident)
        self._ends = label("caption", wrap=True)
        self._do = QPushButton()
        self._do.setProperty("role", "act")
        self._do.clicked.connect(self._act)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        shares: dict[QWidget, int] = {self._head: 2, self._told: 3}
        for each in (self._head, self._told, self._open, self._do):
            head.addWidget(each, shares.get(each, 0))
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
        for area in (self._plans, self._steps):
            area.setVisible(opened)
        self._types.setVisible(opened and self.width() >= NARROW)
        if facts is None or facts.sealed:
            why, next_ = ("sealed_why", "sealed_next") if facts else ("none", "none_next")
            self._hint.say("lock" if facts else "document", *map(_said, (why, next_)))
            return
        plans = self._all()
        keys = [_key(plan) for plan in plans]
        self._chosen = self._chosen if self._chosen in keys else next(iter(keys), "")
        for entry, plan in zip(self._plan_pool.show(len(keys)), plans, strict=True):
            entry.show_plan(plan, chosen=_key(plan) == self._chosen)
        self._show_plan(self._plan())
        self._fit()
        for line, each in zip(self._type_pool.show(len(facts.types)), facts.types, strict=True):
            line.show_type(each)

    def show_rehearsal(self, plan: PlanFacts) -> None:
        """Show a plan that was walked through, before the others of its scene."""
        self._rehearsed, self._chosen = plan, _key(plan)
        self.show_scene(self._facts)

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
        for each in (self._head, self._told, self._open, self._do, self._ends):
            each.setVisible(plan is not None)
        if plan is None:
            self._step_pool.show(0)
            return
        self._head.show_words(f"{plan.name}  {plan.level}")
        self._told.show_words(plan.told)
        self._ends.setText(plan.ends)
        self._open.setVisible(bool(plan.incident))
        self._open.setText(text("scene.open_incident"))
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go through the plans, Return starts or ends one, r walks one through."""
        keys = [_key(plan) for plan in self._all()]
        plan, by = self._plan(), STEPS_OF.get(event.key(), 0)
        if by and keys:
            at = keys.index(self._chosen) + by if self._chosen in keys else 0
            self._choose(keys[max(0, min(at, len(keys) - 1))])
            self._plan_pool.all[keys.index(self._chosen)].setFocus()
        elif plan is not None and event.text().lower() == REHEARSE:
            self.asked.emit(f"plan.rehearse {plan.plan}")
        elif plan is not None and plan.incident and event.text().lower() == OPEN:
            self._show_incident()
        else:
            super().keyPressEvent(event)

    def _all(self) -> tuple[PlanFacts, ...]:
        """Give the plans of the scene that is shown, what was walked through of it first."""
        plans = self._facts.plans if self._facts else ()
        walked = self._rehearsed
        own = walked is not None and any(p.plan == walked.plan for p in plans)
        return (walked, *plans) if walked is not None and own else plans

    def _plan(self) -> PlanFacts | None:
        return next((p for p in self._all() if _key(p) == self._chosen), None)

    def _show_incident(self) -> None:
        plan = self._plan()
        if plan is not None:
            self.asked.emit(f"card.open {plan.incident}")

    def _act(self) -> None:
        plan = self._plan()
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
        said = "done" if plan.id else "walked" if plan.rehearsed else "paper"
        self._count.setText(text(f"scene.{said}", done=plan.done, all=len(plan.steps)))
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
        line.addWidget(self._dept, 2)
        line.addWidget(self._action, 5)
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
    return plan.id or (f"~{plan.plan}" if plan.rehearsed else plan.plan)


def _said(key: str) -> str:
    return text(f"scene.{key}")


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
