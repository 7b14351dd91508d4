"""What a person may see, as SQL and as a mark: the rule of console.domain.access, on columns."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, ColumnElement, false, or_

from console.domain.access import Access, sees
from console.domain.record import HIDDEN, SHARED
from console.domain.rows import joined


@dataclass(frozen=True, slots=True)
class Sight:
    """The scopes and departments of a person; people who see the same have equal sights."""

    scopes: tuple[str, ...]
    depts: tuple[str, ...]

    @classmethod
    def of(cls, access: Access) -> "Sight":
        return cls(tuple(sorted(set(access.scopes))), tuple(sorted(set(access.depts))))

    @property
    def mark(self) -> bytes:
        """Give eight bytes that tell this sight from others."""
        return sha256(repr((self.scopes, self.depts)).encode()).digest()[:8]

    def sees(self, scope: str, depts: str) -> bool:
        """Tell whether a row's record lies in this sight."""
        return sees(Access(user="", scopes=self.scopes, depts=self.depts), scope, depts.split())

    def where(self, scope: Column[Any], depts: Column[Any]) -> ColumnElement[bool]:
        """Give the same as SQL."""
        if "" in self.scopes:
            return scope != HIDDEN
        met: list[ColumnElement[bool]] = [false(), scope.in_([SHARED, *self.scopes])]
        met += [scope.startswith(f"{mine}.", autoescape=True) for mine in self.scopes]
        met += [depts.contains(joined([mine]), autoescape=True) for mine in self.depts]
        return or_(*met)
