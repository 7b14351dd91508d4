"""python -m console scenes: check the files of scenes, list them, walk through their plans."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from console.app import build_aside
from console.base import resources
from console.base.errors import BadData, SignedOut, Unreachable
from console.base.settings import Settings
from console.base.text import LANGUAGES, Texts, text
from console.base.work import Inline
from console.domain.city import City, read_city
from console.domain.explain import explain
from console.domain.vitals import formula_of
from console.domain.words import Words
from console.scenes.linkage import read_linkages, survey_linkages
from console.scenes.lists import Lists, read_lists
from console.scenes.own import SCENES
from console.scenes.read import read_scenes, survey
from console.scenes.rehearsal import edited, rehearse
from console.scenes.reporting import read_reporting, read_warnings
from console.scenes.scene import Scene, indicators_of
from console.scenes.starting import read_limits

DONE, WRONG, BAD_LINE = 0, 1, 2
PICTURE = ".ci/pictures/scenes/{scene}.png"
"""Where the README finds a scene's picture."""


def main(words: Sequence[str], settings: Settings) -> int:
    """Run `check [DIR]`, `list`, `explain`, `table [LANGUAGE]`, `rehearse PLAN [PLACE] [FILE]`.

    ``FILE``: a scene's file that is being edited, by its whole path. `--city C` may follow each.
    Gives the exit status.
    """
    match list(words):
        case [*before, "--city", name]:
            return main(before, replace(settings, city=name))
        case ["check", *rest] if len(rest) < 2:
            return _check(settings, rest[0] if rest else SCENES)
        case ["list"]:
            return _list(settings)
        case ["explain"]:
            return _explain(settings)
        case ["rehearse", plan, *rest] if len(rest) < 3:
            return _rehearse(settings, plan, rest)
        case ["table", *rest] if len(rest) < 2 and set(rest) <= set(LANGUAGES):
            _say(table(_city(settings), (rest or [settings.language])[0]))
            return DONE
        case _:
            sys.stderr.write(text("scenes.usage") + "\n")
            return BAD_LINE


def table(city: City, language: str) -> str:
    """Give a table, in Markdown, of what works in each scene and how to feed it."""
    lists, scenes = read_lists(), read_scenes(city)
    names = ("scene", "state", "types", "indicators", "plans", "doors")
    say = Texts(language).text
    head = [say(f"scenes.column.{name}") for name in names]
    lines = [_row(head), _row(["---"] * len(head))]
    for group in lists.groups:
        inside = (s for s in scenes.values() if s.group == group)
        lines += [_row(_cells(scene, lists, language)) for scene in inside]
    return "\n".join(lines)


def _cells(scene: Scene, lists: Lists, language: str) -> Iterator[str]:
    english = language == "en"
    say = Texts(language).text
    picture = PICTURE.format(scene=scene.id)
    yield f"[{scene.name_en if english else scene.name}]({picture}) `{scene.id}`"
    yield say(f"scenes.lifecycle.{scene.lifecycle}")
    yield str(len(scene.types))
    opening = sum(bool(i.opens) for i in scene.indicators)
    yield say("scenes.opening", count=len(scene.indicators), opening=opening)
    yield " · ".join(p.name_en if english else p.name for p in scene.plans)
    doors = (lists.doors[door] for door in scene.feed.doors)
    yield " · ".join(d.name_en if english else d.name for d in doors)


def _explain(settings: Settings) -> int:
    """Say why the vital signs are what they are, by what this seat knows or can fetch now."""
    core = build_aside(settings, Inline())
    try:
        if core.resume():
            with suppress(Unreachable, SignedOut):
                core.sync_once()
        vitals = core.vitals()
        newest = max((r.at for r in core.last("indicator").values()), default=0)
        _say(
            text("explain.as_of", at=Words(core).instant(newest))
            if newest
            else text("explain.nothing")
        )
        for line in explain(vitals, core.gauges.known):
            _say(line)
    finally:
        core.close()
    return DONE


def _check(settings: Settings, folder: str) -> int:
    place = Path(folder).resolve() if folder != SCENES else None
    faults = list(_faults(settings, str(place) if place else SCENES))
    for fault in faults:
        _say(f"{fault.file}: {fault.where}: {fault.why}")
    _say(text("scenes.wrong", count=len(faults)) if faults else text("scenes.right"))
    return WRONG if faults else DONE


def _faults(settings: Settings, folder: str) -> Iterator[BadData]:
    """Give all that is wrong; of what rests on the scenes, only once these are right."""
    try:
        city = _city(settings)
        scenes, faults = survey(city, folder)
    except BadData as bad:
        yield bad
        return
    yield from faults
    if folder != SCENES or faults:
        return
    yield from _rest(city, scenes)


def _rest(city: City, scenes: Mapping[str, Scene]) -> Iterator[BadData]:
    yield from survey_linkages(city, scenes)[1]
    known = indicators_of(scenes)
    readers: tuple[Callable[[City], object], ...] = (
        read_reporting, read_warnings, read_limits, lambda city: formula_of(city, known),
    )  # fmt: skip
    for read in readers:
        try:
            read(city)
        except BadData as bad:
            yield bad


def _list(settings: Settings) -> int:
    english = settings.language == "en"
    city = _city(settings)
    scenes = read_scenes(city)
    read_linkages(city, scenes)
    for scene in scenes.values():
        name = scene.name_en if english else scene.name
        _say(f"{scene.id}  {name}  {text(f'scenes.lifecycle.{scene.lifecycle}')}")
    return DONE


def _rehearse(settings: Settings, plan: str, rest: Sequence[str]) -> int:
    """Walk a plan through on paper: who would get what, and by when; nothing is written."""
    english = settings.language == "en"
    city = _city(settings)
    file = next((word for word in rest if word.endswith(".toml")), "")
    place = next((word for word in rest if word != file), "")
    try:
        scenes = [edited(file, city)] if file else list(read_scenes(city).values())
    except BadData as bad:
        _say(f"{bad.file}: {bad.where}: {bad.why}")
        return WRONG
    found = next(((s, p) for s in scenes for p in s.plans if p.id == plan), None)
    if found is None:
        sys.stderr.write(text("scenes.no_plan", plan=plan) + "\n")
        return WRONG
    walked = rehearse(*found, city, read_limits(city), scope=_scope(city, place))
    name = walked.plan.name_en if english else walked.plan.name
    _say(f"{plan}  {name}  {text(f'level.{walked.plan.level}')}")
    for due in walked.given:
        dept = city.departments[due.dept]
        name = dept.name_en if english else dept.name
        action = due.said.action_en if english else due.said.action
        output = due.said.output_en if english else due.said.output
        limits = text("scenes.due", sign=due.sign, handle=due.handle)
        gap = f"  {text('scene.step.gap')}" if due.step in walked.gaps else ""
        _say(f"T+{due.at:<5} {name}{gap}  {limits}  {action} → {output}")
    _say(text("scenes.exit", exit=walked.plan.exit_en if english else walked.plan.exit))
    return DONE


def _scope(city: City, place: str) -> str:
    """Give the scope of a district or street by its name or code; "" when it is none."""
    district, street = city.district_named(place), city.street_named(place)
    if street:
        return city.scope_of(street.district, street.code)
    return district.code if district else ""


def _city(settings: Settings) -> City:
    file = f"cities/{settings.city}.toml"
    return read_city(resources.table(file), file, resources.path(file).read_text("utf-8"))


def _row(cells: Sequence[str] | Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
