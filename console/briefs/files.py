"""Puts briefs into files: whole or not at all, and no more of them than a folder may hold."""

from pathlib import Path

from console.base.errors import Refused
from console.briefs.brief import Brief

ENDINGS = (".pdf", ".docx")


def write_brief(brief: Brief, file: Path) -> Path:
    """Write a brief; its form goes by the ending: .pdf or .docx. Refused: another ending."""
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise Refused("brief.ending", file=file.name)
    if ending == ".pdf":
        # Read when they are wanted: both libraries take their time.
        from console.briefs import pdf  # noqa: PLC0415

        data = pdf.write(brief)
    else:
        from console.briefs import docx  # noqa: PLC0415

        data = docx.write(brief)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(data)
    beside.replace(file)
    return file


def bound(folder: Path, most: int) -> list[Path]:
    """Delete the oldest briefs of a folder beyond so many; give those that went."""
    held = [file for file in folder.iterdir() if file.suffix in ENDINGS]
    held.sort(key=lambda file: (file.stat().st_mtime, file.name))
    gone = held[: max(0, len(held) - most)]
    for file in gone:
        file.unlink()
    return gone
