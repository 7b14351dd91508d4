"""Hides names and telephone numbers; only a logged act shows them."""

import re

STAR = "*"
_MOBILE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}[- ]?)\d{3,4}(\d{4})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)(\d{4})\d{11,13}([\dXx])(?![\dXx])")
PERSONAL = {"caller": "name", "phone": "phone"}
"""Fields and arguments that are a person's, and how each is hidden."""


def name(said: str) -> str:
    """Show the first letter of a name: 王**."""
    first = said.strip()[:1]
    return f"{first}{STAR * 2}" if first else ""


def phone(said: str) -> str:
    """Show the ends of a number: 138****1234; a short one, its last two figures."""
    figures = said.strip()
    if len(figures) < 7:
        return f"{STAR * 4}{figures[-2:]}" if figures else ""
    return f"{figures[:3]}{STAR * 4}{figures[-4:]}"


def words(said: str) -> str:
    """Hide the numbers of telephones and identity cards within other words."""
    hidden = _IDENTITY.sub(r"\1****\2", said)
    hidden = _MOBILE.sub(r"\1****\2", hidden)
    return _LANDLINE.sub(r"\1****\2", hidden)


def restored(said: str, was: str) -> str:
    """Put back the numbers that were hidden, where they still stand in what was edited."""
    for kind in (_IDENTITY, _MOBILE, _LANDLINE):
        for found in kind.finditer(was):
            said = said.replace(words(found[0]), found[0], 1)
    return said


def hidden(field: str, said: str) -> str:
    """Hide a field's value as its kind asks for."""
    match PERSONAL.get(field):
        case "name":
            return name(said)
        case "phone":
            return phone(said)
        case _:
            return words(said)
