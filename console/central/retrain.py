"""python -m console.central retrain: learn from what people decided; in service by a person's word.

A candidate is trained on the earlier cases and on the messages that the product makes up; it is
compared with the model in service on the latest cases, which neither was trained on. It goes into
service only if it is better there and somebody says so; against the comparison only with a reason
of theirs, which is kept. The one before can be put back.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from console.advise.bands import read_bands
from console.advise.evaluating import Evaluation, evaluate
from console.advise.features import Spec
from console.advise.invented import MOULD, TEXT, TYPE, Matter, invent
from console.advise.model import Model, read_model
from console.base import resources
from console.base.clock import SystemClock
from console.base.errors import BadData
from console.base.text import text
from console.central.build import CITY, Built, build, home
from console.central.delivering import SERVICE
from console.central.learning import Decided, Figures, decided, figures, held_back
from console.scenes.scene import leaves

SHIPPED = "advice/types.npz"
CANDIDATE, BEFORE, LOG = "candidate.npz", "before.npz", "service.jsonl"
COMPARED = "candidate.json"
"""What the comparison of the candidate said, beside it."""
FEWEST = 50
"""Of fewer decided cases nothing is learnt."""
WEEK_MS = 7 * 86_400_000


class Comparison(Struct, frozen=True, kw_only=True):
    """The candidate beside the model in service, on the same latest cases."""

    learnt_from: int
    held_back: int
    better: bool
    candidate: Evaluation
    in_service: Evaluation
    figures: Figures


class _Change(Struct, frozen=True, kw_only=True):
    """One change of the model in service: when, by whose word, what was put there."""

    at: int
    by: str
    what: str
    model: str
    despite: str = ""


def main(words: Sequence[str]) -> int:
    """Run what the arguments say; give the exit status."""
    args = _parser().parse_args(words)
    folder: Path = args.data / "advice"
    try:
        if args.put_in_service or args.put_back:
            return _change(folder, args)
        built = build(args.database or args.data, SystemClock(), city=args.city)
        try:
            sys.stderr.write(f"{text('retrain.begun')}\n")
            found = retrain(built, folder, seed=args.seed)
        finally:
            built.close()
    except BadData as error:
        sys.stderr.write(f"{error}\n")
        return 2
    _say(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    _say(text("retrain.compared", learnt=found.learnt_from, held_back=found.held_back,
              candidate=_share(found.candidate), served=_share(found.in_service)))  # fmt: skip
    _say(text("retrain.better" if found.better else "retrain.worse", folder=folder))
    return 0


def retrain(built: Built, folder: Path, *, seed: int = 1) -> Comparison:
    """Train a candidate, leave it beside the model in service, and say which did better."""
    from console.advise.training import Most, train  # noqa: PLC0415 - slow to load; only here

    place = built.centre.place
    cases = decided(built.centre, place.types)
    if len(cases) < FEWEST:
        raise BadData("centre", "", f"{len(cases)} decided cases; {FEWEST} are needed")
    earlier, latest = held_back(cases)
    active = [
        t for t in leaves(place.scenes.values()) if place.scenes[t.scene].lifecycle == "active"
    ]
    made = invent([Matter(t.code, t.name, t.keywords) for t in active], place.city, seed=seed)
    rows = [*made, *(_row(case) for case in earlier)]
    local = datetime.fromtimestamp(latest[-1].at / 1000, ZoneInfo(place.city.zone))
    name = f"{place.city.code}-{local:%Y%m%d-%H%M}"
    trained = train(
        rows, Spec(text=(TEXT,), label=TYPE), groups=[row[MOULD] for row in rows], seed=seed,
        name=name, most=Most(features=60_000, values=900_000),
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    _written(folder / CANDIDATE, trained.data)
    tests = [_row(case) for case in latest]
    one = _judged(read_model(folder / CANDIDATE), tests)
    other = _judged(in_service(folder), tests)
    since = SystemClock().now() - WEEK_MS
    found = Comparison(
        learnt_from=len(earlier), held_back=len(latest),
        better=one.scores.accuracy > other.scores.accuracy, candidate=one, in_service=other,
        figures=figures(built.centre, since),
    )  # fmt: skip
    _written(folder / COMPARED, msgspec.json.encode(found))
    return found


def in_service(folder: Path) -> Model:
    """Give the model that is in service here: the centre's own, or the one that ships."""
    own = folder / SERVICE
    return read_model(own if own.is_file() else resources.path(SHIPPED))


def put_in_service(folder: Path, by: str, despite: str = "") -> str:
    """Put the candidate into service, keeping the one before; give its name.

    BadData when it did not do better than the one in service, unless ``despite`` says why all the
    same, or when it is not the one that was compared.
    """
    candidate = folder / CANDIDATE
    model = read_model(candidate)
    if not despite and not _better(folder, model):
        raise BadData(str(candidate), "", text("retrain.not_better"))
    own = folder / SERVICE
    if own.is_file():
        own.replace(folder / BEFORE)
    candidate.replace(own)
    _note(folder, by, "in_service", model.about.name, despite)
    return model.about.name


def put_back(folder: Path, by: str) -> str:
    """Put the model before back into service: the centre's own, or the one that ships."""
    own, before = folder / SERVICE, folder / BEFORE
    if not own.is_file():
        raise BadData(str(folder), "", "the model that ships is in service; there is none before")
    own.replace(folder / CANDIDATE)
    if before.is_file():
        before.replace(own)
    name = in_service(folder).about.name
    _note(folder, by, "put_back", name)
    return name


def _better(folder: Path, model: Model) -> bool:
    """Tell whether this very candidate did better when it was compared."""
    try:
        said = msgspec.json.decode((folder / COMPARED).read_bytes(), type=Comparison)
    except (OSError, msgspec.MsgspecError):
        return False
    return said.better and said.candidate.model == model.about.name


def _change(folder: Path, args: argparse.Namespace) -> int:
    if not args.by:
        _say(text("retrain.by"))
        return 2
    if args.put_in_service:
        name = put_in_service(folder, args.by, args.despite)
    else:
        name = put_back(folder, args.by)
    _say(text("retrain.in_service", model=name, by=args.by))
    return 0


def _judged(model: Model, tests: list[dict[str, str]]) -> Evaluation:
    return evaluate(model, tests, read_bands().pair)


def _row(case: Decided) -> dict[str, str]:
    return {TEXT: case.text, TYPE: case.type, MOULD: case.text}


def _note(folder: Path, by: str, what: str, model: str, despite: str = "") -> None:
    change = _Change(at=SystemClock().now(), by=by, what=what, model=model, despite=despite)
    with (folder / LOG).open("ab") as out:
        out.write(msgspec.json.encode(change) + b"\n")
        out.flush()
        os.fsync(out.fileno())


def _written(path: Path, data: bytes) -> None:
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)


def _share(found: Evaluation) -> str:
    return f"{found.scores.accuracy:.1%}"


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("console.central retrain", description=text("retrain.about"))
    parser.add_argument("--data", type=Path, default=home(), help=text("central.help.data"))
    parser.add_argument("--database", default="", help=text("central.help.database"))
    parser.add_argument("--city", default=CITY)
    parser.add_argument("--seed", type=int, default=1, help=text("advise.help.seed"))
    parser.add_argument("--put-in-service", action="store_true", help=text("retrain.put_in"))
    parser.add_argument("--put-back", action="store_true", help=text("retrain.put_back"))
    parser.add_argument("--by", default="", help=text("retrain.who"))
    parser.add_argument("--despite", default="", help=text("retrain.despite"))
    return parser
