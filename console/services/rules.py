"""The times that a desk goes by: to accept and dispatch, of plans' tasks, of reports upward."""

from collections.abc import Mapping
from dataclasses import dataclass

from console.base import resources
from console.domain.city import City
from console.scenes.reporting import Reporting, read_reporting
from console.scenes.starting import Limits, read_limits

LIMITS = "commands/limits.toml"


@dataclass(frozen=True, slots=True)
class Rules:
    """``limits``: clock → urgency → limit; ``plans``: of plans' tasks; ``reporting``: by level."""

    limits: Mapping[str, Mapping[str, str]]
    plans: Limits
    reporting: Reporting


def read_rules(city: City) -> Rules:
    """Read them all; BadData names file, line and key."""
    return Rules(resources.table(LIMITS), read_limits(city), read_reporting(city))
