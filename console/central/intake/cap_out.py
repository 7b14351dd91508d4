"""CAP 1.2 out: a document for a warning or an incident, and the feed that leads to them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from xml.sax.saxutils import escape

from msgspec import Struct

from console.base import resources
from console.base.shape import shaped
from console.base.text import text
from console.central.centre import Place
from console.central.intake.frame import stamp
from console.central.intake.rules import rules_of
from console.domain.record import Forewarning, Incident

FILE = "intake/cap_out.toml"
SPACE = "urn:oasis:names:tc:emergency:cap:1.2"
ATOM = "http://www.w3.org/2005/Atom"
_SPOILT = str.maketrans(dict.fromkeys(" ,<&\t\r\n", "-"))
Pair = tuple[str, str]


class Forms(Struct, frozen=True, forbid_unknown_fields=True):
    """In whose name warnings go out, and which CAP word stands for what of ours."""

    sender: str
    categories: dict[str, str]
    standings: dict[str, str]


@cache
def forms() -> Forms:
    """Read them; BadData names the line and key that is wrong."""
    words = resources.path(FILE).read_text("utf-8")
    return shaped(resources.table(FILE), Forms, FILE, words)


def of_warning(warning: Forewarning) -> str:
    """Give a warning as a CAP 1.2 alert: our own message about it, that names the sender's."""
    over = warning.state == "cancelled"
    told = "Cancel" if over else "Update" if warning.state == "updated" else "Alert"
    sent = stamp(warning.sent_at)
    names = _names(warning)
    references = [",".join((_name(warning.sender), _name(each), sent)) for each in names]
    head = [
        ("identifier", _name(f"{warning.id}-{warning.version}")), ("sender", forms().sender),
        ("sent", stamp(warning.updated_at)),
        ("status", forms().standings.get(warning.standing, "Actual")), ("msgType", told),
        ("scope", "Public"), ("note", text("cap.passed_on", sender=warning.sender_name)),
    ]  # fmt: skip
    if told != "Alert":
        head.append(("references", " ".join(references)))
    info = [
        ("language", warning.language or "zh-CN"), ("category", _category(warning.category)),
        ("event", warning.event or warning.headline or "-"),
        ("urgency", _known("urgency", warning.urgency)), ("severity", _severity(warning.level)),
        ("certainty", _known("certainty", warning.certainty)),
        ("effective", _at(warning.effective_at)), ("onset", _at(warning.onset_at)),
        ("expires", _at(warning.expires_at)), ("senderName", warning.sender_name),
        ("headline", warning.headline), ("description", warning.words),
        ("instruction", warning.instruction),
    ]  # fmt: skip
    area = [("areaDesc", warning.area or "-")]
    area += [
        ("polygon", " ".join(f"{lat:.6f},{lon:.6f}" for lon, lat in ring))
        for ring in warning.polygons
    ]
    area += [("circle", f"{lat:.6f},{lon:.6f} {m / 1000:.3f}") for lon, lat, m in warning.circles]
    return _document(head, info, area, warning.geocodes)


def of_incident(incident: Incident, place: Place) -> str:
    """Give an incident as a CAP 1.2 alert, for other centres and not for the public."""
    kind = place.types.get(incident.type)
    over = incident.state in ("closed", "archived", "void", "merged", "transferred")
    sender, name = forms().sender, _name(incident.no or incident.id)
    head = [
        ("identifier", f"{name}-{incident.version}"), ("sender", sender),
        ("sent", stamp(incident.updated_at)), ("status", "Actual"),
        ("msgType", "Cancel" if over else "Alert"), ("scope", "Restricted"),
        ("restriction", text("cap.restriction")),
    ]  # fmt: skip
    if over:
        head.append(("references", f"{sender},{name},{stamp(incident.reported_at)}"))
    classes = kind.emergency_class if kind else ""
    info = [
        ("language", "zh-CN"), ("category", forms().categories.get(classes, "Other")),
        ("event", kind.name if kind else incident.title or "-"), ("urgency", "Unknown"),
        ("severity", _severity(incident.level)), ("certainty", "Observed"),
        ("onset", _at(incident.occurred_at)), ("headline", incident.title),
        ("description", incident.detail),
    ]  # fmt: skip
    area = [("areaDesc", incident.address or incident.scope or "-")]
    if incident.lon and incident.lat:
        area.append(("circle", f"{incident.lat:.6f},{incident.lon:.6f} 0.1"))
    division = [f"division={incident.scope.partition('.')[0]}"]
    return _document(head, info, area, division, incident.extra.items())


def feed(warnings: Sequence[Forewarning], root: str, now: int) -> str:
    """Give an Atom feed of warnings, each with the link to its document."""
    latest = max((w.updated_at for w in warnings), default=now)
    lines = [
        f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="{ATOM}">',
        f"<id>{escape(root)}</id><title>{escape(text('cap.feed'))}</title>",
        f"<updated>{stamp(latest)}</updated><author><name>{escape(forms().sender)}</name></author>",
    ]
    for warning in warnings:
        link = f"{root}/warning/{warning.id}"
        title = escape(_clean(warning.headline or "-"))
        lines.append(
            f"<entry><id>{escape(link)}</id><title>{title}</title>"
            f"<updated>{stamp(warning.updated_at)}</updated>"
            f'<link type="application/cap+xml" href="{escape(link)}"/></entry>'
        )
    return "".join([*lines, "</feed>"])


# ---- inside


def _document(
    head: Iterable[Pair], info: Iterable[Pair], area: Iterable[Pair], geocodes: Iterable[str],
    more: Iterable[Pair] = (),
) -> str:  # fmt: skip
    """Write a document; ``more`` are the parameters of its info, by name."""
    pairs = [code.partition("=")[::2] for code in geocodes]
    codes = "".join(
        f"<geocode>{''.join(_parts((('valueName', name), ('value', value))))}</geocode>"
        for name, value in pairs
        if name and value
    )
    parameters = "".join(
        f"<parameter>{''.join(_parts((('valueName', name), ('value', value))))}</parameter>"
        for name, value in more
        if name and value
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="{SPACE}">{"".join(_parts(head))}'
        f"<info>{''.join(_parts(info))}{parameters}<area>{''.join(_parts(area))}{codes}</area></info></alert>"
    )


def _parts(pairs: Iterable[Pair]) -> Iterator[str]:
    return (f"<{name}>{escape(_clean(value))}</{name}>" for name, value in pairs if value)


def _clean(words: str) -> str:
    """Leave out what no XML document may hold."""
    return "".join(c for c in words if c.isprintable() or c in "\n\t")


def _name(said: str) -> str:
    return said.translate(_SPOILT) or "-"


def _names(warning: Forewarning) -> list[str]:
    said = [ref.split(",")[1] if ref.count(",") == 2 else ref for ref in warning.references]
    return said or [warning.identifier]


def _at(at: int) -> str:
    return stamp(at) if at else ""


def _severity(level: str) -> str:
    held = rules_of("cap").levels
    return next((word for word, meant in held.items() if meant == level and level), "Unknown")


def _known(name: str, said: str) -> str:
    return said if said in rules_of("cap").elements["info"].values[name] else "Unknown"


def _category(said: str) -> str:
    known = rules_of("cap").elements["info"].values["category"]
    return next((word for word in said.split() if word in known), "Other")
