"""Who may see and do what: roles, jurisdictions, departments. The same rule at both ends."""

from collections.abc import Iterable

from msgspec import Struct

from console.domain.record import HIDDEN, SHARED, Incident, Instruction, Record, StartedPlan, Task

SYSTEM = "system"
"""The role and name of what the centre does by itself."""


class Access(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person as the centre knows them.

    ``scopes``: "" is the whole city, "320102" a district, "320102.320102002" a street of it.
    ``depts``: the departments that they answer for, wherever the incident lies.
    """

    user: str
    name: str = ""
    roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    depts: tuple[str, ...] = ()


def system() -> Access:
    """Give the access of the centre itself: it sees all and holds the role ``system``."""
    return Access(user=SYSTEM, name=SYSTEM, roles=(SYSTEM,), scopes=("",))


def covers(scopes: Iterable[str], scope: str) -> bool:
    """Tell whether a record's scope lies within any of these."""
    if scope in (SHARED, HIDDEN):
        return scope == SHARED
    return any(mine in ("", scope) or scope.startswith(f"{mine}.") for mine in scopes)


def depts_of(record: Record) -> tuple[str, ...]:
    """Give the departments that a record concerns."""
    match record:
        case Incident():
            return (*((record.lead,) if record.lead else ()), *record.assists)
        case Task() | Instruction():
            return (record.dept,)
        case StartedPlan():
            return record.depts
        case _:
            return ()


def sees(access: Access, scope: str, depts: Iterable[str] = ()) -> bool:
    """Tell whether a person may see a record of this scope and these departments."""
    return covers(access.scopes, scope) or not set(access.depts).isdisjoint(depts)
