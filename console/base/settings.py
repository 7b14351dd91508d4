"""What can be set: one frozen value; defaults < site file < user file < environment < arguments.

Each field has a sentence in the texts (``setting.<name>``); ``reference`` prints them.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

from console.base.errors import BadData
from console.base.text import text

SITE_FILE = Path("/etc/chengyun/chengyun.toml")
PREFIX = "CHENGYUN_"
_OF_DEV = frozenset(("no_apt", "system_libs"))
"""What ./dev reads from the environment."""
_SECRET = frozenset(("tiles_key",))
"""What is set but never shown."""
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("zh_CN", "en"),
    "theme": ("night", "day"),
    "log_level": ("DEBUG", "INFO", "WARNING", "ERROR"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting. A path that is empty is not set."""

    centre: str = "http://127.0.0.1:8471"
    data: str = ""
    city: str = "nanjing"
    seat: str = ""
    user: str = ""
    language: str = "zh_CN"
    theme: str = "night"
    lock_minutes: int = 10
    sound: bool = True
    ca_file: str = ""
    client_cert: str = ""
    client_key: str = ""
    maps: str = ""
    tiles: str = ""
    tiles_labels: str = ""
    tiles_key: str = ""
    trunk_kbits: Mapping[str, int] = field(default_factory=dict[str, int])
    hardware: bool = True
    log_level: str = "INFO"
    demo: bool = False

    @property
    def folder(self) -> Path:
        """Give the folder of this seat's cache, outbox and log."""
        return Path(self.data).expanduser() if self.data else home() / "desk"

    @property
    def map_folder(self) -> Path:
        """Give the folder of the map packages of this machine."""
        return Path(self.maps).expanduser() if self.maps else home() / "maps"


def home() -> Path:
    """Give the folder of this person's data."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "chengyun"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "chengyun"


def user_file() -> Path:
    """Give the place of a person's own settings."""
    base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "chengyun" / "chengyun.toml"


def read_settings(
    arguments: Mapping[str, Any], environment: Mapping[str, str], *,
    site: Path = SITE_FILE, user: Path | None = None,
) -> Settings:  # fmt: skip
    """Read the settings, the last word first; BadData names file and key of what is wrong."""
    said: dict[str, Any] = {}
    for file in (site, user or user_file()):
        said |= _checked(_table(file), str(file))
    named = {
        n.removeprefix(PREFIX).lower(): v for n, v in environment.items() if n.startswith(PREFIX)
    }
    said |= _checked({n: v for n, v in named.items() if n not in _OF_DEV}, "environment")
    said |= _checked({n: v for n, v in arguments.items() if v is not None}, "arguments")
    _check_identity(said)
    if said.get("tiles_labels") and not said.get("tiles"):
        raise BadData("settings", "tiles_labels", "labels need a map to lie on: set tiles")
    return Settings(**said)


def reference(settings: Settings) -> str:
    """Give every setting: its sentence, its value and how to set it, as a site file.

    A secret is left out by its line being a comment, whatever it is.
    """
    lines: list[str] = []
    for each in fields(Settings):
        lines += [f"# {text(f'setting.{each.name}')}", f"#   {PREFIX}{each.name.upper()}"]
        value = getattr(settings, each.name)
        hidden = each.name in _SECRET and value
        lines += [f"# {each.name} = ***" if hidden else f"{each.name} = {_written(value)}", ""]
    return "\n".join(lines)


def _check_identity(said: Mapping[str, Any]) -> None:
    """See that a certificate comes with its key, and that both are there."""
    given = {name: str(said.get(name, "")) for name in ("client_cert", "client_key")}
    for name, place in given.items():
        if any(given.values()) and not Path(place).is_file():
            raise BadData("settings", name, f"no such file: {place or '-'}")


def _table(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadData(str(file), "", str(error)) from error


def _checked(said: Mapping[str, Any], file: str) -> dict[str, Any]:
    defaults = Settings()
    found: dict[str, Any] = {}
    for name, value in said.items():
        if not any(f.name == name for f in fields(Settings)):
            raise BadData(file, name, "no such setting")
        found[name] = _typed(name, value, _type(defaults, name), file)
        if name in _CHOICES and found[name] not in _CHOICES[name]:
            raise BadData(file, name, f"not one of {', '.join(_CHOICES[name])}: {value!r}")
    return found


def _type(defaults: Settings, name: str) -> type[object]:
    return getattr(defaults, name).__class__


def _typed(name: str, value: Any, wanted: type[object], file: str) -> Any:
    if wanted is dict:
        return {key: _amount(f"{name}.{key}", n, file) for key, n in _pairs(name, value, file)}
    if isinstance(value, wanted) and not (wanted is int and isinstance(value, bool)):
        return value
    if wanted is bool and str(value).lower() in ("1", "true", "yes", "on"):
        return True
    if wanted is bool and str(value).lower() in ("0", "false", "no", "off"):
        return False
    if wanted is int and str(value).isdigit():
        return int(value)
    raise BadData(file, name, f"not a value of type {wanted.__name__}: {value!r}")


def _pairs(name: str, value: Any, file: str) -> list[tuple[str, Any]]:
    """Give the pairs of a table, which may be written as a line: ``a=1,b=2``."""
    if isinstance(value, Mapping):
        return list(cast("Mapping[str, Any]", value).items())
    if not isinstance(value, str):
        raise BadData(file, name, f"not a table: {value!r}")
    split = [each.partition("=") for each in value.split(",") if each.strip()]
    return [(key.strip(), n.strip()) for key, _, n in split]


def _amount(where: str, value: Any, file: str) -> int:
    found = _typed(where, value, int, file)
    if found <= 0:
        raise BadData(file, where, f"not above 0: {value!r}")
    return found


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, int]", value).items()
        return "{ " + ", ".join(f'"{key}" = {n}' for key, n in pairs) + " }"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f'"{value}"'
