"""The centre's own tables. `depts` columns hold names as " a b "; instants are ms UTC."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

ID = 128
NUL = "\0"
"""No text column of PostgreSQL holds it, and none can be asked for it."""
META = MetaData()

meta = Table("meta", META, Column("name", String(32), primary_key=True), Column("value", Text))

record = Table(
    "record",
    META,
    Column("kind", String(16), primary_key=True),
    Column("id", String(ID), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("pos", BigInteger, nullable=False),
    Column("scope", Text, nullable=False),
    Column("depts", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("incident", String(ID), nullable=False),
    Column("unit", String(ID), nullable=False),
    Column("watch_at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_record_incident", "incident"),
    Index("ix_record_unit", "unit"),
    Index("ix_record_watch", "watch_at"),
)
"""Every record as it stands. ``watch_at``: when the centre is to look at it by itself, or 0."""

log = Table(
    "log",
    META,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("pos", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("id", String(ID), nullable=False),
    Column("incident", String(ID), nullable=False),
    Column("act", String(ID), nullable=False),
    Column("scope", Text, nullable=False),
    Column("depts", Text, nullable=False),
    Column("was_scope", Text),
    Column("was_depts", Text),
    Column("entry", LargeBinary, nullable=False),
    Index("ix_log_pos", "pos"),
    Index("ix_log_record", "kind", "id"),
    Index("ix_log_incident", "incident"),
)
"""Every step that took effect, in order; the steps of one act share a ``pos``.

``was_*`` is whose sight the record lay in before the step; null when it was born.
"""

act = Table(
    "act",
    META,
    Column("id", String(ID), primary_key=True),
    Column("sha", LargeBinary, nullable=False),
    Column("by", Text, nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("pos", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("args", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("trouble", Text, nullable=False),
)
"""What became of every act, so that sending it again does nothing and says the same."""

counter = Table(
    "counter",
    META,
    Column("name", String(64), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

person = Table(
    "person",
    META,
    Column("user", String(ID), primary_key=True),
    Column("access", LargeBinary, nullable=False),
    Column("password", Text, nullable=False),
    Column("barred", Boolean, nullable=False),
)

failure = Table(
    "failure",
    META,
    Column("user", String(ID), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Wrong passwords in a row, for names that exist and for names that do not."""

session = Table(
    "session",
    META,
    Column("family", String(ID), primary_key=True),
    Column("user", String(ID), nullable=False),
    Column("device", Text, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("turned_at", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("ended", Boolean, nullable=False),
    Index("ix_session_user", "user"),
)
"""One sign-in at one device. ``n`` numbers its refresh tokens; only the newest is good."""

set_aside = Table(
    "set_aside",
    META,
    Column("id", String(ID), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("door", String(32), nullable=False),
    Column("source", String(ID), nullable=False),
    Column("number", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_set_aside_source", "door", "source", "at"),
)
"""Messages from departments that could not be read or taken, with the reason.

The same bytes of the same source are one row, counted; ``body`` is their beginning.
"""

trouble = Table(
    "trouble",
    META,
    Column("door", String(32), primary_key=True),
    Column("source", String(ID), primary_key=True),
    Column("incident", String(ID), nullable=False),
    Column("told_at", BigInteger, nullable=False),
)
"""The incident that stands for what was set aside of a source at a door, and when it last told."""

bulletin = Table(
    "bulletin",
    META,
    Column("id", String(ID), primary_key=True),
    Column("warning", String(ID), nullable=False),
    Column("sha", LargeBinary, nullable=False),
)
"""Every message about a warning that was taken in, or was named by one: its warning's record."""

source_key = Table(
    "source_key",
    META,
    Column("sha", LargeBinary, primary_key=True),
    Column("user", String(ID), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("ix_source_key_user", "user"),
)
"""Keys of departments' accounts, by their hash."""

reading = Table(
    "reading",
    META,
    Column("topic", String(16), primary_key=True),
    Column("of", String(ID), primary_key=True),
    Column("source", String(ID), primary_key=True),
    Column("series", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("node", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("scope", Text, nullable=False),
    Column("depts", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("opened", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The last value of every source. ``n``: when it last changed, in the order of all; ``node``: the
process that wrote it; ``turn``, ``opened``: the incident that its alarm opens, and whether."""

journal = Table(
    "reading_journal",
    META,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("node", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""What changed within a beat, until it stands in ``reading`` and ``point``: its places end at
``n``; the process that wrote it."""

point = Table(
    "point",
    META,
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("value", Float, nullable=False),
    Index("ix_point_at", "at"),
)
"""What was measured: the history of the series that ``reading`` names."""

fix = Table(
    "fix",
    META,
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("heading", Float, nullable=False),
    Index("ix_fix_at", "at", "series"),
)
"""Where units were: the history of the series of positions, as console.domain.track thins it."""

entity = Table(
    "entity",
    META,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("set", String(32), nullable=False),
    Column("source", String(ID), nullable=False),
    Column("sha", String(64), nullable=False, unique=True),
    Column("facts", LargeBinary, nullable=False),
    Column("links", LargeBinary, nullable=False),
    Index("ix_entity_source", "source", "set", "id"),
)
"""Entities of SensorThings: things, datastreams and what belongs to them, of one account each."""

request = Table(
    "request",
    META,
    Column("id", String(ID), primary_key=True),
    Column("source", String(ID), nullable=False),
    Column("service", String(ID), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("photo", String(64), nullable=False),
    Index("ix_request_source", "source", "at"),
)
"""Citizens' requests that came by Open311: the report's id, whose app sent it, its photo or ""."""

photo = Table(
    "photo",
    META,
    Column("id", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
"""Photos by the hash of what they are."""

steered = Table(
    "steered",
    META,
    Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("camera", String(ID), nullable=False),
    Column("user", String(ID), nullable=False),
    Column("name", Text, nullable=False),
    Column("seat", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("incident", String(ID), nullable=False),
    Index("ix_steered_camera", "camera", "n"),
    Index("ix_steered_at", "at"),
)
"""Every step of steering a camera: who, from which seat, what, for which incident."""
