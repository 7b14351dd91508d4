"""Keys of departments' accounts: for senders that cannot sign in every few minutes.

A key opens the doors of intake in the name of one account, and nothing else; only its hash is
kept. It travels in the header (`Authorization: Bearer`) or, where a standard has it so, in a
form; never in an address.
"""

import argparse
import secrets
import sys
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from sqlalchemy import delete, select

from console.base.clock import Clock, SystemClock
from console.base.errors import Refused
from console.base.text import text
from console.central import tables
from console.central.build import CITY, build, home
from console.central.faults import Fault
from console.central.intake.taking import ROLE
from console.central.ledger import Ledger
from console.central.people import People
from console.domain.access import Access

MARK = "cyk_"
"""How every key begins."""
_K = tables.source_key.c


class Keys:
    """The keys of a centre."""

    def __init__(self, ledger: Ledger, people: People, clock: Clock) -> None:
        self._ledger = ledger
        self._people = people
        self._clock = clock

    def make(self, user: str) -> str:
        """Give an account a new key, beside those it has; Refused when it is no department's."""
        access = self._people.get(user)
        if access is None or set(access.roles) != {ROLE}:
            raise Refused("key.not_source", user=user)
        made = f"{MARK}{secrets.token_urlsafe(32)}"
        row = {"sha": _hash(made), "user": user, "made_at": self._clock.now()}
        with self._ledger.writing() as line:
            line.execute(tables.source_key.insert().values(row))
        return made

    def end(self, user: str) -> int:
        """Take all keys of an account back; give how many those were."""
        with self._ledger.writing() as line:
            return line.execute(delete(tables.source_key).where(_K.user == user)).rowcount

    def access(self, key: str) -> Access:
        """Give whose key this is, with the rights they have now; a Fault when it is none."""
        with self._ledger.reading() as line:
            user = line.execute(select(_K.user).where(_K.sha == _hash(key))).scalar()
        access = self._people.get(user) if user is not None else None
        if access is None or set(access.roles) != {ROLE}:
            raise Fault(401, "token", "signin.token")
        return access


def main(words: Sequence[str], say: Callable[[str], object] = sys.stdout.write) -> int:
    """Give an account a key, or take its keys back."""
    parser = argparse.ArgumentParser(prog="python -m console.central key")
    parser.add_argument("user", help=text("key.help.user"))
    parser.add_argument("--end", action="store_true", help=text("key.help.end"))
    parser.add_argument("--data", type=Path, default=home(), help=text("central.help.data"))
    parser.add_argument("--database", default="", help=text("central.help.database"))
    parser.add_argument("--city", default=CITY)
    args = parser.parse_args(words)
    built = build(args.database or args.data, SystemClock(), city=args.city)
    try:
        keys = Keys(built.centre.ledger, built.people, SystemClock())
        if args.end:
            say(text("key.ended", count=keys.end(args.user)) + "\n")
        else:
            say(keys.make(args.user) + "\n")
    except Refused as refused:
        say(text(refused.key, **refused.args_by_name) + "\n")
        return 2
    finally:
        built.close()
    return 0


def _hash(key: str) -> bytes:
    return sha256(key.encode()).digest()
