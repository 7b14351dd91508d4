"""Tables (CSV, XLSX) of reports, read by a profile: each row is a report with its line."""

import io
from zipfile import BadZipFile, ZipFile

from console.base.errors import BadData
from console.central.intake.frame import Ground, Message, Reader, Unreadable, cut, finding, stamp
from console.central.intake.reports import told
from console.central.mapping import Mapped, Mapper, Wrong
from console.central.profile import Profile
from console.central.sheet import ZIPPED, Row, sheet_of
from console.wire import PostedReport

MOST_ROWS = 10_000
MOST_UNPACKED = 100 << 20
MOST_PARTS = 500
RATIO = 200


def reader_of(profile: Profile) -> Reader:
    """Give the reader of tables that this profile is for."""

    def read(body: bytes, ground: Ground) -> list[Message]:
        return read_table(body, profile, ground)

    return read


def read_table(body: bytes, profile: Profile, ground: Ground) -> list[Message]:
    """Read a table; Unreadable when it is none, or lacks a column that the profile needs."""
    if body.startswith(ZIPPED):
        _unpacks(body)
    try:
        sheet = sheet_of("table", body, profile.encodings)
        rows: list[Row] = []
        for row in sheet.rows:
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise Unreadable(finding("intake.many", most=MOST_ROWS))
    except BadData as error:
        raise Unreadable(finding("table.broken", error.where, why=error.why)) from None
    mapper = Mapper(profile, ground.place, rows, ground.now)
    if absent := mapper.columns - set(sheet.columns):
        names = ", ".join(sorted(absent))
        raise Unreadable(finding("import.columns", line=1, columns=names))
    return [_message(mapper, row, ground) for row in rows]


def _message(mapper: Mapper, row: Row, ground: Ground) -> Message:
    raw = "\t".join(row.cells.values()).encode()
    number = cut(row.cells.get(mapper.profile.number, ""), 100)
    try:
        mapped = mapper.read(row)
    except Wrong as wrong:
        found = finding(wrong.key, wrong.column, row.line, **wrong.args_by_name)
        return Message(number, raw, wrong=(found,))
    made = told(_report(mapped, mapper, ground), raw, ground)
    lined = tuple(finding(f.rule, f.where, row.line, **f.args) for f in made.wrong)
    return Message(number, raw, report=made.report, wrong=lined)


def _report(mapped: Mapped, mapper: Mapper, ground: Ground) -> PostedReport:
    kind = ground.place.types.get(mapped.codes.get("type", ""))
    values = mapped.values
    number = f"{ground.source[:40]}-{mapper.profile.id}-{mapped.number}"[:128]
    return PostedReport(
        source=values.get("source", "import"), number=number,
        at=stamp(mapped.at), community=mapped.community, district=mapped.codes.get("district", ""),
        street=mapped.codes.get("street", ""), type=kind.code if kind else "",
        scene=kind.scene if kind else "",
        level=values.get("level", kind.level if kind else "routine"),
        **{n: mapped.texts[n] for n in ("title", "words", "address")},
        **{n: values[n] for n in ("purpose", "caller", "phone", "urgency") if n in values},
        **{n: values[n] for n in ("lon", "lat") if n in values},
    )  # fmt: skip


def _unpacks(body: bytes) -> None:
    """See to it that a workbook does not unpack to more than a workbook holds."""
    try:
        with ZipFile(io.BytesIO(body)) as book:
            parts = book.infolist()
    except BadZipFile as error:
        raise Unreadable(finding("table.broken", why=error)) from None
    whole = sum(part.file_size for part in parts)
    tight = any(p.file_size > RATIO * max(p.compress_size, 4_096) for p in parts)
    if len(parts) > MOST_PARTS or whole > MOST_UNPACKED or tight:
        raise Unreadable(finding("table.bomb", most=MOST_UNPACKED))
