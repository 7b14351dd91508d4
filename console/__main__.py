"""python -m console: one line of the command language, without a window.

Exit: 0 the centre accepted it, or it waits (and that is said) · 2 the line cannot be read ·
3 refused · 1 something is wrong with this installation.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from console import __version__, doctor
from console.app import Core, build_aside
from console.base.errors import BadData, Refused, SignedOut, Unreachable
from console.base.settings import Settings, read_settings, reference
from console.base.text import speak, text
from console.base.work import Inline
from console.commands import BadLine, build_registry
from console.domain.diagram import mermaid
from console.domain.plan import Outcome
from console.domain.query import parse_query
from console.domain.rows import SHAPES
from console.domain.words import Words
from console.parts import read_machines

T = TypeVar("T")
DONE, WRONG, BAD_LINE, REFUSED = 0, 1, 2, 3
SHOWN = ("no", "state", "level", "title", "call_sign", "name", "dept", "person", "words", "number")
LISTED = 100
ELSEWHERE: dict[str, str] = {
    "advise": "console.tools.advise",
    "brief": "console.tools.brief",
    "map": "console.tools.map",
    "cameras": "console.tools.cameras",
    "pages": "console.tools.pages",
    "scenes": "console.tools.scenes",
}
"""Subcommands with a module of their own, read only when asked for: main(words, settings)."""
_BARE = ("doctor", "settings", "machines", "help")
_SETTINGS = ("centre", "data", "city", "seat", "user", "language", "ca_file", "log_level")


def main(words: Sequence[str] | None = None) -> int:
    """Run what the arguments say; give the exit status."""
    asked = _parser().parse_args(words)
    if asked.words and asked.words[0] in _BARE:
        # What takes no line may have its options after it.
        first, *rest = asked.words
        asked = _parser().parse_args(rest, asked)
        asked.words = [first, *asked.words]
    try:
        arguments = {name: getattr(asked, name) for name in _SETTINGS}
        settings = read_settings(arguments, os.environ)
        speak(settings.language)
        return _run(asked, settings)
    except BadData as error:
        _say(text("cli.bad_data", file=error.file, where=error.where, why=error.why))
        return WRONG
    except BadLine as error:
        _say(text(error.key, **error.args_by_name))
        return BAD_LINE
    except Refused as error:
        _say(text("cli.refused", why=text(error.key, **error.args_by_name)))
        return REFUSED


def _run(asked: argparse.Namespace, settings: Settings) -> int:
    words: list[str] = asked.words
    quiet: dict[str, Callable[[], str]] = {
        "settings": lambda: reference(settings),
        "machines": _machines,
        "help": _help,
    }
    if not words:
        _parser().print_help(sys.stdout)
        return BAD_LINE
    if words[0] in quiet:
        _say(quiet[words[0]]().rstrip())
        return DONE
    if words[0] == "doctor":
        return _doctor(settings)
    if words[0] in ELSEWHERE:
        part: Any = importlib.import_module(ELSEWHERE[words[0]])
        return int(part.main(words[1:], settings))
    core = build_aside(settings, Inline())
    try:
        return _at_core(core, settings, words, asked.password_file)
    except BadLine as error:
        _say(Words(core).refused(error))
        return BAD_LINE
    except Refused as error:
        _say(text("cli.refused", why=Words(core).refused(error)))
        return REFUSED
    finally:
        core.close()


def _at_core(core: Core, settings: Settings, words: Sequence[str], password_file: str) -> int:
    if list(words) in (["outbox"], ["outbox", "list"]):
        return _outbox(core, words[1:])
    up = _sit(core, settings, password_file) and _sync(core)
    if words[0] == "outbox":
        return _outbox(core, words[1:])
    if words[0] == "list":
        return _list(core, words[1:])
    return _line(core, _joined(words), up=up)


def _sit(core: Core, settings: Settings, password_file: str) -> bool:
    """Let somebody sit here; tell whether the centre was there."""
    if settings.user and password_file:
        if core.resume() and core.person.user == settings.user:
            return True
        password = Path(password_file).read_text("utf-8").rstrip("\r\n")
        signed = _result(core.sign_in(settings.user, password))
        if signed.offline:
            _note(text("cli.offline", user=signed.person.user))
        return not signed.offline
    if not core.resume():
        raise Refused("refused.nobody")
    return True


def _sync(core: Core) -> bool:
    """Catch up with the centre; tell whether it was there."""
    try:
        core.sync_once()
    except Unreachable as error:
        _note(text("cli.unreachable", why=text(error.why) if error.why else ""))
        return False
    except SignedOut:
        _note(text("cli.signed_out"))
        return False
    return True


def _line(core: Core, line: str, *, up: bool) -> int:
    outcome = _result(core.run(line))
    if up:
        _sync(core)
    waiting = next((w for w in core.outbox() if w.act.id == outcome.act), None)
    if waiting is None:
        _say(text("cli.accepted", done=_done(core, outcome)))
        return DONE
    if waiting.state in ("refused", "conflict"):
        _say(text("cli.refused_centre", why=Words(core).reason(waiting.key, waiting.args)))
        return REFUSED
    _say(text("cli.waiting", done=_done(core, outcome)))
    return DONE


def _done(core: Core, outcome: Outcome) -> str:
    words = Words(core)
    lines = [words.notice(outcome.notice)]
    lines += [f"  {words.notice(w)}" for w in outcome.plan.warnings]
    # As they are now: the centre has given its numbers.
    records = [core.get(*change.key) or change.after for change in outcome.plan.changes]
    for record in records:
        state = text(f"state.{record.kind}.{record.state}")
        lines.append(f"  {record.kind} {record.id} {getattr(record, 'no', '')} {state}")
    return "\n".join(lines)


def _outbox(core: Core, words: Sequence[str]) -> int:
    match list(words):
        case [] | ["list"]:
            for each in core.outbox():
                why = Words(core).reason(each.key, each.args)
                state = text(f"outbox.{each.state}")
                _say(f"{each.act.id}  {state}  {each.act.by}  {each.act.line}  {why}".rstrip())
        case ["retry", act]:
            _result(core.retry(act))
            _sync(core)
        case ["let-go", act, *reason] if reason:
            _result(core.let_go(act, " ".join(reason)))
        case _:
            raise BadLine("cli.outbox_usage", 0)
    return DONE


def _list(core: Core, words: Sequence[str]) -> int:
    """List a queue by its key, or a kind and a query: ``list task state:issued``."""
    line = " ".join(words)
    queue = core.queues.get(line or next(iter(core.queues)))
    if queue is not None:
        query = queue.query
    else:
        kind, _, where = line.partition(" ")
        query = parse_query(kind, where) if kind in SHAPES else parse_query("incident", line)
    shape = SHAPES[query.kind]
    rows = core.find(query)
    for row in rows[:LISTED]:
        shown = [str(row[shape.index(n)]) for n in SHOWN if n in shape.types]
        _say("  ".join([str(row[0]), *(s for s in shown if s)]))
    _say(text("cli.listed", count=len(rows)))
    return DONE


def _doctor(settings: Settings) -> int:
    failed = False
    for finding in doctor.examine(settings, lambda: build_aside(settings, Inline())):
        failed = failed or finding.standing == doctor.FAIL
        _say(f"{text(f'doctor.standing.{finding.standing}')}  {finding.words}")
    return WRONG if failed else DONE


def _machines() -> str:
    return "\n".join(
        f"## {text(f'kind.{m.kind}')} ({m.kind})\n\n```mermaid\n{mermaid(m)}```\n"
        for m in read_machines().values()
    )


def _help() -> str:
    commands = build_registry(read_machines()).commands.values()
    return "\n".join(f"{c.name:26} {c.title}  {c.usage}" for c in commands if not c.window)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("console", description=text("cli.description"))
    parser.add_argument("--version", action="version", version=__version__)
    for name in _SETTINGS:
        parser.add_argument(f"--{name.replace('_', '-')}", help=text(f"setting.{name}"))
    parser.add_argument("--password-file", default="", help=text("cli.password_file"))
    parser.add_argument("words", nargs=argparse.REMAINDER, help=text("cli.words"))
    return parser


def _joined(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{w}"' if " " in w or "\u3000" in w else w for w in words)


def _result(future: "Future[T]") -> T:
    return future.result()


def _note(words: str) -> None:
    sys.stderr.write(words + "\n")


def _say(words: str) -> None:
    try:
        sys.stdout.write(words + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has gone (`| head`): nothing more is to be said, and the rest is quiet too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
