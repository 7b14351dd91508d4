"""python -m console advise: train, evaluate and compare models, and ask them, without a window."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from console.advise import bands
from console.advise.evaluating import Evaluation, evaluate
from console.advise.features import Spec
from console.advise.hotspots import all_hot_spots, read_rule
from console.advise.invented import MOULD, TEXT, TYPE, Matter, invent
from console.advise.model import read_model
from console.advise.pairs import Columns, measure, told_in
from console.advise.rows import read_rows
from console.advise.scoring import Scores
from console.advise.units import Advice
from console.app import build_aside
from console.base import resources
from console.base.errors import BadData
from console.base.settings import Settings
from console.base.text import text
from console.base.work import Inline
from console.corrections import write_corrections
from console.domain.city import read_city
from console.domain.query import parse_query
from console.scenes.read import read_scenes
from console.scenes.scene import leaves
from console.tools.sit import sit

SHIPPED = "advice/types.npz"
DONE = 0


def main(words: Sequence[str], settings: Settings) -> int:
    """Run one subcommand; give the exit status. BadData when a file is wrong."""
    args = _parser().parse_args(words)
    args.settings = settings
    return int(args.run(args))


def run_train(args: argparse.Namespace) -> int:
    """Train on a file and write the model, saying how it does on what it has not seen."""
    from console.advise.training import train  # noqa: PLC0415 - only training needs its libraries

    spec = spec_of(args)
    columns = [*spec.text, *spec.cells, spec.label, *filter(None, (args.group,))]
    rows = read_rows(args.data, columns)
    groups = [row[args.group] for row in rows] if args.group else None
    name = args.name or args.out.stem
    trained = train(rows, spec, groups=groups, folds=args.folds, seed=args.seed, name=name)
    written(args.out, trained.data)
    if args.json:
        _say(_json({"model": str(args.out), "bytes": len(trained.data),
                    "left_out": trained.left_out, "about": trained.about}))  # fmt: skip
        return DONE
    _say(text("advise.trained", file=args.out, count=trained.about.trained_on,
              labels=len(trained.about.labels), kib=len(trained.data) // 1024))  # fmt: skip
    if trained.left_out:
        _say(text("advise.left_out", count=trained.left_out))
    _say(text("advise.unseen", folds=args.folds))
    _say(figures(trained.scores))
    return DONE


def run_evaluate(args: argparse.Namespace) -> int:
    """Score a model on a file of labelled messages that it was not trained on."""
    model = read_model(args.model)
    spec = spec_of(args, model.about.spec)
    read = read_rows(args.data, [*spec.text, *spec.cells, spec.label])
    own = model.about.spec
    names = dict(zip([*spec.text, *spec.cells, spec.label],
                     [*own.text, *own.cells, own.label], strict=True))  # fmt: skip
    rows = [{names[column]: value for column, value in row.items()} for row in read]
    found = evaluate(model, rows, bands.read_bands().pair)
    _say(_json(found) if args.json else _evaluation(found))
    return DONE


def run_classify(args: argparse.Namespace) -> int:
    """Judge the message on standard input."""
    model = read_model(args.model or resources.path(SHIPPED))
    message = dict(_cell(cell) for cell in args.cell)
    spec = model.about.spec
    if spec.text:
        message[spec.text[0]] = sys.stdin.read()
    judged = model.judge(message)
    band = bands.read_bands().of(judged)
    if args.json:
        _say(_json({"band": band, **{f: getattr(judged, f) for f in
                    ("known", "known_share", "picks", "deciding")}}))  # fmt: skip
        return DONE
    _say(text(f"advise.band.{band}"))
    for pick in judged.picks:
        _say(f"{pick.confidence:7.1%}  {pick.label}")
    if judged.deciding:
        said = " · ".join(d.words.strip() for d in judged.deciding)
        _say(text("advise.deciding", words=said))
    return DONE


def _cell(said: str) -> tuple[str, str]:
    """Read a cell that is given as column=value."""
    column, sign, value = said.partition("=")
    if not (column and sign):
        raise BadData("--cell", said, text("advise.cell"))
    return column, value


def run_build(args: argparse.Namespace) -> int:
    """Train the model that is shipped, on messages made from the city and its scenes."""
    from console.advise.training import Most, train  # noqa: PLC0415 - as above

    file = f"cities/{args.settings.city}.toml"
    city = read_city(resources.table(file), file)
    scenes = read_scenes(city)
    active = [t for t in leaves(scenes.values()) if scenes[t.scene].lifecycle == "active"]
    matters = [Matter(t.code, t.name, t.keywords) for t in active]
    rows = invent(matters, city, seed=args.seed)
    spec = Spec(text=(TEXT,), label=TYPE)
    trained = train(
        rows, spec, groups=[row[MOULD] for row in rows], seed=args.seed, name="shipped",
        most=Most(features=40_000, values=600_000),
    )  # fmt: skip
    written(args.out, trained.data)
    _say(text("advise.built", file=args.out, labels=len(trained.about.labels),
              kib=len(trained.data) // 1024, accuracy=_share(trained.scores.accuracy)))  # fmt: skip
    return DONE


def run_compare(args: argparse.Namespace) -> int:
    """Try every way on the same folds and print the table, and why it stops there."""
    from console.advise.trials import Trial, compare, service  # noqa: PLC0415 - as above

    spec = spec_of(args)
    columns = [*spec.text, *spec.cells, spec.label, *filter(None, (args.group, args.time))]
    rows = [r for r in read_rows(args.data, columns) if r[spec.label].strip()]
    groups = [row[args.group] for row in rows] if args.group else None
    times = [row[args.time] for row in rows] if args.time else None

    def told(trial: Trial) -> None:
        if not args.json:
            shares = (trial.accuracy, trial.macro_f1, trial.top3, trial.calibration_error,
                      trial.coverage_90, trial.coverage_at_94)  # fmt: skip
            _say("  ".join(f"{s:.4f}" for s in shares) + f"  {trial.seconds:7.1f} s  {trial.name}")

    if not args.json:
        _say(text("advise.table", folds=args.folds, seed=args.seed, count=len(rows)))
    table = compare(
        rows, spec, groups=groups, folds=args.folds, seed=args.seed, times=times, told=told
    )
    cost = service(rows, spec, groups=groups, seed=args.seed)
    if args.json:
        _say(_json({"table": table, "service": cost}))
        return DONE
    _say(text("advise.cost", ms=cost.ms, p99=cost.ms_p99, mib=cost.mib, load=cost.load_s))
    ceiling = table.ceiling
    _say(text("advise.ceiling", alike=ceiling.alike, split=_share(ceiling.split),
              noise=_share(ceiling.noise), errors=ceiling.errors, second=_share(ceiling.second),
              close=_share(ceiling.close)))  # fmt: skip
    return DONE


def run_units(args: argparse.Namespace) -> int:
    """Say whom to send to an incident that this seat holds, and why not the others."""
    core = build_aside(args.settings, Inline())
    try:
        core.resume()
        found = core.find(parse_query("incident", ""), ids=[args.incident])
        advice = core.adviser.units(args.incident) if found else None
        if advice is None:
            raise BadData("incident", args.incident, "not held at this seat, or without a place")
        _say(_json(advice) if args.json else _units(advice))
        return DONE
    finally:
        core.close()


def _units(advice: Advice) -> str:
    lines = [text("advice.estimated")] if advice.estimated else []
    for verdict in sorted(advice.verdicts, key=lambda v: (not v.sent, v.cost is None, v.cost or 0)):
        minutes = "—" if verdict.seconds is None else f"{verdict.seconds / 60:.1f}"
        why = " · ".join(text(f"fit.{r.key}", **r.args) for r in verdict.reasons)
        lines.append(f"{'*' if verdict.sent else ' '} {minutes:>6}  {verdict.name}  {why}")
    lines += [
        text("advice.short", name=text(f"capability.{s.capability}"), count=s.wanted - s.found)
        for s in advice.shortfalls
    ]
    return "\n".join(lines)


def run_corrections(args: argparse.Namespace) -> int:
    """Let the place corrections that this seat may see out for their data owners."""
    core = build_aside(args.settings, Inline())
    try:
        sit(core, args.settings, args.password_file)
        file, count = write_corrections(core, args.out)
    finally:
        core.close()
    _say(text("corrected.written", count=count, file=file))
    return DONE


def run_hotspots(args: argparse.Namespace) -> int:
    """Say what was hot in a file, in the order in which it would have been seen."""
    columns = Columns(text=_columns(args.text), type=args.type, street=args.street, time=args.time)
    rows = read_rows(args.data, columns.named)
    told = told_in(rows, columns)
    rule = read_rule()
    rule = msgspec.structs.replace(rule, minutes=args.minutes or rule.minutes)
    found = list(all_hot_spots(told, rule))
    if args.json:
        _say(_json(found))
        return DONE
    if not found:
        _say(text("advise.no_hotspot", count=len(told)))
    seen = {each.id: row.get(args.time, "") for each, row in zip(told, rows, strict=True)}
    for spot in found:
        growth = "—" if spot.growth is None else f"{spot.growth:.0%}"
        area = spot.area or text("advise.everywhere")
        _say(text("advise.hotspot", type=spot.type, area=area, count=spot.count,
                  before=spot.before, growth=growth, words=spot.words,
                  at=seen[spot.ids[-1]]).strip())  # fmt: skip
    return DONE


def run_duplicates(args: argparse.Namespace) -> int:
    """Say how well those told twice are found in a file."""
    columns = Columns(
        text=_columns(args.text), type=args.type, street=args.street, address=args.address,
        lon=args.lon, lat=args.lat, time=args.time, group=args.group,
    )  # fmt: skip
    found = measure(read_rows(args.data, columns.named), columns, most=args.most, seed=args.seed)
    if args.json:
        _say(_json(found))
        return DONE
    _say(text(f"advise.twice.{found.truth}", indexed=found.indexed, asked=found.asked,
              twice=found.told_twice))  # fmt: skip
    for bar, (precision, recall) in found.by_threshold.items():
        _say(text("advise.twice.at", bar=bar, precision=_share(precision), recall=_share(recall)))
    _say(text("advise.speed", median=found.ms_median, p99=found.ms_p99))
    return DONE


def spec_of(args: argparse.Namespace, usual: Spec | None = None) -> Spec:
    """Give the columns that were named, or else those of a model."""
    given = usual or Spec()
    return Spec(
        text=_columns(args.text) or given.text, cells=_columns(args.cells) or given.cells,
        label=args.label or given.label,
    )  # fmt: skip


def written(path: Path, data: bytes) -> None:
    """Write a file whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f"{path.suffix}.part")
    part.write_bytes(data)
    part.replace(path)


def figures(scores: Scores) -> str:
    """Give scores as lines for people."""
    rows = [
        ("accuracy", scores.accuracy), ("macro_f1", scores.macro_f1), ("top3", scores.top3),
        ("calibration_error", scores.calibration_error), ("coverage_90", scores.coverage_90),
        ("accuracy_90", scores.accuracy_90), ("coverage_at_94", scores.coverage_at_94),
        ("abstained", scores.abstained),
    ]  # fmt: skip
    lines = [f"  {text(f'advise.figure.{name}')}  {_share(value)}" for name, value in rows]
    lines += [
        f"  {text(f'advise.band.{b.name}')}  {_share(b.share)}  {_share(b.accuracy)}"
        for b in scores.bands
    ]
    return "\n".join(lines)


def _evaluation(found: Evaluation) -> str:
    head = text("advise.evaluated", model=found.model, count=found.count, seen=found.seen,
                strange=found.strange)  # fmt: skip
    speed = text("advise.speed", median=found.ms_median, p99=found.ms_p99)
    return "\n".join((head, figures(found.scores), f"  {speed}"))


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.4f}"


def _columns(said: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in (said or "").split(","))))


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("console advise", description=text("advise.help.about"))
    parts = parser.add_subparsers(required=True, metavar="COMMAND")
    trained = parts.add_parser("train", help=text("advise.help.train"))
    trained.add_argument("--out", type=Path, required=True, help=text("advise.help.out"))
    trained.add_argument("--group", default="", help=text("advise.help.group"))
    trained.add_argument("--folds", type=int, default=5, help=text("advise.help.folds"))
    trained.add_argument("--seed", type=int, default=1, help=text("advise.help.seed"))
    trained.add_argument("--name", default="", help=text("advise.help.name"))
    trained.set_defaults(run=run_train)
    tested = parts.add_parser("evaluate", help=text("advise.help.evaluate"))
    tested.add_argument("--model", type=Path, required=True, help=text("advise.help.model"))
    tested.set_defaults(run=run_evaluate)
    built = parts.add_parser("build", help=text("advise.help.build"))
    built.add_argument("--out", type=Path, default=resources.path(SHIPPED),
                       help=text("advise.help.out"))  # fmt: skip
    built.add_argument("--seed", type=int, default=1, help=text("advise.help.seed"))
    built.set_defaults(run=run_build)
    hot = parts.add_parser("hotspots", help=text("advise.help.hotspots"))
    hot.add_argument("--data", type=Path, required=True, help=text("advise.help.data"))
    hot.add_argument("--text", default="", help=text("advise.help.text"))
    for name in ("type", "street", "time"):
        hot.add_argument(f"--{name}", default="", help=text("advise.help.column"))
    hot.add_argument("--minutes", type=int, default=0, help=text("advise.help.minutes"))
    hot.set_defaults(run=run_hotspots)
    tried = parts.add_parser("compare", help=text("advise.help.compare"))
    tried.add_argument("--group", default="", help=text("advise.help.group"))
    tried.add_argument("--time", default="", help=text("advise.help.time"))
    tried.add_argument("--folds", type=int, default=5, help=text("advise.help.folds"))
    tried.add_argument("--seed", type=int, default=1, help=text("advise.help.seed"))
    tried.set_defaults(run=run_compare)
    sent = parts.add_parser("units", help=text("advise.help.units"))
    sent.add_argument("--incident", required=True, help=text("advise.help.incident"))
    sent.set_defaults(run=run_units)
    twice = parts.add_parser("duplicates", help=text("advise.help.duplicates"))
    twice.add_argument("--data", type=Path, required=True, help=text("advise.help.data"))
    twice.add_argument("--text", default="", help=text("advise.help.text"))
    for name in ("type", "street", "address", "lon", "lat", "time", "group"):
        twice.add_argument(f"--{name}", default="", help=text("advise.help.column"))
    twice.add_argument("--most", type=int, default=1000, help=text("advise.help.most"))
    twice.add_argument("--seed", type=int, default=1, help=text("advise.help.seed"))
    twice.set_defaults(run=run_duplicates)
    let_out = parts.add_parser("corrections", help=text("corrected.help.about"))
    let_out.add_argument("--out", type=Path, required=True, help=text("corrected.help.out"))
    let_out.add_argument("--password-file", type=Path, help=text("cli.password_file"))
    let_out.set_defaults(run=run_corrections)
    asked = parts.add_parser("classify", help=text("advise.help.classify"))
    asked.add_argument("--model", type=Path, help=text("advise.help.model"))
    asked.add_argument("--cell", action="append", default=[], help=text("advise.help.cell"))
    asked.set_defaults(run=run_classify)
    for part in (trained, tested, tried):
        part.add_argument("--data", type=Path, required=True, help=text("advise.help.data"))
        part.add_argument("--text", default="", help=text("advise.help.text"))
        part.add_argument("--cells", default="", help=text("advise.help.cells"))
        part.add_argument("--label", default="", help=text("advise.help.label"))
    for part in (trained, tested, asked, twice, tried, sent, hot):
        part.add_argument("--json", action="store_true", help=text("advise.help.json"))
    return parser
