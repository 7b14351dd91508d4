"""A form for a command, made from what the command takes; it previews, keeps a draft, and sends.

A draft is kept a moment after each edit and dropped when the act is made: a crash loses nothing.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from console.app import Core
from console.base.errors import Refused
from console.base.text import text
from console.domain.changes import Key
from console.domain.draft import NOBODY, draft_name
from console.domain.plan import Candidate
from console.domain.words import Words
from ui.kit.editors import Editor, editor_of
from ui.kit.formparts import FormFrame
from ui.kit.outfit import Outfit
from ui.kit.parts import label
from ui.kit.suggested import Suggested
from ui.models import extras, mask
from ui.models import form as model
from ui.models.amend import CHANGES, Amend
from ui.models.form import Field
from ui.models.news import Answers
from ui.models.palette import Preview, preview

PREVIEW_MS, KEEP_MS = 220, 500
CONFLICT = "conflict.field"
OURS = {int(Qt.Key.Key_Escape), int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)}


class CommandForm(FormFrame):
    """Asks for what a command takes. Esc keeps what was written; Ctrl+Enter sends."""

    done = Signal(object)
    changed = Signal(object)
    left = Signal()
    failed = Signal(object)

    def __init__(
        self, core: Core, outfit: Outfit, command: str, record: Key | None = None,
        given: Mapping[str, str] | None = None, act: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self._core = core
        self._outfit = outfit
        self._words = Words(core)
        self._command = core.commands.get(command)
        self._record = record if self._command.target else None
        self._act = act
        self._forms = model.read()
        self._spec = self._forms.form.get(command, model.Form())
        self._asked = model.fields(core, self._command, self._forms)
        of = record[1] if self._record and record else NOBODY
        self._draft_name = draft_name(command, act or of)
        self._amend = self._amended()
        self._answers = Answers(self._fail, self)
        self._editors: dict[str, Editor] = {}
        self._errors: dict[str, QLabel] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._own: set[str] = set()
        self._sending = False
        self._build()
        self._base = tuple(self._asked)
        self._preview_soon = self._timer(PREVIEW_MS, self._ask_preview)
        self._keep_soon = self._timer(KEEP_MS, self._keep)
        self._fill(given or {})

    # ---- for its window --------------------------------------------------------------------------

    @property
    def command(self) -> str:
        return self._command.name

    def values(self) -> dict[str, str]:
        """Give what is written; of what is only to be amended, what differs from what is."""
        values = {name: editor.value() for name, editor in self._editors.items()}
        return self._amend.changed(values) if self._amend else values

    @property
    def advised(self) -> bool:
        """Tell whether what is written here tells of a case."""
        return bool(self._spec.suggest)

    def take(self, values: Mapping[str, str]) -> None:
        """Take values that were offered and accepted."""
        for name, value in values.items():
            if name in self._editors:
                self._editors[name].set_value(value)
                self._edited(name)

    def suggest(self, types: Sequence[str] | None) -> None:
        """Offer the types that the advice says; nothing: it has no answer; None: it is to come."""
        self._suggestions.advise(types)

    def line(self) -> str:
        return self._said().line

    def focus(self) -> None:
        """Go to the first field that is empty."""
        names = [f.name for f in self._asked if not f.more]
        empty = (n for n in names if not self._amend and not self._editors[n].value())
        first = next(empty, names[0] if names else "")
        if first:
            self._editors[first].setFocus(Qt.FocusReason.OtherFocusReason)

    def send(self) -> None:
        """Do what the form says; what is wrong stands beside its field."""
        if self._sending:
            return
        self._clear_errors()
        lacking = model.missing(self._asked, self.values())
        if self._unchanged():
            self.show_lines([(text("form.unchanged"), "warning")])
            return
        if lacking:
            for field in lacking:
                self._show_error(field.name, text("form.required"))
            self._editors[lacking[0].name].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._sending = True
        self.submit.setEnabled(False)
        line, selected = self._said().line, self._record
        if not self._act:
            self._answers.ask("send", self._core.run(line, selected), self._sent)
            return
        planned = self._core.work.call(lambda: self._core.plan(line, selected))
        self._answers.ask(
            "send", planned,
            lambda plan: self._answers.ask(
                "send", self._core.edit(self._act, plan.steps), self._sent
            ),
        )  # fmt: skip

    def leave(self) -> None:
        """Step out; what was written is kept."""
        if self._keep_soon.isActive():
            self._keep()
        self.left.emit()

    # ---- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.forget.clicked.connect(self._forget_draft)
        self._suggestions = Suggested()
        self._suggestions.chosen.connect(self._take_type)
        for field in self._asked:
            self._add(field)
        self.more.clicked.connect(lambda: self._show_more(on=not self._more_shown))
        self._more_shown = False
        self.submit.clicked.connect(self.send)
        self.away.clicked.connect(self.leave)
        self._show_more(on=False)
        self.retranslate()

    def _add(self, field: Field) -> None:
        editor = editor_of(field, self._outfit, self._ask_ways)
        name = label("second")
        name.setText(field.label + (text("form.mark") if field.required else ""))
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, 5, 0, 0)
        name.setBuddy(editor)
        error = label("danger", wrap=True)
        error.hide()
        at = self.grid.rowCount()
        self.grid.addWidget(name, at, 0)
        self.grid.addWidget(editor, at, 1)
        self.grid.addWidget(error, at + 1, 1)
        if field.type == "type" and self._spec.suggest:
            self.grid.addWidget(self._suggestions, at + 2, 1)
        editor.edited.connect(lambda: self._edited(field.name))
        editor.setAccessibleName(field.label)
        self._watch(editor)
        self._editors[field.name] = editor
        self._errors[field.name] = error
        self._rows[field.name] = (name, editor)

    def _watch(self, editor: Editor) -> None:
        """See the keys that are the form's before the field takes them."""
        for each in (editor, *editor.findChildren(QWidget)):
            each.installEventFilter(self)

    def _amended(self) -> Amend | None:
        edits, record = self._spec.edits, self._record
        return Amend(self._core, record, edits) if record and edits else None

    def _timer(self, ms: int, job: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(job)  # pyright: ignore[reportArgumentType]
        return timer

    def retranslate(self) -> None:
        self.heading.setText(self._command.title)
        target = self._words.record(*self._record) if self._record else ""
        self.target.setText(target)
        self.target.setVisible(bool(target))
        self.submit.setText(text("form.resend" if self._act else "form.send"))
        self.away.setText(text("form.leave"))
        self.forget.setText(text("form.forget"))
        self._write_more()

    def _show_more(self, *, on: bool) -> None:
        self._more_shown = on
        for field in self._asked:
            shown = on or not field.more or bool(self._editors[field.name].value())
            name, editor = self._rows[field.name]
            editor.setVisible(shown)
            name.setVisible(shown and field.look != "flag")
        self._write_more()

    def _write_more(self) -> None:
        n = sum(field.more for field in self._asked)
        self.more.setText(text("form.fewer" if self._more_shown else "form.more", n=n))
        self.more.setVisible(n > 0)

    # ---- filling in ------------------------------------------------------------------------------

    def _fill(self, given: Mapping[str, str]) -> None:
        draft = model.unpack(self._core.kept(self._draft_name))
        filled = draft.values if draft else given
        if self._amend:
            filled = self._amend.filled(filled)
        self._ask_extras(filled.get("type", ""))
        for name, value in filled.items():
            if name in self._editors:
                self._editors[name].set_value(value)
                self._own.add(name)
        self.drafted.setVisible(draft is not None)
        self.forget.setVisible(draft is not None)
        if draft is not None:
            self.drafted.setText(text("form.restored", at=self._words.second(draft.at)))
        self._show_more(on=False)
        self._look_again()

    def _edited(self, name: str) -> None:
        self._own.add(name)
        self._show_error(name, "")
        value = self._editors[name].value()
        for title, source in self._spec.follow.items():
            if source == name and title not in self._own:
                self._editors[title].set_value(model.followed(value))
        if name == "type":
            self._suggestions.want(on=not value)
            self._ask_extras(value)
        self._keep_soon.start()
        self._look_again()

    def _ask_extras(self, type: str) -> None:
        """Ask for what a type has of its own too; what both types have stays as it is written."""
        wanted = extras.fields(self._core, self._command, type)
        names = {field.name for field in wanted}
        for name in [n for n in self._editors if n.startswith(extras.HEAD) and n not in names]:
            for each in (*self._rows.pop(name), self._errors.pop(name)):
                each.hide()
                each.deleteLater()
            del self._editors[name]
        for field in wanted:
            if field.name not in self._editors:
                self._add(field)
        self._asked = [*self._base, *wanted]

    def _look_again(self) -> None:
        self._preview_soon.start()
        self.changed.emit(self.values())

    def _keep(self) -> None:
        self._keep_soon.stop()
        values = {n: v for n, v in self.values().items() if v}
        self._core.keep(self._draft_name, model.pack(self._core.clock.now(), values))

    def _forget_draft(self) -> None:
        self._core.drop(self._draft_name)
        shown = self._amend.filled({}) if self._amend else {}
        for name, editor in self._editors.items():
            editor.set_value(shown.get(name, ""))
        self._own.clear()
        self.drafted.hide()
        self.forget.hide()
        self._clear_errors()
        self.focus()

    def _ask_ways(self, name: str, typed: str, then: object) -> None:
        target = f" {self._record[1]}" if self._record else ""
        line, selected = f"{self._command.name}{target} --{name} {typed}", self._record
        found = self._core.work.call(lambda: self._core.complete(line, selected))

        def show(ways: list[Candidate]) -> None:
            then(ways)  # pyright: ignore[reportCallIssue]

        self._answers.ask(f"ways/{name}", found, show)

    # ---- what it would do ------------------------------------------------------------------------

    def _said(self) -> model.Said:
        values = self.values()
        if self._amend:
            values = {CHANGES: self._amend.packed(values)} if values else {}
        values = extras.packed(values)
        return model.line_of(self._command.name, self._record[1] if self._record else "", values)

    def _unchanged(self) -> bool:
        return self._amend is not None and not self.values()

    def _ask_preview(self) -> None:
        values = self.values()
        lacking = model.missing(self._asked, values)
        if self._unchanged():
            self.show_lines([(text("form.unchanged"), "text.caption")])
        elif lacking:
            names = text("panel.and").join(field.label for field in lacking)
            self.show_lines([(text("form.lacking", names=names), "text.caption")])
        else:
            line, selected = self._said().line, self._record
            known = [name for name, value in values.items() if value]
            seen = self._core.work.call(lambda: preview(self._core, line, selected, known))
            self._answers.ask("preview", seen, self._show_preview)
        if self._spec.suggest:
            words = " ".join(values.get(name, "") for name in self._spec.suggest)
            found = self._core.work.call(lambda: model.suggested(self._core, words))
            self._answers.ask("types", found, self._suggestions.word)
            self._suggestions.want(on=not values.get("type"))

    def _show_preview(self, seen: Preview) -> None:
        refused = [(seen.refused, "warning")] if seen.refused else []
        warned = [(s.words, s.role) for s in seen.said if s.role == "warning"]
        rest = [(s.words, s.role) for s in seen.said if s.role != "warning"]
        self.show_lines([*refused, *warned, *rest])

    def _take_type(self, name: str) -> None:
        self._editors["type"].set_value(name)
        self._editors["type"].setFocus(Qt.FocusReason.OtherFocusReason)
        self._edited("type")

    # ---- what came of it -------------------------------------------------------------------------

    def _sent(self, outcome: object) -> None:
        self._sending = False
        self._keep_soon.stop()
        self._core.drop(self._draft_name)
        self.done.emit(outcome)

    def _fail(self, error: BaseException) -> None:
        was, self._sending = self._sending, False
        self.submit.setEnabled(True)
        if not was or not isinstance(error, Refused):
            self.failed.emit(error)
            return
        words = mask.words(self._words.refused(error))
        if error.key == CONFLICT and self._amend:
            # Seen now: to send it again is to write over the other's words knowingly.
            self._amend.look_again()
            words = text("form.overwrites", why=words)
        name = model.field_of(error, self._asked, self._said())
        if name:
            self._show_error(name, words)
            self._editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_lines([(words, "warning")])

    def _clear_errors(self) -> None:
        for name in self._errors:
            self._show_error(name, "")

    def _show_error(self, name: str, words: str) -> None:
        self._errors[name].setText(words)
        self._errors[name].setVisible(bool(words))
        self._editors[name].mark(wrong=bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() in OURS:
            enter = event.key() != int(Qt.Key.Key_Escape)
            if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return super().eventFilter(watched, event)
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and not self._in_a_list(watched):
                (self.send if enter else self.leave)()
                return True
        return super().eventFilter(watched, event)

    def _in_a_list(self, watched: QObject) -> bool:
        """Tell whether a list of names is open: Escape closes that first."""
        ways = getattr(watched.parent(), "ways", None)
        return ways is not None and ways.isVisible()
