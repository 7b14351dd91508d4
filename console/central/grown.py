"""The tables that came after the first release, as they were when they came: these stay."""

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

_ID = 128
FIRST = MetaData()
"""What the first step adds, where it is not there."""

Table(
    "set_aside",
    FIRST,
    Column("id", String(_ID), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("door", String(32), nullable=False),
    Column("source", String(_ID), nullable=False),
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

Table(
    "trouble",
    FIRST,
    Column("door", String(32), primary_key=True),
    Column("source", String(_ID), primary_key=True),
    Column("incident", String(_ID), nullable=False),
    Column("told_at", BigInteger, nullable=False),
)

Table(
    "bulletin",
    FIRST,
    Column("id", String(_ID), primary_key=True),
    Column("warning", String(_ID), nullable=False),
    Column("sha", LargeBinary, nullable=False),
)

Table(
    "source_key",
    FIRST,
    Column("sha", LargeBinary, primary_key=True),
    Column("user", String(_ID), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("ix_source_key_user", "user"),
)

Table(
    "reading",
    FIRST,
    Column("topic", String(16), primary_key=True),
    Column("of", String(_ID), primary_key=True),
    Column("source", String(_ID), primary_key=True),
    Column("series", BigInteger, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("node", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("scope", Text, nullable=False),
    Column("depts", Text, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("opened", Boolean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_reading_n", "n"),
)

Table(
    "point",
    FIRST,
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("value", Float, nullable=False),
    Index("ix_point_at", "at"),
)

Table(
    "entity",
    FIRST,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("set", String(32), nullable=False),
    Column("source", String(_ID), nullable=False),
    Column("sha", String(64), nullable=False, unique=True),
    Column("facts", LargeBinary, nullable=False),
    Column("links", LargeBinary, nullable=False),
    Index("ix_entity_source", "source", "set", "id"),
)

Table(
    "request",
    FIRST,
    Column("id", String(_ID), primary_key=True),
    Column("source", String(_ID), nullable=False),
    Column("service", String(_ID), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("photo", String(64), nullable=False),
    Index("ix_request_source", "source", "at"),
)

Table(
    "photo",
    FIRST,
    Column("id", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

SECOND = MetaData()
"""What the second step adds."""

Table(
    "reading_journal",
    SECOND,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("node", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

THIRD = MetaData()
"""What the fourth step adds."""

Table(
    "fix",
    THIRD,
    Column("series", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),
    Column("lon", Float, nullable=False),
    Column("lat", Float, nullable=False),
    Column("heading", Float, nullable=False),
    Index("ix_fix_at", "at", "series"),
)
