"""What only a window can do: the commands that look, choose and arrange, and change no record."""

from collections.abc import Callable, Mapping

from console.app import Core
from console.base.errors import Refused
from console.base.text import LANGUAGES, speak, table, text
from console.commands import Call
from console.domain.changes import Key
from ui.kit import theme
from ui.kit.notices import Notices
from ui.kit.outfit import Outfit
from ui.kit.sound import Sounds
from ui.windows.layout import Layout
from ui.windows.panels import Panels
from ui.windows.paper import Paper

Args = Mapping[str, str]
ASIDE = "aside"
"""The queue of what the centre could not read."""
WHOLE = "underway"
"""The queue of every open incident: a scene's is a part of it."""


class Hands:
    """Does the commands that are marked ``window``; ``leave`` does those of the whole seat."""

    def __init__(
        self,
        core: Core,
        outfit: Outfit,
        panels: Panels,
        layout: Layout,
        notices: Notices,
        sounds: Sounds,
    ) -> None:
        self._core = core
        self._outfit = outfit
        self._panels = panels
        self._layout = layout
        self._notices = notices
        self._sounds = sounds
        self._done: dict[str, Callable[[Args], None]] = {
            "queue.open": self._open_queue,
            "aside.list": lambda _args: self.open_queue(ASIDE),
            "queue.filter": self._filter,
            "queue.by": lambda args: panels.queue.facets.open(args["facet"]),
            "select.next": lambda _args: self._step(1),
            "select.previous": lambda _args: self._step(-1),
            "scene.open": self._open_scene,
            "scene.close": lambda _args: self._leave_scene(),
            "scene.next": lambda _args: self._step_scene(1),
            "scene.previous": lambda _args: self._step_scene(-1),
            "find.focus": lambda _args: panels.queue.focus_filter(),
            "line.focus": self._focus_line,
            "palette.open": self._focus_line,
            "card.tab": self._go_to,
            "outbox.open": lambda _args: self._bring("outbox"),
            "indicator.open": self._open_indicator,
            "indicator.give": self._give,
            "vitals.explain": lambda _args: self._explain(),
            "panel.toggle": self._toggle,
            "layout.save": self._save,
            "layout.restore": self._restore,
            "theme.set": self._wear,
            "language.set": self._speak,
            "sound.toggle": lambda _args: self._sound(),
        }

    def add(self, name: str, does: Callable[[Args], None]) -> None:
        """Let another do a command: those that need more than the panels."""
        self._done[name] = does

    def write_briefs(self, selected: Callable[[], Key | None]) -> None:
        """Let briefs be written, of what is selected when no word says of what."""
        paper = Paper(self._core, self._notices, self.found, selected, self._notices)
        self._done |= paper.does

    def do(self, call: Call) -> None:
        """Do a command; Refused when this window cannot."""
        does = self._done.get(call.command.name)
        if does is None:
            raise Refused("refused.window", command=call.command.title)
        if call.command.name == "theme.set" and not (call.words or call.named):
            self._wear({"theme": _other(self._outfit.look.theme.name)})
            return
        does({name: _meant(call, name, word.text) for name, word in call.bound().items()})

    def found(self, said: str) -> Key:
        """Find the record that a word means: its id, or the last figures of its number."""
        for kind in ("incident", "warning"):
            if self._core.get(kind, said) is not None:
                return kind, said
        plan = self._core.plan(f"incident.note {said} -")
        return plan.changes[0].key

    def open_queue(self, key: str) -> None:
        queue = self._core.queues.get(key)
        if queue is None:
            raise Refused("refused.no_such", kind="queue", word=key)
        self._panels.queue.open(queue)
        self._panels.rail.mark(key)

    def open_scene(self, scene: str) -> None:
        """Show a scene: its head over its own queue, its plans at the foot."""
        self.open_queue(WHOLE)
        self._panels.queue.narrow(f"scene:{scene}")
        self._panels.scene.open(scene)
        self._panels.docks["plans"].bring()
        self._panels.queue.focus_rows()

    def _open_scene(self, args: Args) -> None:
        said = args.get("scene", "")
        scenes = self._core.scenes
        if not said:
            said = self._panels.scene.scene or next(iter(scenes))
        if said not in scenes:
            found = [c.shown for c in self._core.complete(f"scene.open {said}")[:1]]
            meant = (s.id for s in scenes.values() if found and found[0] in (s.name, s.name_en))
            said = next(meant, said)
        if said not in scenes:
            raise Refused("refused.no_such", kind="scene", word=said)
        self.open_scene(said)

    def _step_scene(self, by: int) -> None:
        """Show the scene before or after the one that is open, round and round."""
        known, shown = list(self._core.scenes), self._panels.scene.scene
        at = known.index(shown) + by if shown in known else 0
        self.open_scene(known[at % len(known)])

    def _explain(self) -> None:
        self._panels.docks["gauges"].bring()
        self._panels.gauges.explain()

    def _leave_scene(self) -> None:
        self._panels.scene.leave()
        self._panels.plans.show_scene(None)
        self._panels.queue.narrow("")

    def _open_queue(self, args: Args) -> None:
        said = args["queue"]
        names = {text(f"queue.{key}"): key for key in self._core.queues}
        self._panels.scene.leave()
        self.open_queue(names.get(said, said))
        if args.get("where"):
            self._panels.queue.narrow(args["where"])
        self._panels.queue.focus_rows()

    def _filter(self, args: Args) -> None:
        self._panels.queue.narrow(args.get("where", ""))

    def _step(self, by: int) -> None:
        self._panels.queue.step(by)

    def _focus_line(self, args: Args) -> None:
        if args.get("line"):
            # A command alone is ready for its first word.
            words = args["line"]
            self._panels.line.prefill(words if " " in words else f"{words} ")
        self._panels.line.focus()

    def _go_to(self, args: Args) -> None:
        self._panels.docks["card"].bring()
        self._panels.shown.go_to(args["tab"])

    def _bring(self, name: str) -> None:
        dock = self._panels.docks[name]
        dock.bring()
        dock.view.setFocus()

    def _open_indicator(self, args: Args) -> None:
        said = args.get("indicator", "")
        self._panels.gauges.open_on(self._indicator(said) if said else "")
        self._bring("gauges")

    def _give(self, args: Args) -> None:
        """Give a value by hand, in the name of who sits here; it waits while the line is away."""
        try:
            value = float(args["value"])
        except ValueError:
            raise Refused("line.number", word=args["value"], position=0) from None
        indicator = self._indicator(args["indicator"])
        self._core.gauges.give(indicator, value)
        self._notices.say("gauges.given", topic="gauges")

    def _indicator(self, said: str) -> str:
        """Give the id of the indicator that a word means."""
        known = self._core.gauges.known
        named = [of for of, each in known.items() if said in (of, each.name, each.name_en)]
        if len(named) != 1:
            raise Refused("refused.no_such", kind="indicator", word=said)
        return named[0]

    def _toggle(self, args: Args) -> None:
        dock = self._panels.docks.get(args["panel"])
        if dock is None:
            raise Refused("refused.no_such", kind="panel", word=args["panel"])
        if dock.isVisible():
            dock.close()
        else:
            dock.bring()

    def _save(self, args: Args) -> None:
        self._layout.save(args.get("name", ""))
        self._notices.say("layout.saved")

    def _restore(self, args: Args) -> None:
        name = args.get("name", "")
        if not name:
            self._layout.reset()
        elif not self._layout.restore(name):
            raise Refused("refused.no_such", kind="layout", word=name)

    def _wear(self, args: Args) -> None:
        if args["theme"] not in theme.names():
            raise Refused("refused.no_such", kind="theme", word=args["theme"])
        self._core.keep("look/theme", args["theme"].encode())
        self._outfit.look.wear(theme.read(args["theme"]))

    def _speak(self, args: Args) -> None:
        speak(args["language"])
        self._core.keep("look/language", args["language"].encode())
        self._outfit.look.changed.emit()

    def _sound(self) -> None:
        self._sounds.on = not self._sounds.on
        self._notices.say("sound.on" if self._sounds.on else "sound.off", topic="sound")


def _other(worn: str) -> str:
    """Give the theme that comes after the one that is worn."""
    known = theme.names()
    return known[(known.index(worn) + 1) % len(known)]


def _meant(call: Call, name: str, said: str) -> str:
    """Give the value that a choice's word stands for, in any language."""
    if call.command.takes[name].type != "choice":
        return said
    head = f"choice.{name}."
    for language in LANGUAGES:
        for key, words in table(language).items():
            if key.startswith(head) and words == said:
                return key.removeprefix(head)
    return said
