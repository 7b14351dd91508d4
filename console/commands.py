"""The language of commands: what lines there are, how one is read, and how it may go on.

Every verb of the machines that is not hidden is a command by itself; resources/commands/
commands.toml adds those that take several steps, and those that only a window does. A command is
known by its name (``incident.accept``), its verb, its Chinese name, the initials of that name, and
by aliases. No records here: what a word stands for is found by the services.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import msgspec
from pypinyin import Style, lazy_pinyin

from console.base import resources, text
from console.base.errors import BadData, Refused
from console.base.shape import shaped
from console.domain.machine import TAKES, Machine, Verb
from console.domain.plan import Candidate
from console.domain.record import KINDS

FILE = "commands/commands.toml"
KIND_ORDER = (
    "incident", "task", "report", "plan", "instruction", "unit", "camera", "duty", "seat", "scene",
    "warning", "term", "shelf", "correction", "showing", "layout",
    "exercise", "",
)  # fmt: skip
MORE_TYPES = frozenset(("queue", "record", "indicator", "plan", "scene"))
SELECTED = "@selected"
_SPACE = " \t\n\u3000"
_QUOTES = {'"': '"', "'": "'", "\u201c": "\u201d", "\u300c": "\u300d"}
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_NAMED = re.compile(r"--([^\s=]+)(?:=(.*))?$", re.DOTALL)


class BadLine(Refused):
    """The line cannot be read: says at which character, and what was expected there."""

    def __init__(self, key: str, position: int, **args: object) -> None:
        super().__init__(key, position=position + 1, **args)
        self.position = position


@dataclass(frozen=True, slots=True)
class Argument:
    """What a command takes: a name, the type of its value, and whether it must be there."""

    name: str
    type: str
    required: bool

    @property
    def title(self) -> str:
        return text.text(f"argument.{self.name}")


@dataclass(frozen=True, slots=True)
class Command:
    """A thing that a person can do.

    ``verb``: the verb whose leave it needs. ``target``: it works on a record of its kind.
    ``window``: only a window can do it.
    """

    name: str
    kind: str = ""
    verb: str = ""
    takes: Mapping[str, Argument] = field(default_factory=dict[str, Argument])
    roles: tuple[str, ...] = ()
    target: bool = False
    window: bool = False

    @property
    def key(self) -> str:
        """Give the text key of its name."""
        if f"{self.kind}.{self.verb}" == self.name:
            return f"verb.{self.kind}.{self.verb}"
        return f"command.{self.name}"

    @property
    def title(self) -> str:
        return text.text(self.key)

    @property
    def usage(self) -> str:
        """Give what it takes as one line, what may be left out in brackets."""
        said = [a.title if a.required else f"[{a.title}]" for a in self.takes.values()]
        return " ".join(([text.text(f"kind.{self.kind}")] if self.target else []) + said)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a line, where it begins, and whether it was quoted."""

    text: str
    position: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A line that was read: its command and words, not yet what they stand for."""

    command: Command
    line: str
    words: tuple[Word, ...] = ()
    named: Mapping[str, Word] = field(default_factory=dict[str, Word])

    def bound(self, skip: int = 0) -> dict[str, Word]:
        """Give each argument its word, by name and then by place; ``skip`` words were the target.

        The last text takes all words that are left.
        """
        found = dict(self.named)
        takes = self.command.takes.values()
        # What a type has of its own is said by name alone: it has no place among the words.
        free = [a for a in takes if a.name not in found and a.type != "extra"]
        words = list(self.words[skip:])
        while words and free:
            argument = free.pop(0)
            if not free and argument.type in ("text", "fields"):
                found[argument.name], words = _rest(self.line, words), []
            else:
                found[argument.name] = words.pop(0)
        if words:
            raise BadLine("line.extra", words[0].position, word=words[0].text)
        for argument in self.command.takes.values():
            if argument.required and argument.name not in found:
                raise BadLine("line.missing", len(self.line), argument=argument.title)
        return found


def _rest(line: str, words: Sequence[Word]) -> Word:
    if any(w.quoted for w in words):
        return Word(" ".join(w.text for w in words), words[0].position)
    return Word(line[words[0].position :].partition(" --")[0].strip(), words[0].position)


class _Declared(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    verb: str = ""
    takes: dict[str, str] = {}
    roles: tuple[str, ...] = ()
    target: bool | None = None
    window: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    command: tuple[_Declared, ...]


class Registry:
    """Every command, found by any of its names."""

    def __init__(self, commands: Iterable[Command], aliases: Mapping[str, str]) -> None:
        self.commands = {c.name: c for c in commands}
        self.aliases = dict(aliases)
        self._names: dict[str, list[Command]] = {}
        for name, meant in self.aliases.items():
            if meant not in self.commands:
                raise BadData("commands/aliases.toml", name, f"no such command: {meant!r}")
            self._names[name.lower()] = [self.commands[meant]]
        for command in self.commands.values():
            for name in _names_of(command):
                if name not in self.aliases and command not in self._names.setdefault(name, []):
                    self._names[name].append(command)

    def get(self, name: str) -> Command:
        return self.commands[self.aliases.get(name, name)]

    def parse(self, line: str, kind: str = "") -> Call:
        """Read a line; of commands with the same name, that of ``kind`` is meant first."""
        words = split(line)
        if not words:
            raise BadLine("line.empty", 0)
        command, first = self._command(words[0], kind)
        free: list[Word] = list(first)
        named: dict[str, Word] = {}
        queue = iter(words[1:])
        for word in queue:
            found = None if word.quoted else _NAMED.match(word.text)
            if found is None:
                free.append(word)
                continue
            argument = self._argument(command, found[1], word.position)
            named[argument.name] = self._value(argument, found, word, queue)
        return Call(command, line, tuple(free), named)

    def complete(self, typed: str, kind: str = "", most: int = 20) -> list[Candidate]:
        """Give the commands whose names begin with, or hold, what was typed; the nearest first."""
        wanted = typed.strip().lower()
        ranked: list[tuple[int, int, str, Command]] = []
        for command in self.commands.values():
            fit = min((_fit(wanted, name) for name in self._said(command)), default=9)
            if fit < 9:
                near = 0 if command.kind == kind else 1 + KIND_ORDER.index(command.kind)
                ranked.append((fit, near, command.name, command))
        ranked.sort(key=lambda r: r[:3])
        return [
            Candidate(f"{c.name} ", c.title, f"{c.name} {c.usage}".strip(), c.name)
            for _, _, _, c in ranked[:most]
        ]

    def _said(self, command: Command) -> frozenset[str]:
        also = {a for a, meant in self.aliases.items() if meant == command.name}
        return _names_of(command) | also

    def _command(self, word: Word, kind: str) -> tuple[Command, list[Word]]:
        found = self._names.get(word.text.lower())
        if found is not None:
            return self._one(found, word, kind), []
        chinese = _CHINESE.match(word.text)
        for end in range(chinese.end() if chinese else 0, 1, -1):
            if (found := self._names.get(word.text[:end])) and end < len(word.text):
                rest = Word(word.text[end:], word.position + end)
                return self._one(found, word, kind), [rest]
        near = ", ".join(c.command for c in self.complete(word.text, kind, 3))
        raise BadLine("line.command", word.position, word=word.text, near=near or "?")

    def _one(self, found: Sequence[Command], word: Word, kind: str) -> Command:
        ranked = sorted(
            found, key=lambda c: (bool(kind) and c.kind != kind, KIND_ORDER.index(c.kind))
        )
        if len(ranked) > 1 and ranked[0].kind == ranked[1].kind:
            said = ", ".join(f"{c.name} {c.title}" for c in ranked)
            raise BadLine("line.ambiguous", word.position, word=word.text, found=said)
        return ranked[0]

    def _argument(self, command: Command, name: str, position: int) -> Argument:
        for argument in command.takes.values():
            if name in _titles(f"argument.{argument.name}") | {argument.name}:
                return argument
        known = ", ".join(f"--{a}" for a in command.takes)
        raise BadLine("line.argument", position, word=name, found=known or "-")

    def _value(
        self, argument: Argument, found: "re.Match[str]", word: Word, queue: Iterable[Word]
    ) -> Word:
        if found[2] is not None:
            return Word(found[2], word.position, quoted=True)
        if argument.type == "flag":
            return Word("yes", word.position)
        value = next(iter(queue), None)
        if value is None:
            raise BadLine("line.value_missing", word.position, argument=argument.title)
        return value


def build_registry(machines: Mapping[str, Machine]) -> Registry:
    """Make the registry from the machines and resources/commands."""
    commands = {
        f"{m.kind}.{v.name}": _of_verb(m.kind, v)
        for m in machines.values() for v in m.verbs.values() if not v.hidden
    }  # fmt: skip
    for declared in shaped(resources.table(FILE), _File, FILE).command:
        commands[declared.name] = _declared(declared, machines)
    return Registry(commands.values(), read_aliases())


def read_aliases() -> dict[str, str]:
    """Read the other names of commands."""
    table: dict[str, Any] = resources.table("commands/aliases.toml").get("alias", {})
    return {name.lower(): str(meant) for name, meant in table.items()}


def read_keys() -> dict[str, str]:
    """Read which key runs which line."""
    return {k: str(line) for k, line in resources.table("commands/keys.toml")["key"].items()}


def read_menus() -> dict[str, tuple[str, ...]]:
    """Read the menus: lists of lines, "-" for a rule between them."""
    menus: dict[str, list[str]] = resources.table("commands/menus.toml")["menu"]
    return {name: tuple(lines) for name, lines in menus.items()}


def split(line: str) -> list[Word]:
    """Cut a line into words; a quoted word may hold spaces."""
    words: list[Word] = []
    at = 0
    while at < len(line):
        if line[at] in _SPACE:
            at += 1
            continue
        start, said, quoted = at, "", False
        while at < len(line) and line[at] not in _SPACE:
            if line[at] in _QUOTES and (at == start or line[at - 1] == "="):
                end = line.find(_QUOTES[line[at]], at + 1)
                if end < 0:
                    raise BadLine("line.quote", at)
                said, at, quoted = said + line[at + 1 : end], end + 1, quoted or at == start
            else:
                said, at = said + line[at], at + 1
        words.append(Word(said, start, quoted))
    return words


@lru_cache(maxsize=8192)
def initials(name: str) -> str:
    """Give the first letters of a Chinese name as it is spoken: the part before any bracket."""
    head = re.split(r"[（(]", name)[0]
    return "".join(lazy_pinyin(head, style=Style.FIRST_LETTER)).lower()


def _titles(key: str) -> set[str]:
    return {t for lang in text.LANGUAGES if (t := text.table(lang).get(key, "").lower())}


@lru_cache(maxsize=1024)
def _names(name: str, key: str, verb: str, machine_verb: bool) -> frozenset[str]:
    chinese = text.table(text.LANGUAGES[0]).get(key, "")
    names = {name, chinese, initials(chinese), *(t for t in _titles(key) if " " not in t)}
    if machine_verb:
        names |= {verb, verb.replace("_", "-")}
    else:
        names.add(name.rpartition(".")[2])
    return frozenset(n for n in names if n)


def _names_of(command: Command) -> frozenset[str]:
    return _names(command.name, command.key, command.verb, command.key.startswith("verb."))


def _fit(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if len(wanted) > 1 and wanted in name else 9


def _arguments(takes: Mapping[str, str], where: str) -> dict[str, Argument]:
    for name, kind in takes.items():
        if kind.removesuffix("?") not in TAKES | MORE_TYPES:
            raise BadData(FILE, where, f"no such type for {name}: {kind!r}")
    return {n: Argument(n, k.removesuffix("?"), not k.endswith("?")) for n, k in takes.items()}


def _of_verb(kind: str, verb: Verb) -> Command:
    name = f"{kind}.{verb.name}"
    return Command(name, kind, verb.name, _arguments(verb.takes, name), verb.roles, target=True)


def _declared(declared: _Declared, machines: Mapping[str, Machine]) -> Command:
    kind, _, last = declared.name.partition(".")
    kind = kind if kind in KINDS else ""
    name = declared.verb or last
    verb = machines[kind].verbs.get(name) if kind in machines else None
    if kind and not declared.window and verb is None:
        raise BadData(FILE, declared.name, f"no such verb: {name!r}")
    target = bool(verb and not verb.births) if declared.target is None else declared.target
    return Command(
        declared.name, kind, verb.name if verb else "", _arguments(declared.takes, declared.name),
        declared.roles or (verb.roles if verb else ()), target=target, window=declared.window,
    )  # fmt: skip
